"""`Resource: "*"` for `sts:AssumeRole`: every role that trusts the caller's account."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit
from trust_widgets.pitfalls.caller_half import (
    EXAMPLE_ROLE,
    AskedPermissions,
    CallerPitfall,
    caller_example,
    fits,
)
from trust_widgets.policy import Fix, Replace, Statement, keys_of

_ANY_ROLE = f"arn:aws:iam::{'~' * 12}:role/{'~' * 65}"


def find(half: AskedPermissions) -> Iterator[Hit]:
    """Say nothing of what allows all of AWS, or requires something of the role."""
    for path, statement in half.allows():
        if "*" in (statement.action or ()) or _asks_for_the_role(statement):
            continue
        for index, resource in enumerate(statement.resource or ()):
            if fits(resource, _ANY_ROLE):
                place = (*path, "Resource", index)
                name = half.role or EXAMPLE_ROLE
                yield Hit(
                    place,
                    f'"{resource}" lets this caller assume every role, in any account, '
                    "if the trust policy of the role allows its account. Only those "
                    f'trust policies limit it. Name the roles: "{name}".',
                    ("every role that trusts the caller's account",),
                    Fix(f"Write {name}", (Replace(place, name),)) if half.role else None,
                )


def _asks_for_the_role(statement: Statement) -> bool:
    return any(key.startswith(("aws:resource", "iam:resourcetag/")) for key in keys_of(statement))


PITFALL = CallerPitfall(
    code="TP330",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A permission to assume every role",
    find=find,
    fine="For administrators, who may do anything, and with a condition on the role's tags,"
    " account or organization.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html",
    bad=(
        (caller_example(resource="*"), ""),
        (caller_example("sts:*", "arn:aws:iam::*:role/*"), ""),
    ),
    good=(
        (caller_example(), ""),
        (caller_example("*", "*"), ""),
        (
            caller_example(
                resource="*",
                Condition={"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}},
            ),
            "",
        ),
    ),
)
