"""Wrong answers to the exercise `on_whose_behalf`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, PARTNER, policy, statement

STATES = {"Service": "states.amazonaws.com"}
MINE = "Your state machine orders"
FOREIGN = "A state machine of another account"


def when(operator: str, key: str, value: Any) -> str:
    """A policy for Step Functions under one condition."""
    return policy(statement(STATES, Condition={operator: {key: value}}))


WRONG = (
    WrongAnswer(
        "the account of the caller, which is a service",
        when("StringEquals", "aws:PrincipalAccount", OWN),
        "not_decided",
        MINE[1:],
    ),
    WrongAnswer(
        "the organization of the caller, which is a service",
        when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"),
        "locked_out",
        MINE,
    ),
    WrongAnswer(
        "any account in the source's ARN",
        when("ArnLike", "aws:SourceArn", "arn:aws:states:*:*:stateMachine:*"),
        "let_in",
        FOREIGN,
    ),
    WrongAnswer(
        "that a source account is there",
        when("Null", "aws:SourceAccount", "false"),
        "let_in",
        FOREIGN,
    ),
    WrongAnswer(
        "a wildcard in the account",
        when("StringLike", "aws:SourceAccount", "*"),
        "let_in",
        FOREIGN,
    ),
    WrongAnswer(
        "not one other account",
        when("StringNotEquals", "aws:SourceAccount", PARTNER),
        "too_wide",
        "aws:SourceAccount",
    ),
    WrongAnswer(
        "the other account",
        when("StringEquals", "aws:SourceAccount", PARTNER),
        "locked_out",
        MINE,
    ),
    WrongAnswer(
        "both accounts",
        when("StringEquals", "aws:SourceAccount", [OWN, PARTNER]),
        "let_in",
        FOREIGN,
    ),
    WrongAnswer(
        "true of a request without a source",
        when("StringEqualsIfExists", "aws:SourceAccount", OWN),
        "too_wide",
        "states.amazonaws.com",
    ),
    WrongAnswer(
        "an activity, which calls nobody",
        when("ArnLike", "aws:SourceArn", f"arn:aws:states:*:{OWN}:activity:*"),
        "locked_out",
        MINE,
    ),
    WrongAnswer(
        "the account itself besides",
        policy(
            statement(STATES, Condition={"StringEquals": {"aws:SourceAccount": OWN}}),
            statement({"AWS": f"arn:aws:iam::{OWN}:root"}),
        ),
        "let_in",
        "A user of your account",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("on_whose_behalf", wrong)
