"""A Deny in the same policy that takes back what another statement allows."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.permissions import PermissionsPolicy
from trust_widgets.pitfalls import Hit
from trust_widgets.pitfalls.caller_half import AskedPermissions, CallerPitfall
from trust_widgets.policy import Statement


def find(half: AskedPermissions) -> Iterator[Hit]:
    """Only a Deny without conditions, which applies to every call."""
    if not any(half.reaches(statement) for _, statement in half.allows()):
        return
    for path, statement in half.denies():
        if half.reaches(statement) and not statement.conditions:
            yield Hit(
                path,
                f"This Deny applies to every call of sts:AssumeRole on {half.role}, and a Deny wins"
                " over any Allow. The call fails. Remove the role from the Resource of this Deny.",
            )


_ROLE = ("arn:aws:iam::111122223333:role/app",)
_ALLOW = Statement("Allow", action=("sts:AssumeRole",), resource=_ROLE)


def _both(deny: Statement) -> str:
    return str(PermissionsPolicy((_ALLOW, deny)))


PITFALL = CallerPitfall(
    code="TP271",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A permission that the same policy denies",
    find=find,
    fine="Never together with the Allow: one of the two is a mistake.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html",
    bad=((_both(Statement("Deny", action=("sts:*",), resource=("*",))), ""),),
    good=(
        (_both(Statement("Deny", action=("sts:TagSession",), resource=("*",))), ""),
        (_both(Statement("Deny", action=("sts:*",), not_resource=_ROLE)), ""),
    ),
)
