"""Statements that let nobody in, decided by search; what has a name is told by that name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import (
    GITHUB,
    GITHUB_PROVIDER,
    HOME,
    WEB,
    found,
    grant,
    loud,
    only,
    policy,
    several,
)
from trust_widgets.findings import Verdict

NAME = "nobody"
OWN = {"AWS": "111122223333"}
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
TEAM = "aws:PrincipalTag/team"


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ({"StringEquals": {TEAM: "octo"}, "StringNotEquals": {TEAM: "octo"}}, "StringEquals"),
        ({"StringEquals": {TEAM: "octo"}, "StringLike": {TEAM: "evil-*"}}, "StringLike"),
        ({"StringEquals": {TEAM: "octo"}, "Null": {TEAM: "true"}}, "Null"),
        (
            {
                "NumericLessThan": {"aws:MultiFactorAuthAge": 60},
                "NumericGreaterThan": {"aws:MultiFactorAuthAge": 60},
            },
            "NumericGreaterThan",
        ),
        (
            {
                "IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
                "NotIpAddress": {"aws:SourceIp": "203.0.0.0/16"},
            },
            "NotIpAddress",
        ),
    ],
)
def test_conditions_that_contradict_each_other(condition: Any, told: str) -> None:
    """No one value meets both; both operators are named."""
    finding = only(NAME, policy(OWN, condition=condition), HOME)
    assert finding.verdict is Verdict.DEAD and finding.path[2] == "Condition"
    assert told in finding.message and "at once" in finding.message


def test_an_account_that_is_not_the_principal_s() -> None:
    """The place is the condition that nobody meets."""
    text = policy(OWN, condition={"StringEquals": {"aws:PrincipalAccount": "444455556666"}})
    assert only(NAME, text, HOME).path == (
        "Statement",
        0,
        "Condition",
        "StringEquals",
        "aws:PrincipalAccount",
    )


@pytest.mark.parametrize(
    "deny",
    [
        grant({"AWS": "*"}, Effect="Deny"),
        grant({"AWS": "444455556666"}, "sts:*", Effect="Deny"),
        grant(
            {"AWS": "*"},
            Effect="Deny",
            condition={"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}},
        ),
        grant(
            {"AWS": "*"},
            Effect="Deny",
            condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
        ),
    ],
)
def test_an_allow_that_a_deny_cancels(deny: Any) -> None:
    """For everyone, for its account, outside another account, and for those without MFA, as all
    roles are.
    """
    finding = only(NAME, several(grant(ROLE), deny))
    assert finding.path == ("Statement", 0) and "A Deny statement" in finding.message


def test_a_deny_that_stops_nobody() -> None:
    """Its conditions contradict each other, so that it is no fence: the place is its own."""
    both = {"StringEquals": {TEAM: "a"}, "StringLike": {TEAM: "b*"}}
    finding = only(NAME, several(grant(ROLE), grant({"AWS": "*"}, Effect="Deny", condition=both)))
    assert (
        finding.path[:3] == ("Statement", 1, "Condition")
        and "can never deny anyone" in finding.message
    )


@pytest.mark.parametrize(
    "text",
    [
        several(
            grant(ROLE),
            grant({"AWS": "*"}, Effect="Deny", condition={"StringNotEquals": {TEAM: "octo"}}),
        ),
        several(grant(ROLE), grant({"AWS": "*"}, "sts:TagSession", Effect="Deny")),
        policy(
            ROLE,
            condition={"StringLike": {TEAM: "octo-*"}, "StringNotEquals": {TEAM: "octo-guests"}},
        ),
        policy(
            ROLE,
            condition={
                "StringEquals": {TEAM: "octo"},
                "StringNotEquals": {"aws:PrincipalTag/cost": "octo"},
            },
        ),
        policy({"Service": "ec2.amazonaws.com"}),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Somebody passes: with the tag, without session tags, within the pattern, with another key,
    and without more.
    """
    assert found(NAME, text) == []


def test_what_has_a_name_is_told_by_it() -> None:
    """One cause, one finding; and nothing of a dead statement is open."""
    text = policy({"AWS": "*"}, condition={"StringEquals": {TEAM: "a"}, "StringLike": {TEAM: "b*"}})
    assert [finding.name for finding in loud(text)] == [NAME]
    named = policy(
        {"Service": "ec2.amazonaws.com"}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    )
    assert [finding.name for finding in loud(named)] == ["mfa_of_a_caller_without_it"]


@pytest.mark.parametrize(
    ("principal", "action", "condition", "told"),
    [
        (
            {"AWS": "444455556666"},
            "sts:AssumeRole",
            {
                "Bool": {"aws:MultiFactorAuthPresent": "false"},
                "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
            },
            "only if it was made with MFA",
        ),
        (
            GITHUB_PROVIDER,
            WEB,
            {
                "StringEquals": {
                    f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
                    f"{GITHUB}:repository": "octo-org/web",
                }
            },
            "the subject contains the value of the other key",
        ),
    ],
)
def test_two_keys_of_which_one_tells_the_other(
    principal: Any, action: str, condition: Any, told: str
) -> None:
    """Both keys are named, and what they have to do with each other."""
    finding = only(NAME, policy(principal, action, condition))
    keys = [key for block in condition.values() for key in block]
    assert told in finding.message and all(key in finding.message for key in keys)
