"""The records of a policy: what they refuse, and their text."""

from __future__ import annotations

import pytest

import trust_widgets as tw
from trust_widgets.policy import spelled_apart


def test_a_key_twice_under_one_operator_is_an_error() -> None:
    """A JSON object holds it once, so that the text would say less than the policy."""
    app = tw.Condition("StringLike", "aws:PrincipalArn", ("arn:aws:iam::444455556666:role/app",))
    every = tw.Condition("StringLike", "aws:PrincipalArn", ("arn:aws:iam::*:role/app",))
    with pytest.raises(ValueError, match="the operator StringLike and the key aws:PrincipalArn"):
        tw.Statement(conditions=(app, every))


@pytest.mark.parametrize(
    "other",
    [
        tw.Condition("StringEquals", "aws:PrincipalArn", ("arn:aws:iam::444455556666:role/app",)),
        tw.Condition("StringLike", "aws:PrincipalTag/team", ("octo",)),
        tw.Condition("StringLike", "aws:principalarn", ("arn:aws:iam::*:role/app",)),
        tw.Condition("stringLike", "aws:PrincipalArn", ("arn:aws:iam::*:role/app",)),
        tw.Condition("ForAnyValue:StringLike", "aws:PrincipalArn", ("arn:aws:iam::*:role/app",)),
    ],
)
def test_what_a_json_object_can_hold_is_no_error(other: tw.Condition) -> None:
    app = tw.Condition("StringLike", "aws:PrincipalArn", ("arn:aws:iam::444455556666:role/app",))
    policy = tw.TrustPolicy((tw.Statement(conditions=(app, other)),))
    assert tw.parse(str(policy)) == policy


def test_conditions_spelled_apart_mean_the_same() -> None:
    twice = tw.Condition("StringLike", "sts:ExternalId", ("a",))
    again = tw.Condition("StringLike", "sts:ExternalId", ("b",))
    apart = spelled_apart((twice, again, twice))
    assert [each.operator.lower() for each in apart] == ["stringlike"] * 3
    assert len({each.operator for each in apart}) == 3
    assert [each.values for each in apart] == [("a",), ("b",), ("a",)]
    assert spelled_apart((twice,)) == (twice,)
