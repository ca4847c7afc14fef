"""Wrong answers to the exercise `source_of_the_organization`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, PARTNER, policy, statement

TRAIL = {"Service": "cloudtrail.amazonaws.com"}
KEY, OURS = "aws:SourceOrgID", "o-a1b2c3d4e5"


def when(operator: str, value: Any, key: str = KEY) -> str:
    """A policy for CloudTrail under one condition."""
    return policy(statement(TRAIL, Condition={operator: {key: value}}))


MINE, FOREIGN = "A trail of your account", "A trail of another organization"
WRONG = (
    WrongAnswer(
        "your account alone",
        when("StringEquals", OWN, "aws:SourceAccount"),
        "locked_out",
        "A trail of another of your accounts",
    ),
    WrongAnswer(
        "the two accounts of today",
        when("StringEquals", [OWN, PARTNER], "aws:SourceAccount"),
        "too_wide",
        "cloudtrail.amazonaws.com",
    ),
    WrongAnswer(
        "the organization of the caller",
        when("StringEquals", OURS, "aws:PrincipalOrgID"),
        "locked_out",
        MINE,
    ),
    WrongAnswer("present", when("Null", "false"), "let_in", FOREIGN),
    WrongAnswer("any organization", when("StringLike", "o-*"), "let_in", FOREIGN),
    WrongAnswer("every other one", when("StringNotEquals", OURS), "locked_out", MINE),
    WrongAnswer(
        "both organizations", when("StringEquals", [OURS, "o-z9y8x7w6v5"]), "let_in", FOREIGN
    ),
    WrongAnswer(
        "if the source has one",
        when("StringEqualsIfExists", OURS),
        "too_wide",
        "cloudtrail.amazonaws.com",
    ),
    WrongAnswer(
        "the account besides",
        policy(
            statement(TRAIL, Condition={"StringEquals": {KEY: OURS}}),
            statement({"AWS": f"arn:aws:iam::{OWN}:root"}),
        ),
        "let_in",
        "A user of your account",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("source_of_the_organization", wrong)
