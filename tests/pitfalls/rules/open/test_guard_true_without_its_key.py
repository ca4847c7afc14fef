"""A condition meant as the guard of a statement that is true of calls without its key.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import (
    GITHUB,
    GITHUB_PROVIDER,
    HOME,
    WEB,
    fixed,
    found,
    loud,
    only,
    places,
    policy,
    statement,
)
from trust_widgets.findings import Severity, Verdict

NAME = "guard_true_without_its_key"
OWN = {"AWS": "arn:aws:iam::111122223333:root"}
USER = {"AWS": "arn:aws:iam::111122223333:user/octo"}
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
MFA = "aws:MultiFactorAuthPresent"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
CLUSTER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"}


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("BoolIfExists", MFA, "true"),
        ("Null", MFA, "true"),
        ("StringEqualsIfExists", "aws:PrincipalTag/team", "octo"),
        ("ForAllValues:StringEquals", "aws:PrincipalTag/team", "octo"),
        ("StringNotEquals", "aws:PrincipalTag/team", "octo"),
        ("StringNotLikeIfExists", "sts:ExternalId", "octo-*"),
        ("NumericLessThanIfExists", "aws:MultiFactorAuthAge", "3600"),
        ("IpAddressIfExists", "aws:SourceIp", "203.0.113.0/24"),
    ],
)
def test_those_without_the_key_get_in(operator: str, key: str, value: str) -> None:
    """The row of the truth table that opens it: the key is absent. Told at the condition."""
    finding = only(NAME, policy(OWN, condition={operator: {key: value}}), HOME)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.MEDIUM)
    assert finding.path == ("Statement", 0, "Condition", operator, key)
    assert f"without {key}" in finding.message
    assert finding.callers[0].startswith("arn:aws:iam::111122223333:user/")


def test_two_negations_of_one_key() -> None:
    """Neither asks for the key, so that both are true without it."""
    tag = "aws:PrincipalTag/team"
    text = policy(
        OWN, condition={"StringNotEquals": {tag: "octo"}, "StringNotLike": {tag: "evil-*"}}
    )
    assert sorted(places(NAME, text, HOME)) == [
        ("Statement", 0, "Condition", "StringNotEquals", tag),
        ("Statement", 0, "Condition", "StringNotLike", tag),
    ]


def test_mfa_the_wrong_way_round() -> None:
    """Bool false lets in who comes without MFA, and keeps out who comes with it."""
    text = policy(OWN, condition={"Bool": {MFA: "false"}})
    finding = only(NAME, text, HOME)
    assert "without MFA" in finding.message
    assert statement(fixed(finding, text))["Condition"] == {"Bool": {MFA: "true"}}


def test_the_fix_is_the_plain_operator() -> None:
    """IfExists and ForAllValues go; a negation and Null have no such fix."""
    for loose, plain in (("BoolIfExists", "Bool"), ("StringEqualsIfExists", "StringEquals")):
        text = policy(OWN, condition={loose: {MFA: "true"}})
        assert statement(fixed(only(NAME, text, HOME), text))["Condition"] == {plain: {MFA: "true"}}
    text = policy(OWN, condition={"ForAllValues:StringEquals": {"aws:PrincipalTag/team": "octo"}})
    assert statement(fixed(only(NAME, text, HOME), text))["Condition"] == {
        "StringEquals": {"aws:PrincipalTag/team": "octo"}
    }
    assert (
        only(NAME, policy(OWN, condition={"StringNotEquals": {"sts:ExternalId": "ab"}}), HOME).fix
        is None
    )


def test_an_account_that_is_chosen_beside_is_not_denied() -> None:
    """Of everyone a condition leaves one account, so that it does choose, though not among its
    callers.
    """
    loose = {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    tied = loose | {"StringEquals": {"aws:PrincipalAccount": "111122223333"}}
    message = only(NAME, policy({"AWS": "*"}, condition=tied), HOME).message
    assert "no other condition restricts callers beyond their account" in message
    assert (
        "no other condition restricts them"
        in only(NAME, policy(OWN, condition=loose), HOME).message
    )


def test_who_is_named_is_chosen_already() -> None:
    """For a named role, user or session it is low, for MFA of a named user it is what it is."""
    assert (
        only(
            NAME, policy(ROLE, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}})
        ).severity
        is Severity.LOW
    )
    for arn in (
        "arn:aws:iam::444455556666:user/octo",
        "arn:aws:sts::444455556666:assumed-role/deploy/octo",
    ):
        text = policy(
            {"AWS": arn}, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
        )
        assert only(NAME, text).severity is Severity.LOW
    assert (
        only(NAME, policy(USER, condition={"BoolIfExists": {MFA: "true"}})).severity
        is Severity.MEDIUM
    )


@pytest.mark.parametrize(
    "text",
    [
        policy(OWN, condition={"Bool": {MFA: "true"}}),
        policy(OWN, condition={"BoolIfExists": {MFA: "true"}, "Null": {MFA: "false"}}),
        policy(
            OWN,
            condition={
                "BoolIfExists": {MFA: "true"},
                "StringEquals": {"aws:PrincipalTag/team": "octo"},
            },
        ),
        policy(
            OWN, condition={"BoolIfExists": {"aws:SecureTransport": "true"}, "Bool": {MFA: "true"}}
        ),
        policy(
            ROLE,
            ["sts:AssumeRole", "sts:TagSession"],
            {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}},
        ),
        policy(
            {"Service": "ec2.amazonaws.com"},
            condition={"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}},
        ),
        policy(
            OWN,
            condition={
                "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/intern-*"}
            },
        ),
        policy(OWN, condition={"BoolIfExists": {MFA: "false"}}, Effect="Deny"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """The plain operator, Null false beside it, another guard, keys of tags, a key every call has,
    services, a Deny.
    """
    assert found(NAME, text, HOME) == []


def test_a_rule_with_a_name_speaks_instead() -> None:
    """Anyone, another account, every token: told once, by what gets in."""
    texts: dict[str, Any] = {
        "anyone": policy(
            {"AWS": "*"}, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
        ),
        "another_account_root": policy(
            {"AWS": "444455556666"}, condition={"BoolIfExists": {MFA: "true"}}
        ),
        "oidc_without_subject": policy(CLUSTER, WEB, {"StringNotEquals": {f"{EKS}:sub": "a"}}),
    }
    for name, text in texts.items():
        assert [finding.name for finding in loud(text, HOME)] == [name]


def test_a_wide_subject_speaks_instead() -> None:
    """What the subject admits is worse than how it is asked for."""
    block = {"StringLikeIfExists": {f"{GITHUB}:sub": "repo:octo-org/*"}}
    assert [finding.name for finding in loud(policy(GITHUB_PROVIDER, WEB, block))][:1] != [NAME]
