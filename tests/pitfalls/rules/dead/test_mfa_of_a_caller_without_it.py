"""MFA asked of those who never have it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
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
    only,
    places,
    policy,
    statement,
)
from trust_widgets.findings import Verdict

NAME = "mfa_of_a_caller_without_it"
KEY, AGE = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
MFA = {"Bool": {KEY: "true"}}
ROLE, USER = "arn:aws:iam::444455556666:role/deploy", "arn:aws:iam::444455556666:user/octo"
SUB = {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}}


@pytest.mark.parametrize(
    ("principal", "action", "condition"),
    [
        ({"Service": "lambda.amazonaws.com"}, "sts:AssumeRole", MFA),
        (GITHUB_PROVIDER, WEB, MFA | SUB),
        ({"AWS": ROLE}, "sts:AssumeRole", MFA),
        ({"AWS": "arn:aws:sts::444455556666:assumed-role/deploy/run-1"}, "sts:AssumeRole", MFA),
        ({"AWS": ROLE}, "sts:AssumeRole", {"Bool": {"AWS:multifactorauthpresent": True}}),
    ],
)
def test_who_never_has_it(principal: Any, action: str, condition: Any) -> None:
    """Services and tokens never, and "credentials returned by AssumeRole do not include MFA
    information".
    """
    finding = only(NAME, policy(principal, action, condition))
    assert (finding.verdict, finding.path[2:4]) == (Verdict.DEAD, ("Condition", "Bool"))


@pytest.mark.parametrize(
    ("principal", "action", "condition", "told"),
    [
        (
            {"AWS": ROLE},
            "sts:AssumeRole",
            MFA,
            (
                "A role session never carries MFA information, even if the user signed in with "
                "MFA. This includes IAM Identity Center. Require MFA in the trust policy of the "
                "session's own role, for the users who assume that role."
            ),
        ),
        ({"Service": "lambda.amazonaws.com"}, "sts:AssumeRole", MFA, "iam:PassRole"),
        (GITHUB_PROVIDER, WEB, MFA | SUB, "identity provider"),
    ],
)
def test_it_says_why_and_where_mfa_can_be_asked_for(
    principal: Any, action: str, condition: Any, told: str
) -> None:
    """Of users: those who assume the first role, or who hand a role to a service."""
    assert told in only(NAME, policy(principal, action, condition)).message


def test_its_age_is_told_with_it() -> None:
    """Both keys are one mistake; the age alone is one too."""
    both = MFA | {"NumericLessThan": {AGE: "3600"}}
    assert only(NAME, policy({"AWS": ROLE}, condition=both)).path[-1] == KEY
    assert (
        only(NAME, policy({"AWS": ROLE}, condition={"NumericLessThan": {AGE: "3600"}})).path[-1]
        == AGE
    )


def test_one_of_several_principals() -> None:
    """A user can meet what a role cannot: the role is the place, and the user goes on working."""
    text = policy({"AWS": [USER, ROLE]}, condition=MFA)
    assert places(NAME, text, HOME) == [("Statement", 0, "Principal", "AWS", 1)]
    assert only(NAME, text, HOME).message.endswith("The other principals still work.")


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        (USER, MFA),
        ("arn:aws:iam::111122223333:root", MFA),
        (ROLE, {"BoolIfExists": {KEY: "true"}}),
        (ROLE, {"Bool": {KEY: "false"}}),
        (ROLE, {"Null": {KEY: "true"}}),
    ],
)
def test_near_cases_are_silent(principal: str, condition: Any) -> None:
    """Users, and accounts, which have users; and conditions that a missing key meets."""
    assert found(NAME, policy({"AWS": principal}, condition=condition)) == []


def test_the_condition_can_be_removed() -> None:
    """Of a role's sessions, with the element that would be empty; not for one caller of several."""
    text = policy({"AWS": ROLE}, "sts:AssumeRole", MFA)
    finding = only(NAME, text)
    assert [fix.title for fix in finding.fixes] == [f"Remove the condition on {KEY}"]
    assert "Condition" not in statement(fixed(finding, text))
    external_id = {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}}
    text = policy({"AWS": ROLE}, "sts:AssumeRole", MFA | external_id)
    assert statement(fixed(only(NAME, text), text))["Condition"] == external_id
    assert only(NAME, policy({"AWS": [ROLE, USER]}, "sts:AssumeRole", MFA)).fix is None
