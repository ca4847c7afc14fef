"""What the checker says: a value with a verdict, a place and, where a machine can make one, a fix."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trust_widgets.fixes import Fix
from trust_widgets.policy import Path

__all__ = ["Finding", "Fix", "Severity", "Verdict", "by_rank"]


class Verdict(StrEnum):
    """What a finding comes to. Every finding has exactly one."""

    REFUSED = "refused"  # IAM will not save this document
    DEAD = "dead"  # IAM saves it, but this statement or value can never let anyone in
    OPEN = "open"  # it works, and lets in more callers than the author is likely to want
    ADVICE = "advice"  # it works as meant; a better habit exists, or something is worth knowing


class Severity(StrEnum):
    """How bad it is. `error` goes with refused and dead, `info` with advice, the four others with open."""

    ERROR = "error"
    CRITICAL = "critical"  # any stranger
    HIGH = "high"  # strangers with one guessable or buyable step, or a whole other account
    MEDIUM = "medium"  # more of your own organisation than needed
    LOW = "low"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the checker found.

    Args:
        code: `TP001` up, never reused; `TP0xx` are about the document's text.
        name: the pitfall's name, for example `"anyone"`.
        verdict, severity: see there.
        message: one or two plain sentences.
        path: where, below the document; `()` is the whole document.
        callers: for `open`, concrete callers that get in.
        fix: a change that a machine can make.
        assumptions: what it rests on that AWS has not documented.
        fine: when it is fine, and what the finding does not establish.
        source: the AWS page.
        accepted: the reason for which the reader has accepted it; it no longer counts then, and is told last.
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

    def __str__(self) -> str:
        return f"{self.code} {self.verdict} ({self.severity}) at {path_text(self.path)}: {self.message}"


_RANKS = (
    (Verdict.REFUSED, Severity.ERROR),
    (Verdict.OPEN, Severity.CRITICAL),
    (Verdict.OPEN, Severity.HIGH),
    (Verdict.DEAD, Severity.ERROR),
    (Verdict.OPEN, Severity.MEDIUM),
    (Verdict.OPEN, Severity.LOW),
    (Verdict.ADVICE, Severity.INFO),
)


def by_rank(finding: Finding) -> tuple[bool, int, str, str]:
    """The order in which findings are told: worst first, then by code and place, whatever found them.

    What was accepted comes last.
    """
    rank = _RANKS.index((finding.verdict, finding.severity))
    return bool(finding.accepted), rank, finding.code, path_text(finding.path)


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
