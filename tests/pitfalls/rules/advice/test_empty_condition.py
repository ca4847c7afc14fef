"""A condition without a key or without a value.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, loud, only, policy
from trust_widgets.findings import Verdict

NAME = "empty_condition"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/a"}


def test_an_operator_without_a_key() -> None:
    """Advice, at the operator."""
    finding = only(NAME, policy(ROLE, condition={"StringEquals": {}}))
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Condition", "StringEquals"),
    )


def test_a_key_without_a_value() -> None:
    """Advice, at the key, which names what is not documented."""
    text = policy(
        ROLE,
        condition={
            "StringLike": {"aws:PrincipalTag/a": []},
            "Bool": {"aws:SecureTransport": "true"},
        },
    )
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Condition", "StringLike", "aws:PrincipalTag/a")
    assert finding.assumptions != ()
    assert loud(text) == []


@pytest.mark.parametrize("condition", [None, {}, {"StringEquals": {"aws:PrincipalTag/a": ""}}])
def test_no_condition_and_an_empty_text(condition: Any) -> None:
    """No Condition, an empty one, and a tag whose value is the empty text."""
    assert found(NAME, policy(ROLE, condition=condition)) == []


@pytest.mark.parametrize("principal", ["*", "111122223333", "arn:aws:iam::444455556666:role/a"])
@pytest.mark.parametrize("values", ["*", ["arn:aws:iam::444455556666:role/a", "*"]])
def test_one_asterisk_where_an_arn_stands(principal: str, values: Any) -> None:
    """AWS does not say whether an ARN operator reads it, so that it is not told as dead."""
    text = policy({"AWS": principal}, condition={"ArnLike": {"aws:PrincipalArn": values}})
    (finding,) = found(NAME, text)
    assert finding.verdict is Verdict.ADVICE and finding.value == "*" and finding.assumptions != ()
    assert [each for each in loud(text) if each.verdict is Verdict.DEAD and each.value == "*"] == []
    assert "nobody" not in {each.name for each in loud(text)}


def test_an_asterisk_for_each_part_is_an_arn() -> None:
    """AWS compares the six parts, each of which may be one."""
    assert (
        found(NAME, policy(ROLE, condition={"ArnLike": {"aws:PrincipalArn": "arn:*:*:*:*:*"}}))
        == []
    )
    assert found(NAME, policy(ROLE, condition={"StringLike": {"aws:PrincipalArn": "*"}})) == []
