"""Wrong answers to the exercise `one_rule`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, PARTNER, policy, statement

EVENTS = {"Service": "events.amazonaws.com"}
RULE = f"arn:aws:events:eu-central-1:{OWN}:rule/nightly"
SOURCE, ACCOUNT = "aws:SourceArn", "aws:SourceAccount"


def when(operator: str, value: Any, key: str = SOURCE) -> str:
    """A policy for EventBridge under one condition."""
    return policy(statement(EVENTS, Condition={operator: {key: value}}))


MINE, OTHER, FOREIGN = "The rule nightly", "Your rule hourly", "A rule nightly of another account"
WRONG = (
    WrongAnswer("your account", when("StringEquals", OWN, ACCOUNT), "let_in", OTHER),
    WrongAnswer(
        "any rule of your account",
        when("ArnLike", f"arn:aws:events:*:{OWN}:rule/*"),
        "let_in",
        OTHER,
    ),
    WrongAnswer(
        "the rule of any account",
        when("ArnLike", "arn:aws:events:eu-central-1:*:rule/nightly"),
        "let_in",
        FOREIGN,
    ),
    WrongAnswer(
        "the rule in any Region",
        when("ArnLike", f"arn:aws:events:*:{OWN}:rule/nightly"),
        "too_wide",
        "rule/nightly",
    ),
    WrongAnswer("rules that begin so", when("ArnLike", f"{RULE}*"), "too_wide", "rule/nightly"),
    WrongAnswer("if there is a source", when("ArnEqualsIfExists", RULE), "too_wide", "events"),
    WrongAnswer(
        "both rules", when("ArnEquals", [RULE, RULE.replace("nightly", "hourly")]), "let_in", OTHER
    ),
    WrongAnswer(
        "the rule of the other account",
        when("ArnEquals", RULE.replace(OWN, PARTNER)),
        "locked_out",
        MINE,
    ),
    WrongAnswer(
        "the caller, which is a service",
        when("ArnEquals", RULE, "aws:PrincipalArn"),
        "not_decided",
        "the rule nightly",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("one_rule", wrong)
