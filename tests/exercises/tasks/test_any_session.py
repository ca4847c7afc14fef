"""Wrong answers to the exercise `any_session`."""

from __future__ import annotations

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, PARTNER, policy, statement

ROLE = f"arn:aws:iam::{PARTNER}:role/nightly"
SESSION = f"arn:aws:sts::{PARTNER}:assumed-role/nightly"
TUESDAY = "The role nightly on Tuesday"


def when(operator: str, value: str, who: str = PARTNER) -> str:
    """A policy that compares the caller's ARN."""
    return policy(statement({"AWS": who}, Condition={operator: {"aws:PrincipalArn": value}}))


WRONG = (
    WrongAnswer(
        "the session of Tuesday",
        policy(statement({"AWS": f"{SESSION}/tuesday"})),
        "locked_out",
        "The role nightly on Monday",
    ),
    WrongAnswer(
        "both sessions, and no other night",
        policy(statement({"AWS": [f"{SESSION}/monday", f"{SESSION}/tuesday"]})),
        "too_narrow",
        "assumed-role/nightly",
    ),
    WrongAnswer(
        "a wildcard in the session", policy(statement({"AWS": f"{SESSION}/*"})), "refused", "/*"
    ),
    WrongAnswer(
        "the whole account",
        policy(statement({"AWS": PARTNER})),
        "let_in",
        "Another role of the account",
    ),
    WrongAnswer(
        "the session's ARN where the role's is",
        when("ArnLike", f"{SESSION}/*"),
        "locked_out",
        "The role nightly on Monday",
    ),
    WrongAnswer(
        "a role of that name in any account",
        when("ArnLike", "arn:aws:iam::*:role/nightly", "*"),
        "let_in",
        "A role of that name in your account",
    ),
    WrongAnswer(
        "roles that begin so",
        when("ArnLike", f"{ROLE}*"),
        "too_wide",
        "nightly",
    ),
    WrongAnswer(
        "the role of the own account",
        policy(statement({"AWS": f"arn:aws:iam::{OWN}:role/nightly"})),
        "locked_out",
        "The role nightly on Monday",
    ),
    WrongAnswer(
        "the role with a path",
        policy(statement({"AWS": f"arn:aws:iam::{PARTNER}:role/jobs/nightly"})),
        "locked_out",
        "The role nightly on Monday",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("any_session", wrong)
