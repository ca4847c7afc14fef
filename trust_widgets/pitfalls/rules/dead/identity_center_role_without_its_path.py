"""A role of IAM Identity Center in one's own account, named in a form that none of them has."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.identity_center_roles import (
    SOURCE,
    Misnamed,
    misnamed,
    role_example,
    what_to_write,
)
from trust_widgets.pitfalls.required_conditions import outcome
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in misnamed(policy):
        if each.account in home.accounts:
            follows = (
                "There is no such role, so no one can assume this role through this principal."
            )
            if each.condition is not None:
                follows = outcome(each.condition, each.place)
            yield Hit(each.place, f"{what_to_write(each)} {follows}", fix=_fix(each))


def _fix(each: Misnamed) -> Fix | None:
    """The pattern for the permission set, under an operator that reads patterns."""
    operator = each.condition.base if each.condition is not None else ""
    if not each.right or operator not in ("ArnLike", "ArnEquals", "StringLike"):
        return None
    return Fix(f'Write "{each.right}"', (Replace(each.place, each.right),))


_ROLES = "arn:aws:iam::111122223333:role"
_RESERVED = f"{_ROLES}/aws-reserved/sso.amazonaws.com"


PITFALL = Pitfall(
    code="TP242",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="An IAM Identity Center role without its path",
    find=find,
    fine="When you created a role with that name yourself, with another path.",
    source=SOURCE,
    bad=(
        example({"AWS": f"{_ROLES}/AWSReservedSSO_Admin_0123456789abcdef"}),
        role_example(f"{_ROLES}/AWSReservedSSO_Admin_*"),
        role_example(f"{_RESERVED}/eu-west-1/AWSReservedSSO_Admin"),
    ),
    good=(
        example({"AWS": f"{_RESERVED}/AWSReservedSSO_Admin_0123456789abcdef"}),
        role_example(f"{_RESERVED}/eu-west-1/AWSReservedSSO_Admin_*"),
        role_example(f"{_RESERVED}*/AWSReservedSSO_Admin_*"),
        role_example(f"{_ROLES}/*AWSReservedSSO_*"),
    ),
    home=Home(accounts=("111122223333",)),
)
