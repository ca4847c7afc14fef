"""What a command did so far, from which its exit status follows."""

from __future__ import annotations

from dataclasses import dataclass, field

from trust_widgets.text.terminal import error_words, print_error

GOOD, FOUND, FAULT, INTERRUPTED = 0, 1, 2, 130


@dataclass
class CommandOutcome:
    """What a command did so far; it holds also where the output ends early.

    Attributes:
        found: whether something reaches `--fail-on`.
        failed: whether a part of the work failed.
        unread: the name of each file that was not read, with the reason.
    """

    found: bool = False
    failed: bool = False
    unread: list[tuple[str, str]] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The exit status; a fault counts more than a finding.

        Example:
            >>> CommandOutcome(found=True).status, CommandOutcome(found=True, failed=True).status
            (1, 2)
        """
        if self.failed or self.unread:
            return FAULT
        if self.found:
            return FOUND
        return GOOD

    def fail(self, reason: str | Exception) -> None:
        """Print why a part of the work failed."""
        self.failed = True
        print_error(reason if isinstance(reason, str) else error_words(reason))

    def not_read(self, name: str, reason: str) -> None:
        """Print why a file was not read."""
        self.unread.append((name, reason))
        print_error(f"{name}: {reason}")
