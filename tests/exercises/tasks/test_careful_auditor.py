"""Wrong answers to the exercise `careful_auditor`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import PARTNER, policy, statement

AUDITOR = f"arn:aws:iam::{PARTNER}:user/auditor"
ROOT = f"arn:aws:iam::{PARTNER}:root"
AGE, PRESENT = "aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent"
YOUNG = {"NumericLessThanEquals": {AGE: "1800"}}


def of_auditor(*conditions: dict[str, Any]) -> str:
    """A policy for the auditor, with a statement for each condition."""
    return policy(*(statement({"AWS": AUDITOR}, Condition=each) for each in conditions))


LATE, KEY = "The auditor an hour after MFA", "The auditor with a long-term access key"
WRONG = (
    WrongAnswer("the user alone", policy(statement({"AWS": AUDITOR})), "let_in", LATE),
    WrongAnswer("MFA of any age", of_auditor({"Bool": {PRESENT: "true"}}), "let_in", LATE),
    WrongAnswer(
        "the whole account",
        policy(statement({"AWS": ROOT}, Condition=YOUNG)),
        "let_in",
        "Another user 10 minutes after MFA",
    ),
    WrongAnswer(
        "minutes instead of seconds",
        of_auditor({"NumericLessThanEquals": {AGE: "30"}}),
        "locked_out",
        "The auditor 10 minutes after MFA",
    ),
    WrongAnswer(
        "one statement for each condition",
        of_auditor({"Bool": {PRESENT: "true"}}, YOUNG),
        "let_in",
        LATE,
    ),
    WrongAnswer(
        "IfExists twice",
        of_auditor(
            {"BoolIfExists": {PRESENT: "true"}, "NumericLessThanEqualsIfExists": {AGE: "1800"}}
        ),
        "let_in",
        KEY,
    ),
    WrongAnswer(
        "the age, if there is one",
        of_auditor({"NumericLessThanIfExists": {AGE: "1800"}}),
        "let_in",
        KEY,
    ),
    WrongAnswer("that there is an age", of_auditor({"Null": {AGE: "false"}}), "let_in", LATE),
    WrongAnswer("an hour", of_auditor({"NumericLessThanEquals": {AGE: "3600"}}), "let_in", LATE),
    WrongAnswer(
        "40 minutes", of_auditor({"NumericLessThanEquals": {AGE: "2400"}}), "too_wide", AGE
    ),
    WrongAnswer(
        "20 minutes",
        of_auditor({"NumericLessThanEquals": {AGE: "1200"}}),
        "locked_out",
        "The auditor almost 30 minutes after MFA",
    ),
    WrongAnswer(
        "longer ago",
        of_auditor({"NumericGreaterThan": {AGE: "1800"}}),
        "locked_out",
        "The auditor 10 minutes after MFA",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("careful_auditor", wrong)
