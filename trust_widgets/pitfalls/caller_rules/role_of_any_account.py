"""A role's name in every account: anyone can make a role of that name."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.arns import arn_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit
from trust_widgets.pitfalls.caller_half import AskedPermissions, CallerPitfall, caller_example, fits
from trust_widgets.policy import Statement, keys_of

_ANY_ROLE = f"arn:aws:iam::{'~' * 12}:role/{'~' * 65}"


def find(half: AskedPermissions) -> Iterator[Hit]:
    """Say nothing where a condition requires the role's account or organization."""
    for path, statement in half.allows():
        if _asks_for_the_account(statement):
            continue
        for index, resource in enumerate(statement.resource or ()):
            arn = arn_of(resource)
            if arn is not None and arn.account == "*" and not fits(resource, _ANY_ROLE):
                yield Hit(
                    (*path, "Resource", index),
                    f'"{resource}" includes roles of this name in every AWS account, and any'
                    " account may create one that trusts this caller. Add a condition on"
                    " `aws:ResourceOrgID` or `aws:ResourceAccount`, or name the accounts.",
                )


def _asks_for_the_account(statement: Statement) -> bool:
    starts = ("aws:resourceaccount", "aws:resourceorg")
    return any(key.startswith(starts) for key in keys_of(statement))


PITFALL = CallerPitfall(
    code="TP463",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A role's name in every account",
    find=find,
    fine="Where nothing of the caller's is given to the session that it gets.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceorgid",
    bad=((caller_example(resource="arn:aws:iam::*:role/app"), ""),),
    good=(
        (caller_example(), ""),
        (
            caller_example(
                resource="arn:aws:iam::*:role/app",
                Condition={"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}},
            ),
            "",
        ),
    ),
)
