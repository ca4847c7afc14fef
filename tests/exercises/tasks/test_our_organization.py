"""Wrong answers to the exercise `our_organization`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import PARTNER, policy, statement

KEY, OURS = "aws:PrincipalOrgID", "o-a1b2c3d4e5"


def everyone(condition: Any, *more: dict[str, Any]) -> str:
    """A policy for everyone under a condition."""
    return policy(statement({"AWS": "*"}, Condition=condition), *more)


COLLEAGUE = "A role of another account of your organization"
FOREIGN, ALONE = "A role of another organization", "A user of an account that is in no organization"
WRONG = (
    WrongAnswer("nothing required", policy(statement({"AWS": "*"})), "let_in", FOREIGN),
    WrongAnswer("present", everyone({"Null": {KEY: "false"}}), "let_in", FOREIGN),
    WrongAnswer("any ID", everyone({"StringLike": {KEY: "o-*"}}), "let_in", FOREIGN),
    WrongAnswer(
        "an ID that begins so", everyone({"StringLike": {KEY: "o-a1b2*"}}), "too_wide", KEY
    ),
    WrongAnswer(
        "true of a list without values",
        everyone({"ForAllValues:StringEquals": {KEY: OURS}}),
        "let_in",
        ALONE,
    ),
    WrongAnswer(
        "every other one", everyone({"StringNotEquals": {KEY: OURS}}), "locked_out", COLLEAGUE
    ),
    WrongAnswer(
        "the one account you know",
        policy(statement({"AWS": f"arn:aws:iam::{PARTNER}:root"})),
        "too_wide",
        PARTNER,
    ),
    WrongAnswer(
        "that account of the organization",
        everyone({"StringEquals": {KEY: OURS, "aws:PrincipalAccount": PARTNER}}),
        "too_narrow",
        KEY,
    ),
    WrongAnswer(
        "a Deny of the organization that you know to be foreign",
        everyone(
            {"StringEqualsIfExists": {KEY: OURS}},
            statement(
                {"AWS": "*"}, Effect="Deny", Condition={"StringEquals": {KEY: "o-z9y8x7w6v5"}}
            ),
        ),
        "let_in",
        ALONE,
    ),
    WrongAnswer(
        "both organizations",
        everyone({"StringEquals": {KEY: [OURS, "o-z9y8x7w6v5"]}}),
        "let_in",
        FOREIGN,
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("our_organization", wrong)
