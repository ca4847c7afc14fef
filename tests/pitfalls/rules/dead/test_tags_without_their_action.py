"""Session tags need `sts:TagSession`, a source identity `sts:SetSourceIdentity`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import fixed, found, grant, only, policy, several, statement
from trust_widgets.findings import Verdict

NAME = "tags_without_their_action"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
TEAM = {"StringEquals": {"aws:RequestTag/team": "octo"}}


@pytest.mark.parametrize(
    ("condition", "action"),
    [
        (TEAM, "sts:TagSession"),
        ({"ForAnyValue:StringEquals": {"aws:TagKeys": "team"}}, "sts:TagSession"),
        ({"ForAnyValue:StringEquals": {"sts:TransitiveTagKeys": "team"}}, "sts:TagSession"),
        ({"StringLike": {"sts:SourceIdentity": "octo-*"}}, "sts:SetSourceIdentity"),
    ],
)
def test_the_action_is_added(condition: Any, action: str) -> None:
    """Without it a call with the key fails, and one without the key does not meet the condition."""
    text = policy(ROLE, condition=condition)
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD and finding.path[2] == "Condition"
    assert statement(fixed(finding, text))["Action"] == ["sts:AssumeRole", action]


def test_several_tags_are_one_mistake() -> None:
    """One action is missing, however many tags are asked."""
    tags = {"StringEquals": {"aws:RequestTag/team": "octo", "aws:RequestTag/cost": "1"}}
    assert only(NAME, policy(ROLE, condition=tags)).path[-1] == "aws:RequestTag/cost"


@pytest.mark.parametrize(
    "text",
    [
        policy(ROLE, ["sts:AssumeRole", "sts:TagSession"], TEAM),
        several(grant(ROLE, condition=TEAM), grant(ROLE, "sts:TagSession")),
        policy(ROLE, condition={"StringEqualsIfExists": TEAM["StringEquals"]}),
        policy(ROLE, condition={"ForAllValues:StringEquals": {"sts:TransitiveTagKeys": "team"}}),
        policy(ROLE, condition={"StringEquals": {"aws:PrincipalTag/team": "octo"}}),
        several(grant(ROLE), grant(ROLE, condition=TEAM, Effect="Deny")),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """With the action, in one statement or in two; what a missing key meets; the caller's own tags;
    and a Deny.
    """
    assert found(NAME, text) == []


def test_a_source_identity_from_before_needs_its_action_too() -> None:
    """In a role chain the call fails unless the target role's trust policy allows it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
    """
    asked = {"StringLike": {"aws:SourceIdentity": "octo-*"}}
    text = policy(ROLE, condition=asked)
    finding = only(NAME, text)
    assert "the caller's session has a source identity" in finding.message
    assert statement(fixed(finding, text))["Action"] == ["sts:AssumeRole", "sts:SetSourceIdentity"]
    assert found(NAME, policy(ROLE, ["sts:AssumeRole", "sts:SetSourceIdentity"], asked)) == []
