"""Wrong answers to the exercise `one_service_account`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, policy, statement

BLUE = "oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
GREEN = "oidc.eks.eu-central-1.amazonaws.com/id/FEDCBA9876543210FEDCBA9876543210"
API, WORKER = "system:serviceaccount:payments:api", "system:serviceaccount:payments:worker"
AUD = {f"{BLUE}:aud": "sts.amazonaws.com"}


def pods(condition: Any, cluster: str = BLUE) -> str:
    """A policy for pods of a cluster."""
    provider = {"Federated": f"arn:aws:iam::{OWN}:oidc-provider/{cluster}"}
    return policy(statement(provider, "sts:AssumeRoleWithWebIdentity", Condition=condition))


def like(subject: Any) -> str:
    """A policy with a pattern for the subject."""
    return pods({"StringEquals": AUD, "StringLike": {f"{BLUE}:sub": subject}})


WRONG = (
    WrongAnswer("api alone", like(API), "locked_out", "The program worker"),
    WrongAnswer(
        "every program of the namespace",
        like("system:serviceaccount:payments:*"),
        "let_in",
        "The program reports",
    ),
    WrongAnswer(
        "those names in every namespace",
        like(["system:serviceaccount:*:api", "system:serviceaccount:*:worker"]),
        "let_in",
        "A program api of another namespace",
    ),
    WrongAnswer(
        "names that begin so",
        like(["system:serviceaccount:payments:api*", WORKER]),
        "too_wide",
        "system:serviceaccount:payments:api",
    ),
    WrongAnswer(
        "the audience forgotten",
        pods({"StringEquals": {f"{BLUE}:sub": [API, WORKER]}}),
        "too_wide",
        f"{BLUE}:aud",
    ),
    WrongAnswer(
        "a wildcard under equals",
        pods({"StringEquals": {**AUD, f"{BLUE}:sub": "system:serviceaccount:payments:*"}}),
        "locked_out",
        "The program api",
    ),
    WrongAnswer(
        "the claims of the other cluster",
        pods({"StringEquals": {**AUD, f"{GREEN}:sub": [API, WORKER]}}),
        "locked_out",
        "The program api",
    ),
    WrongAnswer(
        "the other cluster",
        pods(
            {
                "StringEquals": {
                    f"{GREEN}:aud": "sts.amazonaws.com",
                    f"{GREEN}:sub": [API, WORKER],
                }
            },
            GREEN,
        ),
        "locked_out",
        "The program api",
    ),
    WrongAnswer(
        "true of every subject but one",
        pods({"StringEquals": AUD, "StringNotEquals": {f"{BLUE}:sub": API}}),
        "locked_out",
        "The program api",
    ),
    WrongAnswer(
        "true without a subject",
        pods({"StringEquals": AUD, "ForAllValues:StringLike": {f"{BLUE}:sub": [API, "*:worker"]}}),
        "too_wide",
        "worker",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("one_service_account", wrong)
