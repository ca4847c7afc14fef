"""Wrong answers to the exercise `signed_in_users`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import policy, statement

COGNITO = "cognito-identity.amazonaws.com"
POOL = "eu-central-1:12345678-1234-4234-8234-123456789012"
AUD, AMR = f"{COGNITO}:aud", f"{COGNITO}:amr"
OF_POOL = {"StringEquals": {AUD: POOL}}
SIGNED_IN = {"ForAnyValue:StringEquals": {AMR: "authenticated"}}


def users(condition: Any) -> str:
    """A policy for users of Cognito."""
    action = "sts:AssumeRoleWithWebIdentity"
    return policy(statement({"Federated": COGNITO}, action, Condition=condition))


PERSON, GUEST = "A person who has signed in", "A guest of the pool"
WRONG = (
    WrongAnswer("any pool", users(SIGNED_IN), "refused", AUD),
    WrongAnswer(
        "another pool",
        users({"StringEquals": {AUD: POOL.replace("1234567", "8765432")}, **SIGNED_IN}),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "pools of the Region",
        users({"StringLike": {AUD: "eu-central-1:*"}, **SIGNED_IN}),
        "let_in",
        "A person signed in to another pool",
    ),
    WrongAnswer(
        "guests",
        users({**OF_POOL, "ForAnyValue:StringEquals": {AMR: "unauthenticated"}}),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "a wildcard that fits guests too",
        users({**OF_POOL, "ForAnyValue:StringLike": {AMR: "*authenticated"}}),
        "let_in",
        GUEST,
    ),
    WrongAnswer(
        "either",
        users({**OF_POOL, "ForAnyValue:StringEquals": {AMR: ["authenticated", "unauthenticated"]}}),
        "let_in",
        GUEST,
    ),
    WrongAnswer(
        "that the list is there",
        users({**OF_POOL, "Null": {AMR: "false"}}),
        "let_in",
        GUEST,
    ),
    WrongAnswer(
        "a spelling of another product",
        users({**OF_POOL, "ForAnyValue:StringEquals": {AMR: "Authenticated"}}),
        "locked_out",
        PERSON,
    ),
    WrongAnswer(
        "both tests in statements of their own",
        policy(
            statement({"Federated": COGNITO}, "sts:AssumeRoleWithWebIdentity", Condition=OF_POOL),
            statement(
                {"Federated": COGNITO},
                "sts:AssumeRoleWithWebIdentity",
                Condition={**OF_POOL, **SIGNED_IN},
            ),
        ),
        "let_in",
        GUEST,
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("signed_in_users", wrong)
