"""Name two AWS services: the principal of ECS tasks is not that of ECS."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, calls, policy, statement

_LAMBDA, _TASKS = "lambda.amazonaws.com", "ecs-tasks.amazonaws.com"
_OWN_TASKS = {
    "StringEquals": {"aws:SourceAccount": OWN},
    "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:*:{OWN}:*"},
}

EXERCISE = Exercise(
    name="one_word",
    label="W1",
    title="One word",
    minutes=5,
    brief=(
        "Your Lambda functions use this role. From today your containers in Amazon ECS use it too:"
        " the code that runs in their tasks. Nobody else may assume the role."
    ),
    start=policy(statement({"Service": "Lambda.amazonaws.com"}, Resource="*")),
    must_allow=(
        calls("your Lambda functions", "aws_service", service=_LAMBDA, source="none"),
        calls(
            "your ECS tasks",
            "aws_service",
            service=_TASKS,
            source="sent",
            source_account=OWN,
            source_arn=f"arn:aws:ecs:eu-central-1:{OWN}:task/shop/0123456789abcdef",
        ),
    ),
    must_deny=(
        calls("Amazon EC2", "aws_service", service="ec2.amazonaws.com", source="none"),
        calls("the ECS service itself", "aws_service", service="ecs.amazonaws.com", source="none"),
        calls("a developer of your account", "iam_user", arn=f"arn:aws:iam::{OWN}:user/developer"),
    ),
    narrowest=policy(
        statement({"Service": _LAMBDA}),
        statement({"Service": _TASKS}, Condition=_OWN_TASKS),
    ),
    widest=policy(statement({"Service": [_LAMBDA, _TASKS]})),
    hints=(
        "Which part of this policy belongs to another kind of policy?",
        "A service principal is written in lower case, and a statement can name several of them.",
        'ECS tasks have a principal of their own, "ecs-tasks.amazonaws.com". Remove "Resource".',
    ),
    solutions=(
        policy(statement({"Service": [_LAMBDA, _TASKS]})),
        policy(statement({"Service": _LAMBDA}), statement({"Service": [_TASKS]})),
        policy(
            statement({"Service": _LAMBDA}),
            statement({"Service": _TASKS}, Condition={"StringEquals": {"aws:SourceAccount": OWN}}),
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html",
    ),
)
