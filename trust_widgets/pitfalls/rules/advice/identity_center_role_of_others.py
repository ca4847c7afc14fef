"""A role of IAM Identity Center in another account, named in a form that none of them has."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.identity_center_roles import (
    SOURCE,
    misnamed,
    role_example,
    what_to_write,
)
from trust_widgets.policy import Home, TrustPolicy, example


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in misnamed(policy):
        if each.account not in home.accounts:
            yield Hit(
                each.place,
                f"This principal may match no role. {what_to_write(each)}",
                assumptions=(
                    (
                        "Only IAM Identity Center creates roles whose names start with "
                        "AWSReservedSSO_."
                    ),
                ),
            )


_ROLES = "arn:aws:iam::444455556666:role"


PITFALL = Pitfall(
    code="TP452",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An IAM Identity Center role of another account without its path",
    find=find,
    fine="When that account has a role with this name and another path.",
    source=SOURCE,
    bad=(
        example({"AWS": f"{_ROLES}/AWSReservedSSO_Admin_0123456789abcdef"}),
        role_example(f"{_ROLES}/AWSReservedSSO_Admin_*", "444455556666"),
        role_example("arn:aws:iam::*:role/AWSReservedSSO_Admin_*", "444455556666"),
    ),
    good=(
        role_example(
            f"{_ROLES}/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_*", "444455556666"
        ),
        role_example(f"{_ROLES}/*AWSReservedSSO_*", "444455556666"),
    ),
    home=Home(accounts=("111122223333",)),
)
