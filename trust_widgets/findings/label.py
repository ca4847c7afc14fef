"""A finding in a few words, the same wherever it is shown."""

from __future__ import annotations

from trust_widgets.findings.values import Finding, Verdict
from trust_widgets.text.terminal import one_line

VERDICT_LABELS = {
    Verdict.REFUSED: "Rejected by IAM",
    Verdict.DEAD: "Never matches",
    Verdict.OPEN: "Too permissive",
    Verdict.ADVICE: "Note",
}


_COUNTED = {
    Verdict.REFUSED: "rejected by IAM",
    Verdict.DEAD: "never matching",
    Verdict.OPEN: "too permissive",
    Verdict.ADVICE: "notes",
}


def counted(verdict: Verdict, count: int) -> str:
    """How many findings have a verdict, in the words of their labels.

    Example:
        >>> counted(Verdict.OPEN, 2), counted(Verdict.ADVICE, 1)
        ('2 too permissive', '1 note')
    """
    if verdict is Verdict.ADVICE and count == 1:
        return "1 note"
    return f"{count} {_COUNTED[verdict]}"


def label_of(finding: Finding) -> str:
    """The verdict in words that explain themselves, with the severity of what is open; the verdict
    says the severity of all others.

    Example:
        >>> import trust_widgets as tw
        >>> anyone = tw.Statement("Allow", tw.Principal(aws="*"), "sts:AssumeRole")
        >>> sorted(map(label_of, tw.check(tw.TrustPolicy((anyone,), version=None))))
        ['Note', 'Too permissive (critical)']
    """
    label = VERDICT_LABELS[finding.verdict]
    if finding.verdict is Verdict.OPEN:
        return f"{label} ({finding.severity})"
    return label


def line_of(finding: Finding) -> str:
    """All about a finding in one line, with the reason for which it was accepted."""
    accepted = f" (accepted: {finding.accepted})" if finding.accepted else ""
    return one_line(f"{finding}{accepted}")
