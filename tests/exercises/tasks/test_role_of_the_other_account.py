"""Wrong answers to the exercise `role_of_the_other_account`."""

from __future__ import annotations

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, PARTNER, policy, statement

DEPLOYER = f"arn:aws:iam::{PARTNER}:role/deployer"
ROOT = f"arn:aws:iam::{PARTNER}:root"
INTERN = f"arn:aws:iam::{PARTNER}:user/intern"


def with_arn(operator: str, value: str, principal: str = ROOT) -> str:
    """A policy that compares the caller's ARN."""
    condition = {operator: {"aws:PrincipalArn": value}}
    return policy(statement({"AWS": principal}, Condition=condition))


WRONG = (
    WrongAnswer(
        "one session alone",
        policy(statement({"AWS": f"arn:aws:sts::{PARTNER}:assumed-role/deployer/run-1"})),
        "locked_out",
        "Another session of the role deployer",
    ),
    WrongAnswer(
        "the session's ARN in the condition",
        with_arn("ArnLike", f"arn:aws:sts::{PARTNER}:assumed-role/deployer/*"),
        "locked_out",
        "A session of the role deployer",
    ),
    WrongAnswer(
        "the source of a service",
        policy(statement({"AWS": ROOT}, Condition={"ArnLike": {"aws:SourceArn": DEPLOYER}})),
        "locked_out",
        "A session of the role deployer",
    ),
    WrongAnswer(
        "a role of that name in any account",
        with_arn("ArnLike", "arn:aws:iam::*:role/deployer", "*"),
        "let_in",
        "A role deployer of account 999988887777",
    ),
    WrongAnswer(
        "a wildcard under ArnEquals that is too wide",
        with_arn("ArnEquals", f"arn:aws:iam::{PARTNER}:role/d*"),
        "too_wide",
        f"arn:aws:iam::{PARTNER}:role/d",
    ),
    WrongAnswer(
        "IfExists changes nothing, but the wildcard does",
        with_arn("ArnLikeIfExists", f"arn:aws:iam::{PARTNER}:role/deployer*"),
        "too_wide",
        "deployer",
    ),
    WrongAnswer(
        "a Deny of the one intern you know",
        policy(statement({"AWS": ROOT}), statement({"AWS": INTERN}, Effect="Deny")),
        "let_in",
        "A session of the role tester",
    ),
    WrongAnswer(
        "the account of the caller, which is required already",
        policy(
            statement({"AWS": ROOT}, Condition={"StringEquals": {"aws:PrincipalAccount": PARTNER}})
        ),
        "let_in",
        "The other team's intern",
    ),
    WrongAnswer(
        "a star in a principal's ARN",
        policy(statement({"AWS": f"arn:aws:iam::{PARTNER}:role/deploy*"})),
        "refused",
        "deploy*",
    ),
    WrongAnswer(
        "the role of the own account",
        policy(statement({"AWS": f"arn:aws:iam::{OWN}:role/deployer"})),
        "locked_out",
        "A session of the role deployer",
    ),
    WrongAnswer(
        "the role and the own account besides",
        policy(statement({"AWS": [DEPLOYER, f"arn:aws:iam::{OWN}:root"]})),
        "too_wide",
        OWN,
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("role_of_the_other_account", wrong)
