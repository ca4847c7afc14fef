"""What a statement lacks beside: told where nothing worse is the matter with it."""

from __future__ import annotations

from collections.abc import Iterable

from trust_widgets.findings import Finding, Verdict

# The first of these in a statement is told, and none where the statement has another mistake: whoever mends that one
# sees the next.
LEAST = (
    "reusable_workflow_unpinned",
    "weak_external_id",
    "guard_true_without_its_key",
    "claim_asked_for_loosely",
    "open_beside_a_guarded_one",
    "oidc_without_audience",
    "saml_without_audience",
    "service_without_its_source",
)


def is_outdone(finding: Finding, told: Iterable[Finding]) -> bool:
    """Whether another finding above advice in the same statement is told in place of one."""
    if finding.name not in LEAST:
        return False
    here = [other for other in told if other.path[:2] == finding.path[:2] and other.verdict is not Verdict.ADVICE]
    rank = LEAST.index(finding.name)
    return any(other.name not in LEAST or LEAST.index(other.name) < rank for other in here)
