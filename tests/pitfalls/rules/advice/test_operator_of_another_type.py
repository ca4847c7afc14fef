"""A string compared as a number, a date, an address or a truth value.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import fixed, found, policy, statement
from trust_widgets.findings import Verdict

NAME = "operator_of_another_type"
OWN = {"AWS": "111122223333"}


@pytest.mark.parametrize(
    ("operator", "right"),
    [
        ("NumericEquals", "StringEquals"),
        ("NumericNotEquals", "StringNotEquals"),
        ("NumericEqualsIfExists", "StringEqualsIfExists"),
        ("ForAnyValue:NumericEquals", "ForAnyValue:StringEquals"),
    ],
)
def test_an_account_id_as_a_number(operator: str, right: str) -> None:
    """Twelve digits are one account, so that the String operator says the same."""
    text = policy(OWN, condition={operator: {"aws:PrincipalAccount": "444455556666"}})
    (finding,) = found(NAME, text)

    assert finding.verdict is Verdict.ADVICE
    assert statement(fixed(finding, text))["Condition"] == {
        right: {"aws:PrincipalAccount": "444455556666"}
    }


@pytest.mark.parametrize(
    "condition",
    [
        {"NumericEquals": {"aws:PrincipalAccount": "1"}},
        {"NumericLessThan": {"aws:PrincipalAccount": "444455556666"}},
        {"Bool": {"aws:PrincipalOrgID": "true"}},
        {"IpAddress": {"aws:PrincipalArn": "203.0.113.0/24"}},
        {"DateEquals": {"sts:ExternalId": "2027-01-31"}},
        {"NumericEquals": {"sts:ExternalId": "12345"}},
    ],
)
def test_where_no_other_operator_says_the_same_there_is_no_fix(condition: Any) -> None:
    """Nor where a number has several spellings."""
    (finding,) = found(NAME, policy(OWN, condition=condition))
    assert finding.fix is None


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalAccount": "444455556666"}},
        {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
        {"DateLessThan": {"aws:CurrentTime": "2027-01-31T00:00:00Z"}},
        {"NumericGreaterThan": {"aws:EpochTime": "1800000000"}},
        {"Bool": {"aws:SecureTransport": "true"}},
        {"StringEquals": {"aws:SecureTransport": "true"}},
        {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/app"}},
        {"Null": {"aws:PrincipalAccount": "false"}},
        {"NumericEquals": {"octo:Unknown": "1"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """Operators of the key's own type, text operators, and keys of which nothing is known."""
    assert found(NAME, policy(OWN, condition=condition)) == []
