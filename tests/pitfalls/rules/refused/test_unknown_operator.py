"""A condition operator that IAM does not know.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import fixed, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "unknown_operator"
ROLE = {"AWS": "arn:aws:iam::111122223333:role/a"}
TAG = {"aws:PrincipalTag/team": "octo"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("StringEqual", "StringEquals"),
        ("StringsEquals", "StringEquals"),
        ("StringMatches", None),
        ("Matches", None),
        ("ARNLikes", "ArnLike"),
        ("StringEqualIfExists", "StringEqualsIfExists"),
        ("ForAnyValues:StringLike", "ForAnyValue:StringLike"),
        ("ForAllValue:StringEqual", "ForAllValues:StringEquals"),
        ("NullIfExists", "Null"),
        ("Equals", "StringEquals"),
        ("ForAnyValue:Like", "ForAnyValue:StringLike"),
        ("LessThan", None),
        ("ForSomeone:StringEquals", None),
        ("StringEquals:ForAnyValue", None),
    ],
)
def test_a_wrong_name(wrong: str, right: str | None) -> None:
    """It is told at the operator; the fix keeps set operator and `IfExists`, which `Null` never
    takes.
    """
    text = policy(ROLE, condition={wrong: TAG})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Condition", wrong)
    if right is None:
        assert finding.fix is None
    else:
        assert fixed(finding, text)["Statement"] == [grant(ROLE, condition={right: TAG})]


@pytest.mark.parametrize(
    ("key", "value", "right"),
    [
        ("aws:PrincipalArn", "arn:aws:iam::111122223333:role/a", "ArnEquals"),
        ("aws:PrincipalOrgID", "o-a1b2c3d4e5", "StringEquals"),
        ("aws:MultiFactorAuthAge", "3600", "NumericEquals"),
        ("aws:CurrentTime", "2030-01-01T00:00:00Z", "DateEquals"),
    ],
)
def test_a_name_without_a_kind_has_that_of_its_key(key: str, value: str, right: str) -> None:
    """`Equals` alone is near to five operators; only one of them fits the key."""
    text = policy(ROLE, condition={"Equals": {key: value}})
    finding = only(NAME, text)
    assert list(fixed(finding, text)["Statement"][0]["Condition"]) == [right]


def test_several_keys_are_one_mistake() -> None:
    """An operator is told once, however many keys stand under it, and also where none does."""
    two = policy(ROLE, condition={"StringEqual": TAG | {"aws:username": "octo"}})
    assert places(NAME, two) == [("Statement", 0, "Condition", "StringEqual")]
    none = json.loads(two)
    none["Statement"][0]["Condition"]["StringEqual"] = {}
    assert places(NAME, json.dumps(none)) == [("Statement", 0, "Condition", "StringEqual")]


def test_no_fix_where_the_name_is_taken() -> None:
    """Renaming beside the right operator would write it twice."""
    text = policy(ROLE, condition={"StringEquals": TAG, "StringEqual": {"aws:username": "octo"}})
    assert only(NAME, text).fix is None


def test_statements_are_counted_and_a_deny_judged() -> None:
    """The second statement is told as the second, though it denies."""
    text = several(
        grant(ROLE),
        grant(ROLE, condition={"Bools": {"aws:SecureTransport": "false"}}, Effect="Deny"),
    )
    assert places(NAME, text) == [("Statement", 1, "Condition", "Bools")]


@pytest.mark.parametrize(
    "operator",
    ["StringEquals", "StringNotEqualsIgnoreCase", "ArnNotLike", "ForAnyValue:StringLikeIfExists",
     "ForAllValues:StringEquals", "NumericLessThanEqualsIfExists", "DateGreaterThan",
     "NotIpAddress", "BinaryEquals", "Null", "BoolIfExists"],
)  # fmt: skip
def test_operators_that_iam_knows(operator: str) -> None:
    """Every kind of operator, with a set operator and `IfExists` where they may stand."""
    assert found(NAME, policy(ROLE, condition={operator: {"aws:PrincipalTag/team": "1"}})) == []
