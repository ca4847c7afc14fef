"""Values that a key never holds by its form.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "value_of_another_form"
ANYONE, LOGS = {"AWS": "*"}, {"Service": "logs.amazonaws.com"}


@pytest.mark.parametrize(
    ("principal", "key", "value", "told"),
    [
        (ANYONE, "aws:PrincipalOrgID", "ou-ab12-11111111", "aws:PrincipalOrgPaths"),
        (
            ANYONE,
            "aws:PrincipalOrgID",
            "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111",
            "aws:PrincipalOrgPaths",
        ),
        (ANYONE, "aws:PrincipalOrgID", "111122223333", "organisation's id"),
        (ANYONE, "aws:PrincipalAccount", "octo-production", "12 digits"),
        (LOGS, "aws:SourceAccount", "11112222333", "12 digits"),
        ({"AWS": "111122223333"}, "aws:SourceVpce", "vpc-1a2b3c4d", "aws:SourceVpc."),
    ],
)
def test_it_says_what_the_key_holds(principal: Any, key: str, value: str, told: str) -> None:
    """The value is the place; where another key holds such values, that is named."""
    finding = found(NAME, policy(principal, condition={"StringEquals": {key: value}}))[0]
    assert finding.verdict is Verdict.DEAD and told in finding.message
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", key, 0)


@pytest.mark.parametrize(
    ("pool", "count"),
    [("us-east-1_AbCdEfGhI", 1), ("us-east-1:12345678-abcd-abcd-abcd-123456789012", 0)],
)
def test_a_user_pool_is_no_identity_pool(pool: str, count: int) -> None:
    """Cognito's tokens are for identity pools, whose ids read otherwise than those of user
    pools.
    """
    key = "cognito-identity.amazonaws.com"
    block = {
        "StringEquals": {f"{key}:aud": pool},
        "ForAnyValue:StringLike": {f"{key}:amr": "authenticated"},
    }
    assert len(found(NAME, policy({"Federated": key}, WEB, block))) == count


@pytest.mark.parametrize(
    "written", ["1111-2222-3333", "1111 2222 3333", "arn:aws:iam::111122223333:root"]
)
def test_an_account_written_otherwise_is_put_right(written: str) -> None:
    """As the console shows it, or as a principal."""
    text = policy(LOGS, condition={"StringEquals": {"aws:SourceAccount": written}})
    after = statement(fixed(only(NAME, text), text))["Condition"]
    assert after == {"StringEquals": {"aws:SourceAccount": "111122223333"}}


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5", "${aws:ResourceOrgID}"]}},
        {"StringLike": {"aws:PrincipalAccount": "1111*"}},
        {"StringNotEquals": {"aws:PrincipalOrgID": "octo"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """Right ones, variables, patterns, negated operators, and the key of paths."""
    assert found(NAME, policy(ANYONE, condition=condition)) == []
