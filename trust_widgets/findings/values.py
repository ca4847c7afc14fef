"""What the checker says: a value with a verdict, a place and, where a machine can make one, a
fix.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from trust_widgets.names import helps_with_names
from trust_widgets.policy import Fix, Path, change, locate

__all__ = ["Finding", "Fix", "Severity", "Verdict", "by_rank"]


PAGES = "https://github.com/octo-org/trust_widgets/blob/main/docs/pitfalls"


class Verdict(StrEnum):
    """What a finding comes to. Every finding has exactly one."""

    REFUSED = "refused"  # IAM will not save this document
    DEAD = "dead"  # IAM saves it, but this statement or value can never let anyone in
    OPEN = "open"  # it works, and allows more callers than the author is likely to want
    ADVICE = "advice"  # it works as meant; a better habit exists, or something is worth knowing


class Severity(StrEnum):
    """How bad it is.

    `error` goes with refused and dead, `info` with advice, the four others with open.
    """

    ERROR = "error"
    CRITICAL = "critical"  # any external caller
    HIGH = "high"  # external callers after one step that can be guessed or bought; another account
    MEDIUM = "medium"  # more of your own organization than needed
    LOW = "low"
    INFO = "info"


@helps_with_names(
    text="message", reason="message", where="path", level="severity", id="code", rule="name"
)
@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the checker found.

    Args:
        code: `TP001` up, never reused; `TP0xx` are about the document's text.
        name: the pitfall's name, for example `"anyone"`.
        verdict, severity: see there.
        message: one or two plain sentences.
        path: where, below the document; `()` is the whole document.
        callers: for `open`, concrete callers that are allowed.
        fix: a change that a machine can make.
        other_fixes: further ones, where there is a choice.
        assumptions: what it rests on that AWS has not documented.
        fine: when it is fine, and what the finding does not establish.
        source: the AWS page.
        accepted: the reason for which the reader has accepted it; it no longer counts then, and is
            reported last.
        value: the text at its place, or the compact JSON of what is no text; `""` for a text that
            cannot be read.
        held_back: how many findings of its statement are not reported because of this one. They
            may follow when it is fixed.

    Example:
        >>> import trust_widgets as tw
        >>> star = tw.Statement("Allow", tw.Principal(star=True), "sts:AssumeRole")
        >>> [finding] = tw.check(tw.TrustPolicy((star,)))
        >>> finding.code, str(finding.verdict), finding.path
        ('TP101', 'refused', ('Statement', 0, 'Principal'))
    """

    code: str
    name: str
    verdict: Verdict
    severity: Severity
    message: str
    path: Path = ()
    callers: tuple[str, ...] = ()
    fix: Fix | None = None
    assumptions: tuple[str, ...] = ()
    fine: str = ""
    source: str = ""
    accepted: str = ""
    value: str = ""
    other_fixes: tuple[Fix, ...] = ()
    held_back: int = 0

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """All changes that a machine can make, the usual one first."""
        if self.fix:
            return (self.fix, *self.other_fixes)
        return self.other_fixes

    def with_fixes(self, fixes: Sequence[Fix]) -> Finding:
        """The finding with these fixes instead of those that it has."""
        first = fixes[0] if fixes else None
        return replace(self, fix=first, other_fixes=tuple(fixes[1:]))

    @property
    def page(self) -> str:
        """The page about this mistake, with examples; `""` for a text that cannot be read, which
        has none.
        """
        if self.code.startswith("TP0"):
            return ""
        return f"{PAGES}/{self.code}.md"

    def __str__(self) -> str:
        return (
            f"{self.code} {self.verdict} ({self.severity}) at {path_text(self.path)}:"
            f" {self.message}"
        )


_RANKS = (
    (Verdict.REFUSED, Severity.ERROR),
    (Verdict.OPEN, Severity.CRITICAL),
    (Verdict.OPEN, Severity.HIGH),
    (Verdict.DEAD, Severity.ERROR),
    (Verdict.OPEN, Severity.MEDIUM),
    (Verdict.OPEN, Severity.LOW),
    (Verdict.ADVICE, Severity.INFO),
)


def by_rank(finding: Finding) -> tuple[bool, int, str, tuple[tuple[bool, int, str], ...]]:
    """The order in which findings are reported: worst first, then by code and place, whatever found
    them.

    What was accepted comes last.
    """
    rank = _RANKS.index((finding.verdict, finding.severity))
    return bool(finding.accepted), rank, finding.code, tuple(map(_order_of, finding.path))


def rank_of(verdict: str, severity: str) -> int:
    """The rank of a verdict and a severity by their names: 0 is the worst, and nothing is last.

    Example:
        >>> rank_of("refused", "error"), rank_of("open", "critical"), rank_of("", "")
        (0, 1, 7)
    """
    names = [(str(each), str(grade)) for each, grade in _RANKS]
    if (verdict, severity) in names:
        return names.index((verdict, severity))
    return len(names)


def _order_of(step: str | int) -> tuple[bool, int, str]:
    """The order of a step of a path: indexes as numbers, so that the policy's order is kept."""
    if isinstance(step, int):
        return (False, step, "")
    return True, 0, step


def fix_of_all(text: str, findings: Iterable[Finding], code: str) -> Fix | None:
    """The fixes of all findings with one code as a single fix; `None` when none of them has one.

    They are made from the last place to the first, so that none moves the place of another. What
    was accepted stays.

    Args:
        text: the document that the findings are about. findings: any. code: `TP001` up.
    """
    fixes = {f.path: f.fix for f in findings if f.code == code and f.fix and not f.accepted}
    after = text
    for path in sorted(fixes, key=lambda path: _start(text, path), reverse=True):
        after = fixes[path].apply(after)
    if after == text:
        return None
    titles = list(dict.fromkeys(fix.title for fix in fixes.values()))
    title = titles[0] if len(titles) == 1 else f"{len(fixes)} changes"
    return Fix(title, (change(text, after),))


def _start(text: str, path: Path) -> int:
    span = locate(text, path) if path else None
    if span:
        return span.start
    return 0


def path_text(path: Path) -> str:
    """A path as people write it: `Statement[0].Principal.AWS`; `document` for the whole.

    Example:
        >>> path_text(("Statement", 0, "Condition", "StringEquals", "sts:ExternalId"))
        'Statement[0].Condition.StringEquals."sts:ExternalId"'
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            text += f".{step}" if step.isidentifier() else f'."{step}"'
    return text.removeprefix(".") or "document"
