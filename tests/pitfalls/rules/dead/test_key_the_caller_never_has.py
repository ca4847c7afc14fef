"""A key that the callers of its statement never carry.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
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
    statement,
)
from trust_widgets.access import who_gets_in
from trust_widgets.findings import Verdict
from trust_widgets.policy import parse

NAME = "key_the_caller_never_has"
ROLE = "arn:aws:iam::444455556666:role/deploy"
ORG = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
SAML = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
SUB = {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}


@pytest.mark.parametrize(
    ("principal", "action", "condition", "why"),
    [
        ({"Service": "ec2.amazonaws.com"}, "sts:AssumeRole", ORG, "belongs to no organization"),
        (
            {"Service": "lambda.amazonaws.com"},
            "sts:AssumeRole",
            {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}},
            "the request comes from an address of AWS",
        ),
        (
            {"Service": "ec2.amazonaws.com"},
            "sts:AssumeRole",
            {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}},
            "This service never sends sts:ExternalId: it has no setting for one",
        ),
        ({"AWS": ROLE}, "sts:AssumeRole", {"ArnLike": {"aws:SourceArn": ROLE}}, "aws:PrincipalArn"),
        (
            {"AWS": ROLE},
            "sts:AssumeRole",
            {"StringEquals": {"aws:SourceAccount": "444455556666"}},
            "aws:PrincipalAccount",
        ),
        (
            {"AWS": ROLE},
            "sts:AssumeRole",
            {"StringLike": {"aws:username": "octo-*"}},
            "only users of IAM",
        ),
        (
            GITHUB_PROVIDER,
            WEB,
            {"StringEquals": SUB | {"sts:ExternalId": "b2f6c3de-9a41"}},
            "only sts:AssumeRole takes",
        ),
        (
            GITHUB_PROVIDER,
            WEB,
            {"StringEquals": SUB | {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
            "SAML",
        ),
        (
            SAML,
            "sts:AssumeRoleWithSAML",
            {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
            "not signed",
        ),
    ],
)
def test_it_says_why(principal: Any, action: str, condition: Any, why: str) -> None:
    """Each from the availability that AWS states of the key."""
    finding = only(NAME, policy(principal, action, condition))
    assert finding.verdict is Verdict.DEAD and why in finding.message
    assert finding.path[2] == "Condition" and finding.message.endswith(
        "As written, this statement allows no one."
    )


@pytest.mark.parametrize(
    ("operator", "key", "value", "right"),
    [
        ("ArnLike", "aws:SourceArn", ROLE, "aws:PrincipalArn"),
        ("StringEquals", "aws:SourceAccount", "444455556666", "aws:PrincipalAccount"),
        ("StringEquals", "aws:SourceOrgID", "o-a1b2c3d4e5", "aws:PrincipalOrgID"),
    ],
)
def test_the_caller_s_own_key(operator: str, key: str, value: str, right: str) -> None:
    """ "This key does not work with the ARN of the principal making the request": the one that does
    is written.
    """
    text = policy({"AWS": ROLE}, condition={operator: {key: value}})
    assert statement(fixed(only(NAME, text), text))["Condition"] == {operator: {right: value}}


def test_no_fix_where_it_would_open_or_guess() -> None:
    """A whole other account is as wide with its own number; and a bucket is no caller."""
    other = policy(
        {"AWS": "arn:aws:iam::444455556666:root"},
        condition={"StringEquals": {"aws:SourceAccount": "444455556666"}},
    )
    bucket = policy(
        {"AWS": ROLE}, condition={"ArnLike": {"aws:SourceArn": "arn:aws:s3:::octo-bucket"}}
    )
    assert only(NAME, other).fix is None
    assert only(NAME, bucket).fix is None


def test_no_fix_where_no_key_says_the_same_or_it_stands_there_already() -> None:
    """A role has no user name under any key; and one key cannot stand twice under an operator."""
    nameless = policy({"AWS": ROLE}, condition={"StringLike": {"aws:username": "octo-*"}})
    both = {"aws:SourceAccount": "444455556666", "aws:principalaccount": "444455556666"}
    for text in (nameless, policy({"AWS": ROLE}, condition={"StringEquals": both})):
        assert only(NAME, text).fix is None


def test_the_service_among_people() -> None:
    """People of the organization get in; the service, which belongs to none, does not."""
    text = policy({"AWS": ROLE, "Service": "ec2.amazonaws.com"}, condition=ORG)
    assert places(NAME, text) == [("Statement", 0, "Principal", "Service", 0)]


def test_a_deny_that_stops_nobody() -> None:
    """The same in a Deny: it never applies."""
    deny = grant({"Service": "ec2.amazonaws.com"}, condition=ORG, Effect="Deny")
    finding = only(NAME, several(grant({"Service": "ec2.amazonaws.com"}), deny))
    assert finding.path[1] == 1 and finding.message.endswith("As written, this Deny denies no one.")


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"AWS": ROLE}, ORG),
        ({"AWS": "*"}, {"StringEquals": {"aws:SourceAccount": "444455556666"}}),
        (
            {"Service": "ec2.amazonaws.com"},
            {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        ),
        (
            {"Service": "ec2.amazonaws.com"},
            {"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        ),
        (
            {"Service": "ec2.amazonaws.com"},
            {"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*"}},
        ),
        (
            {"Service": "cognito-idp.amazonaws.com"},
            {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41"}},
        ),
        ({"AWS": ROLE}, {"StringEquals": {"accounts.google.com:sub": "111122223333444455556"}}),
        ({"AWS": ROLE}, {"NumericLessThan": {"sts:DurationSeconds": "3600"}}),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any) -> None:
    """Keys that they may have, conditions that a missing key meets, `*`, which may mean services,
    and other rules'.
    """
    assert found(NAME, policy(principal, condition=condition)) == []


def test_what_is_dead_is_not_called_open_too() -> None:
    """A condition that nobody meets lets nobody in, however many the principal names."""
    text = policy(
        {"AWS": "arn:aws:iam::444455556666:root"},
        condition={"StringEquals": {"aws:SourceAccount": "444455556666"}},
    )
    only(NAME, text)


BOTH = ["sts:AssumeRole", "sts:SetSourceIdentity"]


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "StringEqualsIgnoreCase"])
@pytest.mark.parametrize("users", [["eva"], ["eva", "ida"]])
def test_a_user_has_no_source_identity_yet(users: list[str], operator: str) -> None:
    """Only a session that already carries one has aws:SourceIdentity; what the request sets is in
    sts:SourceIdentity.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    principal = {"AWS": [f"arn:aws:iam::111122223333:user/{user}" for user in users]}
    text = policy(principal, BOTH, {operator: {"aws:SourceIdentity": "octo"}})
    finding = only(NAME, text)
    assert "sts:SourceIdentity" in finding.message and not who_gets_in(parse(text))
    assert finding.fix is not None
    after = finding.fix.apply(text)
    assert after == text.replace("aws:SourceIdentity", "sts:SourceIdentity")
    assert who_gets_in(parse(after))


@pytest.mark.parametrize(
    ("principal", "key"),
    [
        ("arn:aws:iam::444455556666:user/ana", "sts:SourceIdentity"),
        ("arn:aws:iam::444455556666:role/ci", "aws:SourceIdentity"),
        ("444455556666", "aws:SourceIdentity"),
    ],
)
def test_who_may_have_a_source_identity(principal: str, key: str) -> None:
    """A session may have come with one, and in an account there are such sessions."""
    text = policy({"AWS": principal}, BOTH, {"StringEquals": {key: "ana"}})
    assert found(NAME, text) == [] and who_gets_in(parse(text))


@pytest.mark.parametrize("service", ["ec2.amazonaws.com", "states.amazonaws.com"])
def test_a_service_has_no_address_of_the_reader(service: str) -> None:
    text = policy({"Service": service}, condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}})
    assert only(NAME, text) and not who_gets_in(parse(text))


def test_an_external_id_that_is_never_sent_can_be_removed() -> None:
    """It says nothing of who calls; EC2 has no setting for one."""
    external_id = {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}}
    text = policy({"Service": "ec2.amazonaws.com"}, "sts:AssumeRole", external_id)
    finding = only(NAME, text)
    assert finding.fix is not None and finding.fix.title == "Remove the condition on sts:ExternalId"
    assert "Condition" not in statement(fixed(finding, text))
