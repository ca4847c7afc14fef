"""Wrong answers to the exercise `collector_alone`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import PARTNER, VENDOR, policy, statement

ID = "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"
ROOT = f"arn:aws:iam::{VENDOR}:root"
COLLECTOR = f"arn:aws:iam::{VENDOR}:role/collector"
WITH_ID = {"StringEquals": {"sts:ExternalId": ID}}


def trust(who: Any, **condition: Any) -> str:
    """A policy of one statement."""
    return policy(statement({"AWS": who}, Condition=condition))


RIGHT, SUPPORT = "The role collector with your ID", "The vendor's role support with your ID"
WRONG = (
    WrongAnswer(
        "the role without the ID",
        policy(statement({"AWS": COLLECTOR})),
        "let_in",
        "The role collector without an ID",
    ),
    WrongAnswer(
        "two statements, one for each",
        policy(statement({"AWS": COLLECTOR}), statement({"AWS": ROOT}, Condition=WITH_ID)),
        "let_in",
        SUPPORT,
    ),
    WrongAnswer("the role and the account", trust([COLLECTOR, ROOT], **WITH_ID), "let_in", SUPPORT),
    WrongAnswer(
        "a role of that name in any account",
        trust("*", **WITH_ID, ArnLike={"aws:PrincipalArn": "arn:aws:iam::*:role/collector"}),
        "let_in",
        f"A role collector of account {PARTNER} with your ID",
    ),
    WrongAnswer(
        "roles that begin so",
        trust(ROOT, **WITH_ID, ArnLike={"aws:PrincipalArn": f"{COLLECTOR}*"}),
        "too_wide",
        "collector",
    ),
    WrongAnswer(
        "one session",
        trust(f"arn:aws:sts::{VENDOR}:assumed-role/collector/run-1", **WITH_ID),
        "too_narrow",
        "assumed-role/collector",
    ),
    WrongAnswer(
        "the ID, if there is one",
        trust(COLLECTOR, StringEqualsIfExists={"sts:ExternalId": ID}),
        "let_in",
        "The role collector without an ID",
    ),
    WrongAnswer(
        "the source of a service",
        trust(ROOT, **WITH_ID, ArnEquals={"aws:SourceArn": COLLECTOR}),
        "locked_out",
        RIGHT,
    ),
    WrongAnswer(
        "the first part of the ID",
        trust(COLLECTOR, StringLike={"sts:ExternalId": f"{ID[:8]}*"}),
        "too_wide",
        ID[:8],
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("collector_alone", wrong)
