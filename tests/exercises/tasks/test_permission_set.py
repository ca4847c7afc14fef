"""Wrong answers to the exercise `permission_set`."""

from __future__ import annotations

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, PARTNER, policy, statement

ROLE = f"arn:aws:iam::{OWN}:role"
RESERVED = f"{ROLE}/aws-reserved/sso.amazonaws.com"


def when(pattern: str, operator: str = "ArnLike", who: str = f"arn:aws:iam::{OWN}:root") -> str:
    """A policy that compares the caller's ARN."""
    return policy(statement({"AWS": who}, Condition={operator: {"aws:PrincipalArn": pattern}}))


PERSON = "A person with the permission set Operators"
WRONG = (
    WrongAnswer(
        "without the path", when(f"{ROLE}/AWSReservedSSO_Operators_*"), "locked_out", PERSON
    ),
    WrongAnswer(
        "without the ending",
        when(f"{RESERVED}/eu-central-1/AWSReservedSSO_Operators"),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "the session in place of the role",
        when(f"arn:aws:sts::{OWN}:assumed-role/AWSReservedSSO_Operators_*"),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "any permission set",
        when(f"{RESERVED}/*"),
        "let_in",
        "A person with the permission set Readers",
    ),
    WrongAnswer(
        "the whole account",
        policy(statement({"AWS": f"arn:aws:iam::{OWN}:root"})),
        "let_in",
        "A person with the permission set Readers",
    ),
    WrongAnswer(
        "a wildcard under StringEquals",
        when(f"{RESERVED}/*/AWSReservedSSO_Operators_*", "StringEquals"),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "every account",
        when(
            "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Operators_*",
            who="*",
        ),
        "let_in",
        "A person with a set Operators in another account",
    ),
    WrongAnswer(
        "the other account",
        when(
            f"arn:aws:iam::{PARTNER}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Operators_*",
            who=f"arn:aws:iam::{PARTNER}:root",
        ),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "sets that begin so",
        when(f"{RESERVED}/*/AWSReservedSSO_Operators*"),
        "too_wide",
        "AWSReservedSSO_Operators",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("permission_set", wrong)
