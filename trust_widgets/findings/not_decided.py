"""The note that some checks did not finish: the policy is too large for their search.

It says nothing against the policy and is no error of trust-widgets: it is advice, and no level at
which a pipeline fails counts it.
"""

from __future__ import annotations

from collections.abc import Iterable

from trust_widgets.findings.values import Finding, Severity, Verdict

NOT_DECIDED = "TP026"
NOT_DECIDED_NAME = "not_decided"
NOT_DECIDED_TITLE = "A policy too large to check everything"


def not_decided(codes: Iterable[str]) -> Finding:
    """The note that the checks with these codes did not finish.

    Example:
        >>> print(not_decided(["TP302", "TP309"]).message.partition(". ")[2])
        Checks TP302, TP309 did not finish, so some findings may be missing. Shorten the policy.
    """
    names = ", ".join(codes)
    checks = f"Checks {names}" if "," in names else f"Check {names}"
    message = (
        "The check is not complete: this policy has more principals, conditions and values"
        f" than the search can compare. {checks} did not finish, so some findings may be missing."
        " Shorten the policy."
    )
    return Finding(NOT_DECIDED, NOT_DECIDED_NAME, Verdict.ADVICE, Severity.INFO, message, ())


def is_not_decided(finding: Finding) -> bool:
    """Whether a finding is the note that some checks did not finish."""
    return finding.code == NOT_DECIDED
