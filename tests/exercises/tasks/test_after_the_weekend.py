"""Wrong answers to the exercise `after_the_weekend`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import PARTNER, policy, statement

DEPLOYER = f"arn:aws:iam::{PARTNER}:role/deployer"
ROOT = f"arn:aws:iam::{PARTNER}:root"


def like(pattern: Any, operator: str = "ArnLike", who: str = ROOT) -> dict[str, Any]:
    """A statement that compares the caller's ARN."""
    return statement({"AWS": who}, Condition={operator: {"aws:PrincipalArn": pattern}})


NEW, NIGHTLY = "The new role deployer", "The role backup-nightly"
BACKUPS = f"arn:aws:iam::{PARTNER}:role/backup-*"
WRONG = (
    WrongAnswer("the role alone", policy(statement({"AWS": DEPLOYER})), "locked_out", NIGHTLY),
    WrongAnswer(
        "the deleted role kept",
        policy(statement({"AWS": ["AROAEXAMPLE1234567890", DEPLOYER]}), like(BACKUPS)),
        "refused",
        "AROAEXAMPLE1234567890",
    ),
    WrongAnswer(
        "a wildcard in a principal",
        policy(statement({"AWS": [DEPLOYER, BACKUPS]})),
        "refused",
        "backup-*",
    ),
    WrongAnswer(
        "the whole account",
        policy(statement({"AWS": ROOT})),
        "let_in",
        "The role tester",
    ),
    WrongAnswer(
        "backup anywhere in the name",
        policy(like([DEPLOYER, f"arn:aws:iam::{PARTNER}:role/*backup-*"])),
        "let_in",
        "The role old-backup-1",
    ),
    WrongAnswer(
        "users as well",
        policy(like([DEPLOYER, f"arn:aws:iam::{PARTNER}:*/backup-*"])),
        "let_in",
        "A user named backup-bot",
    ),
    WrongAnswer(
        "a wildcard under StringEquals",
        policy(statement({"AWS": DEPLOYER}), like(BACKUPS, "StringEquals")),
        "locked_out",
        NIGHTLY,
    ),
    WrongAnswer(
        "those roles of any account",
        policy(statement({"AWS": DEPLOYER}), like("arn:aws:iam::*:role/backup-*", who="*")),
        "too_wide",
        "role/backup-",
    ),
    WrongAnswer(
        "deployers as well",
        policy(like([f"{DEPLOYER}*", BACKUPS])),
        "too_wide",
        "deployer",
    ),
    WrongAnswer("the backups alone", policy(like(BACKUPS)), "locked_out", NEW),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("after_the_weekend", wrong)
