"""Wrong answers to the exercise `flat_seven`."""

from __future__ import annotations

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import PARTNER, VENDOR, policy, statement

ID = "b2f6c3de-7a41-4f0e-9c55-1d2e3f4a5b6c"
ROOT = f"arn:aws:iam::{VENDOR}:root"


def with_id(operator: str, value: object, key: str = "sts:ExternalId", who: str = ROOT) -> str:
    """A policy that compares the external ID."""
    return policy(statement({"AWS": who}, Condition={operator: {key: value}}))


OTHER = "The vendor with another customer's ID"
WRONG = (
    WrongAnswer(
        "StringEqualsIfExists", with_id("StringEqualsIfExists", ID), "let_in", "without an ID"
    ),
    WrongAnswer("any ID, with a wildcard", with_id("StringLike", "*"), "let_in", OTHER),
    WrongAnswer(
        "any ID but one of another customer",
        with_id("StringNotEquals", "77aa00ff"),
        "let_in",
        OTHER,
    ),
    WrongAnswer("any ID, with Null", with_id("Null", "false"), "let_in", OTHER),
    WrongAnswer(
        "everyone who knows the ID",
        with_id("StringEquals", ID, who="*"),
        "let_in",
        "Another person who knows your ID",
    ),
    WrongAnswer(
        "a tag in place of the external ID",
        with_id("StringEquals", ID, key="aws:RequestTag/ExternalId"),
        "locked_out",
        "The vendor with your ID",
    ),
    WrongAnswer(
        "a second statement for a test",
        policy(
            statement({"AWS": ROOT}, Condition={"StringEquals": {"sts:ExternalId": ID}}),
            statement({"AWS": ROOT}, Condition={"StringEquals": {"sts:ExternalId": "test"}}),
        ),
        "too_wide",
        "sts:ExternalId = test",
    ),
    WrongAnswer(
        "ForAllValues, which is true without any ID",
        with_id("ForAllValues:StringEquals", [ID]),
        "let_in",
        "The vendor without an ID",
    ),
    WrongAnswer(
        "IDs that start with the first part",
        with_id("StringLike", "b2f6c3de*"),
        "too_wide",
        "b2f6c3de",
    ),
    WrongAnswer(
        "the ID in upper or lower case",
        with_id("StringEqualsIgnoreCase", ID),
        "too_wide",
        "sts:ExternalId",
    ),
    WrongAnswer(
        "another account",
        with_id("StringEquals", ID, who=f"arn:aws:iam::{PARTNER}:root"),
        "locked_out",
        "The vendor with your ID",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("flat_seven", wrong)
