"""Account access manager sets a context whenever it assumes a role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/aam-prepare-roles.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from support.asking import fixed, found, grant, loud, only, policy, several

NAME = "account_access_without_context"
MANAGER = {"Service": "account-access.amazonaws.com"}
SOURCE = {
    "StringEquals": {"aws:SourceAccount": "111122223333"},
    "ArnLike": {"aws:SourceArn": "arn:aws:account-access:*:111122223333:application/*"},
}


@pytest.mark.parametrize("actions", ["sts:AssumeRole", ["sts:AssumeRole", "sts:TagSession"]])
def test_it_is_dead_without_the_action(actions: Any) -> None:
    """The fix adds it; nobody can assume the role before, and the service can after."""
    text = policy(MANAGER, actions, SOURCE)
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Action") and "sts:SetContext" in finding.message
    assert tw.who_gets_in(tw.parse(text)) == ()
    after = json.dumps(fixed(finding, text))
    assert loud(after) == []
    (who,) = tw.who_gets_in(tw.parse(after))
    assert who.witness is not None
    assert tw.evaluate(tw.parse(after), who.witness).outcome == "allowed"
    assert tw.evaluate(tw.parse(text), who.witness).outcome == "not allowed"
    change = tw.compare(tw.parse(text), tw.parse(after))
    assert (change.gained.found, change.lost.found) == (True, False)


def test_its_source_is_required() -> None:
    """Without it the service may be made to act for another account."""
    text = policy(MANAGER, ["sts:AssumeRole", "sts:SetContext"])
    assert [finding.code for finding in loud(text)] == ["TP313"]


@pytest.mark.parametrize(
    "text",
    [
        policy(MANAGER, ["sts:AssumeRole", "sts:SetContext"], SOURCE),
        policy(MANAGER, "sts:*", SOURCE),
        several(grant(MANAGER, "sts:AssumeRole", SOURCE), grant(MANAGER, "sts:SetContext")),
        policy({"Service": "ec2.amazonaws.com"}),
        policy(MANAGER, Effect="Deny"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    assert found(NAME, text) == []
