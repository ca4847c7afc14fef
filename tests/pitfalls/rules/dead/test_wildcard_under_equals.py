"""`*` or `?` under an equals operator.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import (
    GITHUB,
    GITHUB_PROVIDER,
    WEB,
    fixed,
    found,
    grant,
    only,
    places,
    policy,
    several,
)
from trust_widgets.findings import Severity, Verdict

NAME = "wildcard_under_equals"
SUB, AUD = f"{GITHUB}:sub", f"{GITHUB}:aud"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
RELEASE = "repo:octo-org/app:ref:refs/heads/release/*"


@pytest.mark.parametrize(
    ("operator", "like"),
    [
        ("StringEquals", "StringLike"),
        ("stringequals", "StringLike"),
        ("ForAnyValue:StringEquals", "ForAnyValue:StringLike"),
    ],
)
def test_the_like_operator_reads_it(operator: str, like: str) -> None:
    """The most asked OIDC question: the value is compared letter by letter, and the fix is the Like
    operator.
    """
    text = policy(GITHUB_PROVIDER, WEB, {operator: {SUB: RELEASE}})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.DEAD, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Condition", operator, SUB, 0)
    assert (
        "reads them as wildcards and allows every value that matches. If you use "
    ) not in finding.message
    assert fixed(finding, text)["Statement"] == [
        grant(GITHUB_PROVIDER, WEB, {like: {SUB: RELEASE}})
    ]


def test_ignoring_case_is_lost_knowingly() -> None:
    """There is no StringLike that ignores case, so that the nearest operator is written."""
    text = policy(GITHUB_PROVIDER, WEB, {"StringEqualsIgnoreCase": {SUB: RELEASE}})
    assert fixed(only(NAME, text), text)["Statement"] == [
        grant(GITHUB_PROVIDER, WEB, {"StringLike": {SUB: RELEASE}})
    ]


def test_other_keys_stay_where_they_are() -> None:
    """Only the key with the wildcard moves, and it joins a Like operator that is there already."""
    block = {
        "StringEquals": {AUD: "sts.amazonaws.com", SUB: [RELEASE]},
        "StringLike": {f"{GITHUB}:ref": "refs/heads/release/*"},
    }
    text = policy(GITHUB_PROVIDER, WEB, block)
    (after,) = fixed(only(NAME, text), text)["Statement"]
    assert after["Condition"] == {
        "StringEquals": {AUD: "sts.amazonaws.com"},
        "StringLike": {f"{GITHUB}:ref": "refs/heads/release/*", SUB: RELEASE},
    }


def test_a_key_under_both_operators_is_left_to_the_author() -> None:
    """Both conditions have to be met, so that merging them would change what they mean."""
    block = {
        "StringEquals": {SUB: RELEASE},
        "StringLike": {SUB: "repo:octo-org/app:ref:refs/heads/main"},
    }
    assert only(NAME, policy(GITHUB_PROVIDER, WEB, block)).fix is None


def test_arns_are_compared_as_arns() -> None:
    """A source or principal ARN goes under ArnLike, as AWS recommends."""
    source = "arn:aws:lambda:us-east-1:111122223333:function:app-*"
    text = policy(
        {"Service": "lambda.amazonaws.com"}, condition={"StringEquals": {"aws:SourceArn": source}}
    )
    after = grant(
        {"Service": "lambda.amazonaws.com"}, condition={"ArnLike": {"aws:SourceArn": source}}
    )
    assert fixed(only(NAME, text), text)["Statement"] == [after]


@pytest.mark.parametrize(
    ("key", "value", "like"),
    [
        ("aws:SourceArn", "arn:aws:states:*:111122223333:stateMachine:app", "ArnLike"),
        ("aws:SourceVpcArn", "arn:aws:ec2:us-east-1:111122223333:vpc/vpc-1a2b*", "ArnLike"),
        ("aws:RequestTag/team", "octo-*", "StringLike"),
        ("aws:SourceVpc", "vpc-1a2b*", "StringLike"),
    ],
)
def test_any_region_of_one_account_and_values_of_ones_own(key: str, value: str, like: str) -> None:
    """ARNs are compared part by part, so that the account stays fixed; tags and networks are what
    the author wrote.
    """
    principal = {"Service": "states.amazonaws.com"} if like == "ArnLike" else ROLE
    text = policy(principal, ["sts:AssumeRole", "sts:TagSession"], {"StringEquals": {key: value}})
    (finding,) = found(NAME, text)
    assert fixed(finding, text)["Statement"][0]["Condition"] == {like: {key: value}}


@pytest.mark.parametrize(
    ("principal", "action", "condition"),
    [
        (GITHUB_PROVIDER, WEB, {"StringEquals": {SUB: "repo:octo-org/app:*"}}),
        (GITHUB_PROVIDER, WEB, {"StringEquals": {SUB: "repo:octo*"}}),
        (ROLE, "sts:AssumeRole", {"StringEquals": {"sts:ExternalId": "octo-*"}}),
        (ROLE, "sts:AssumeRole", {"StringEquals": {"aws:PrincipalOrgID": "o-*"}}),
        (ROLE, "sts:AssumeRole", {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::*:role/app"}}),
    ],
)
def test_no_fix_that_opens(principal: Any, action: str, condition: Any) -> None:
    """Read as a pattern these would let in more than one branch, tenant, organization or account:
    only told.
    """
    finding = only(NAME, policy(principal, action, condition))
    assert (finding.verdict, finding.fix) == (Verdict.DEAD, None)
    assert (
        "reads them as wildcards and allows every value that matches. If you use "
    ) in finding.message


def test_each_value_has_its_place_also_in_a_deny() -> None:
    """In a list the wildcard's own place; and a Deny with one never denies."""
    values = ["repo:octo-org/app:ref:refs/heads/main", RELEASE]
    allow = grant(GITHUB_PROVIDER, WEB, {"StringEquals": {SUB: values}})
    deny = grant(
        ROLE, condition={"StringEquals": {"aws:PrincipalTag/team": "octo-?"}}, Effect="Deny"
    )
    assert places(NAME, several(allow, deny)) == [
        ("Statement", 0, "Condition", "StringEquals", SUB, 1),
        ("Statement", 1, "Condition", "StringEquals", "aws:PrincipalTag/team", 0),
    ]


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:PrincipalTag/team": "octo-*"}},
        {"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/app-*"}},
        {"StringNotEquals": {"aws:PrincipalTag/team": "octo-*"}},
        {"StringEquals": {"aws:PrincipalTag/team": "${*}"}},
        {"StringEquals": {"aws:PrincipalTag/team": "octo-${?}-${aws:username}"}},
        {"StringEquals": {"aws:UserAgent": "octo/1.0 (*)"}},
        {"StringEquals": {"SAML:aud": "https://signin.octo.example/saml?tenant=octo"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """Operators that read wildcards or are negated, escaped ones, free text, and an address's
    question mark.
    """
    assert found(NAME, policy(ROLE, condition=condition)) == []
