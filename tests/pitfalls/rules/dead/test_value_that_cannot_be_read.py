"""Values that their operator cannot read.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, only, places, policy, statement
from trust_widgets.findings import Verdict

NAME = "value_that_cannot_be_read"
OWN = {"AWS": "111122223333"}
MFA, AGE, ARN = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge", "aws:PrincipalArn"


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("Null", AGE, "absent"),
        ("NumericLessThan", AGE, "one hour"),
        ("NumericLessThan", AGE, "1h"),
        ("DateLessThan", "aws:CurrentTime", "tomorrow"),
        ("DateLessThan", "aws:CurrentTime", "2027-02-30"),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/33"),
        ("IpAddress", "aws:SourceIp", "203.0.113.*"),
        ("IpAddress", "aws:SourceIp", "office.octo.example"),
        ("ArnLike", ARN, "111122223333"),
        ("ArnEquals", ARN, "role/deploy"),
        ("BinaryEquals", "aws:PrincipalTag/key", "no base64!"),
    ],
)
def test_nothing_is_equal_to_it(operator: str, key: str, value: str) -> None:
    """The value is the place; what the operator does read is said."""
    finding = only(NAME, policy(OWN, condition={operator: {key: value}}), HOME)
    assert (finding.verdict, finding.path) == (
        Verdict.DEAD,
        ("Statement", 0, "Condition", operator, key, 0),
    )
    assert f"{operator} needs " in finding.message and f'"{value}"' in finding.message


@pytest.mark.parametrize(
    ("operator", "key", "value", "right"),
    [
        ("NumericLessThan", AGE, "3600s", "3600"),
        ("DateLessThan", "aws:CurrentTime", "2027/01/31", "2027-01-31"),
        (
            "ArnLike",
            ARN,
            "arn:aws:iam:111122223333:role/deploy",
            "arn:aws:iam::111122223333:role/deploy",
        ),
    ],
)
def test_what_was_plainly_meant(operator: str, key: str, value: str, right: str) -> None:
    """A fix where there is one reading."""
    text = policy(OWN, condition={operator: {key: value}})
    assert statement(fixed(only(NAME, text, HOME), text))["Condition"] == {operator: {key: right}}


def test_each_of_several() -> None:
    """Two bad ranges around a good one."""
    text = policy(OWN, condition={"IpAddress": {"aws:SourceIp": ["a", "203.0.113.0/24", "b"]}})
    assert [path[-1] for path in places(NAME, text, HOME)] == [0, 2]


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {MFA: "TRUE"}},
        {"Bool": {MFA: False}},
        {"NumericLessThan": {AGE: 3600}},
        {"NumericEquals": {AGE: "60.5"}},
        {"DateLessThan": {"aws:CurrentTime": "2027-01-31T12:00:00+01:00"}},
        {"DateLessThan": {"aws:EpochTime": "1800000000"}},
        {"IpAddress": {"aws:SourceIp": ["203.0.113.7", "2001:DB8::/32"]}},
        {"ArnLike": {ARN: "*"}},
        {"ArnLike": {ARN: "arn:aws:iam::111122223333:role/${aws:PrincipalTag/team}"}},
        {"NotIpAddress": {"aws:SourceIp": "office.octo.example"}},
        {"StringEquals": {MFA: "yes"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """What AWS reads, variables, a lone asterisk, of which AWS says nothing, negated operators, and
    texts.
    """
    assert found(NAME, policy(OWN, condition=condition), HOME) == []
