"""`sts:TagSession` and `sts:SetSourceIdentity` are asked beside an action that assumes the role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, only, policy, several, statement
from trust_widgets.findings import Verdict

NAME = "nothing_to_assume"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
TEAM = {"StringEquals": {"aws:RequestTag/team": "octo"}}


@pytest.mark.parametrize(
    "action", ["sts:TagSession", "STS:tagsession", ["sts:TagSession", "sts:SetSourceIdentity"]]
)
def test_it_lets_nobody_in(action: object) -> None:
    """However many there are of them."""
    finding = only(NAME, policy(ROLE, action))
    assert (finding.verdict, finding.path, finding.fix) == (
        Verdict.DEAD,
        ("Statement", 0, "Action"),
        None,
    )


def test_with_a_condition_the_action_is_added() -> None:
    """The condition says who: with sts:AssumeRole it lets in no more than that."""
    text = policy(ROLE, "sts:TagSession", TEAM)
    assert statement(fixed(only(NAME, text), text))["Action"] == [
        "sts:TagSession",
        "sts:AssumeRole",
    ]


def test_for_other_callers() -> None:
    """That others may assume the role does not help."""
    text = several(grant({"Service": "ec2.amazonaws.com"}), grant(ROLE, "sts:TagSession"))
    assert only(NAME, text).path == ("Statement", 1, "Action")


@pytest.mark.parametrize(
    "text",
    [
        policy(ROLE, ["sts:AssumeRole", "sts:TagSession"]),
        several(grant(ROLE), grant(ROLE, "sts:TagSession")),
        several(grant({"AWS": "arn:aws:iam::444455556666:root"}), grant(ROLE, "sts:TagSession")),
        several(grant(ROLE, "sts:Assume*"), grant(ROLE, "sts:TagSession")),
        several(grant(ROLE), grant(ROLE, "sts:TagSession", Effect="Deny")),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """In one statement or in two, by the account, by wildcards; and a Deny asks for nothing."""
    assert found(NAME, text) == []


@pytest.mark.parametrize(
    ("action", "verb"),
    [("sts:TagSession", "allows"), (["sts:TagSession", "sts:SetSourceIdentity"], "allow")],
)
def test_one_and_several_actions_in_words(action: str | list[str], verb: str) -> None:
    """One lets nobody in, two let nobody in."""
    (finding,) = found(
        "nothing_to_assume", policy({"AWS": "arn:aws:iam::444455556666:role/a"}, action)
    )
    assert f"alone {verb} nobody" in finding.message
