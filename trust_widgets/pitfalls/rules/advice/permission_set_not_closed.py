"""A pattern for a permission set's role that also fits other sets whose names begin alike."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.arns import arn_of
from trust_widgets.aws.identity_center import fits_a_role, open_permission_set
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.identity_center_roles import SOURCE, role_example
from trust_widgets.pitfalls.needs import condition_on
from trust_widgets.pitfalls.required_conditions import values
from trust_widgets.policy import ConditionView, Fix, Home, Replace, TrustPolicy


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if each.key != "aws:principalarn" or each.statement.effect != "Allow":
            continue
        arn = arn_of(text)
        if arn is None or not ConditionView(each.condition).takes_wildcards:
            continue
        begun = open_permission_set(arn.resource)
        if begun and fits_a_role(arn.resource):
            right = f"{text.rstrip('*')}_*"
            yield Hit(
                place,
                f'"{text}" matches every permission set whose name starts with "{begun}", '
                f'including later ones. To allow only the permission set "{begun}", write '
                f'"{right}".',
                fix=Fix(f'Write "{right}"', (Replace(place, right),)),
            )


_RESERVED = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com"


PITFALL = Pitfall(
    code="TP453",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A pattern that also matches other permission sets",
    find=find,
    needs=condition_on("aws:PrincipalArn"),
    fine="When you want to allow all permission sets whose names start with this text.",
    source=SOURCE,
    bad=(
        role_example(f"{_RESERVED}/*/AWSReservedSSO_Dev*"),
        role_example(f"{_RESERVED}*/AWSReservedSSO_Dev*"),
    ),
    good=(
        role_example(f"{_RESERVED}/*/AWSReservedSSO_Dev_*"),
        role_example(f"{_RESERVED}/*/AWSReservedSSO_*"),
        role_example(f"{_RESERVED}/AWSReservedSSO_Billing_0011223344556677"),
    ),
)
