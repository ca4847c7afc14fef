"""The root user's ARN in `aws:PrincipalArn`; root users cannot assume roles.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "root_user_as_caller"
OWN, ROOT = {"AWS": "111122223333"}, "arn:aws:iam::111122223333:root"
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def test_the_account_is_asked_instead() -> None:
    """What was meant, where the principal is that account; other conditions stay."""
    text = policy(OWN, condition=MFA | {"ArnEquals": {"aws:PrincipalArn": ROOT}})
    finding = only(NAME, text, HOME)
    assert finding.verdict is Verdict.DEAD
    assert finding.path == ("Statement", 0, "Condition", "ArnEquals", "aws:PrincipalArn", 0)
    after = statement(fixed(finding, text))["Condition"]
    assert after == MFA | {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}


def test_another_key_of_the_operator_stays() -> None:
    """Only the one key goes."""
    text = policy(
        OWN, condition={"StringEquals": {"aws:PrincipalArn": ROOT, "aws:PrincipalTag/team": "octo"}}
    )
    after = statement(fixed(only(NAME, text, HOME), text))["Condition"]
    assert after == {
        "StringEquals": {"aws:PrincipalTag/team": "octo", "aws:PrincipalAccount": "111122223333"}
    }


@pytest.mark.parametrize("principal", ["*", "444455556666", ["111122223333", "444455556666"]])
def test_no_fix_where_others_are_named(principal: Any) -> None:
    """Who was meant is for the author to say."""
    finding = found(
        NAME, policy({"AWS": principal}, condition={"ArnEquals": {"aws:PrincipalArn": ROOT}}), HOME
    )[0]
    assert finding.fix is None


@pytest.mark.parametrize("key", ["aws:PrincipalAccount", "AWS:principalaccount"])
def test_no_fix_where_the_account_is_asked_already(key: str) -> None:
    """A second condition on it would add nothing, or stand in its place."""
    text = policy(
        OWN,
        condition={"StringEquals": {key: "111122223333"}, "ArnEquals": {"aws:PrincipalArn": ROOT}},
    )
    assert only(NAME, text, HOME).fix is None


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"AWS": ROOT}, MFA),
        (OWN, {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:*"}}),
        (OWN, {"ArnNotEquals": {"aws:PrincipalArn": ROOT}}),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any) -> None:
    """As a principal, a pattern that admits others, and negations."""
    assert found(NAME, policy(principal, condition=condition), HOME) == []
