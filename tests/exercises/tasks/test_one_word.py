"""Wrong answers to the exercise `one_word`."""

from __future__ import annotations

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, policy, statement

LAMBDA, TASKS = "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"

WRONG = (
    WrongAnswer("empty text", "", "unreadable", "no policy here yet"),
    WrongAnswer(
        "Resource kept",
        policy(statement({"Service": [LAMBDA, TASKS]}, Resource="*")),
        "refused",
        "Resource",
    ),
    WrongAnswer(
        "a capital letter",
        policy(statement({"Service": ["Lambda.amazonaws.com", TASKS]})),
        "refused",
        "Lambda.amazonaws.com",
    ),
    WrongAnswer(
        "ECS in place of its tasks",
        policy(statement({"Service": [LAMBDA, "ecs.amazonaws.com"]})),
        "locked_out",
        "Your ECS tasks",
    ),
    WrongAnswer(
        "ECS besides its tasks",
        policy(statement({"Service": [LAMBDA, TASKS, "ecs.amazonaws.com"]})),
        "let_in",
        "The ECS service itself",
    ),
    WrongAnswer(
        "Lambda alone", policy(statement({"Service": LAMBDA})), "locked_out", "Your ECS tasks"
    ),
    WrongAnswer(
        "the tasks alone",
        policy(statement({"Service": TASKS})),
        "locked_out",
        "Your Lambda functions",
    ),
    WrongAnswer(
        "everyone",
        policy(statement({"AWS": "*", "Service": [LAMBDA, TASKS]})),
        "let_in",
        "Amazon EC2",
    ),
    WrongAnswer(
        "the own account besides",
        policy(statement({"Service": [LAMBDA, TASKS], "AWS": f"arn:aws:iam::{OWN}:root"})),
        "let_in",
        "A developer of your account",
    ),
    WrongAnswer(
        "a third service",
        policy(statement({"Service": [LAMBDA, TASKS, "states.amazonaws.com"]})),
        "too_wide",
        "states.amazonaws.com",
    ),
    WrongAnswer(
        "a source that Lambda does not send",
        policy(
            statement(
                {"Service": [LAMBDA, TASKS]}, Condition={"StringEquals": {"aws:SourceAccount": OWN}}
            )
        ),
        "locked_out",
        "Your Lambda functions",
    ),
    WrongAnswer(
        "another cluster's tasks only",
        policy(
            statement({"Service": LAMBDA}),
            statement(
                {"Service": TASKS},
                Condition={"ArnLike": {"aws:SourceArn": f"arn:aws:ecs:eu-west-1:{OWN}:*"}},
            ),
        ),
        "locked_out",
        "Your ECS tasks",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("one_word", wrong)
