"""Require of a service that it acts for the student's own resource."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, PARTNER, calls, policy, statement

_STATES = "states.amazonaws.com"
_MACHINE = f"arn:aws:states:eu-central-1:{OWN}:stateMachine:orders"
_ACCOUNT = {"StringEquals": {"aws:SourceAccount": OWN}}
_ARN = {"ArnLike": {"aws:SourceArn": f"arn:aws:states:*:{OWN}:stateMachine:*"}}


def _machine(account: str) -> dict[str, str]:
    arn = f"arn:aws:states:eu-central-1:{account}:stateMachine:orders"
    return {"service": _STATES, "source": "sent", "source_account": account, "source_arn": arn}


EXERCISE = Exercise(
    name="on_whose_behalf",
    label="W6",
    title="On whose behalf",
    minutes=8,
    brief=(
        f"State machines of your account {OWN} use this role, through AWS Step Functions. Every AWS"
        " account can have state machines, and they all call through the same service. Step"
        " Functions says for which state machine it calls: only yours may use the role."
    ),
    start=policy(statement({"Service": _STATES})),
    must_allow=(calls("your state machine orders", "aws_service", **_machine(OWN)),),
    must_deny=(
        calls("a state machine of another account", "aws_service", **_machine(PARTNER)),
        calls("a user of your account", "iam_user", arn=f"arn:aws:iam::{OWN}:user/developer"),
    ),
    narrowest=policy(
        statement(
            {"Service": _STATES},
            Condition={**_ACCOUNT, "ArnEquals": {"aws:SourceArn": _MACHINE}},
        )
    ),
    widest=policy(
        statement({"Service": _STATES}, Condition=_ACCOUNT),
        statement(
            {"Service": _STATES},
            Condition={"ArnLike": {"aws:SourceArn": f"arn:aws:states:*:{OWN}:*"}},
        ),
    ),
    hints=(
        "Who is the caller here: the state machine, its account, or the service?",
        "A service can say for which resource it calls, and in which account that resource is.",
        f'Add the condition "StringEquals" on "aws:SourceAccount" with "{OWN}".',
    ),
    solutions=(
        policy(statement({"Service": _STATES}, Condition=_ACCOUNT)),
        policy(statement({"Service": _STATES}, Condition=_ARN)),
        policy(statement({"Service": _STATES}, Condition={**_ACCOUNT, **_ARN})),
        policy(
            statement(
                {"Service": _STATES},
                Condition={**_ACCOUNT, "ArnEquals": {"aws:SourceArn": _MACHINE}},
            )
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
        "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html",
    ),
)
