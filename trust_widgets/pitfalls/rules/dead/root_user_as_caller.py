"""An account's root in `aws:PrincipalArn`, which is the root user there, who can assume no role."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, outcome, values
from trust_widgets.policy import (
    Edit,
    Fix,
    Home,
    Remove,
    TrustPolicy,
    add_condition,
    example,
    keys_of,
    principals_of_kind,
)

_ROOT = re.compile(rf"arn:[^:]+:iam::({ACCOUNT_ID}):root")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        if each.key != "aws:principalarn":
            continue
        root = _ROOT.fullmatch(text)
        if root:
            yield Hit(
                place,
                f'In aws:PrincipalArn, "{text}" is the root user, and a root user cannot '
                "assume roles. It means the whole account only in the Principal element. To "
                f"require the account, use aws:PrincipalAccount. {outcome(each, place)}",
                fix=_fix(each, root[1]) if root[1] in home.accounts else None,
            )


def _fix(each: RequiredCondition, account: str) -> Fix | None:
    """One's own account, where the principal names it already, so that nobody else is allowed."""
    named = {
        re.sub(rf"^arn:[^:]+:iam::({ACCOUNT_ID}):root$", r"\1", text)
        for text in principals_of_kind(each.statement, "AWS")
    }
    asked = keys_of(each.statement)
    if len(each.condition.values) != 1 or named != {account} or "aws:principalaccount" in asked:
        return None
    alone = sum(c.operator == each.condition.operator for c in each.statement.conditions) == 1
    gone: Edit = Remove(each.place[:-1] if alone else each.place)
    add = add_condition(each.path, each.statement, "StringEquals", "aws:PrincipalAccount", account)
    return Fix("Require the account", (add, gone))


_OWN = {"AWS": "111122223333"}
_ARN = "arn:aws:iam::111122223333:root"

PITFALL = Pitfall(
    code="TP225",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="The root user as caller",
    find=find,
    needs=CONDITIONS,
    fine=("As a principal, where it means every user and role that the account allows."),
    source=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
    ),
    bad=(
        example(_OWN, condition={"ArnEquals": {"aws:PrincipalArn": _ARN}}),
        example({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalArn": _ARN}}),
        example(
            _OWN,
            condition={
                "ArnLike": {"aws:PrincipalArn": [_ARN, "arn:aws:iam::111122223333:role/deploy"]}
            },
        ),
    ),
    good=(
        example({"AWS": _ARN}),
        example(_OWN, condition={"StringEquals": {"aws:PrincipalAccount": "111122223333"}}),
        example(_OWN, Effect="Deny", condition={"ArnNotEquals": {"aws:PrincipalArn": _ARN}}),
    ),
)
