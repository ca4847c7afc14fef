"""Let EventBridge start what one rule starts, and no rule of anybody else."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, PARTNER, calls, policy, statement

_EVENTS = {"Service": "events.amazonaws.com"}
_RULE = f"arn:aws:events:eu-central-1:{OWN}:rule/nightly"
_WITH_RULE = {"ArnEquals": {"aws:SourceArn": _RULE}}
_BOTH = {**_WITH_RULE, "StringEquals": {"aws:SourceAccount": OWN}}


def _rule(account: str, name: str) -> dict[str, str]:
    arn = f"arn:aws:events:eu-central-1:{account}:rule/{name}"
    return {
        "service": _EVENTS["Service"],
        "source": "sent",
        "source_account": account,
        "source_arn": arn,
    }


EXERCISE = Exercise(
    name="one_rule",
    title="One rule",
    minutes=6,
    brief=(
        f"The rule nightly of Amazon EventBridge, in eu-central-1 of your account {OWN}, "
        "starts a task with this role. No other rule may use the role: neither one of "
        "yours, nor one of another customer."
    ),
    start=policy(statement(_EVENTS, Condition={"Null": {"aws:SourceArn": "false"}})),
    must_allow=(calls("the rule nightly", "aws_service", **_rule(OWN, "nightly")),),
    must_deny=(
        calls("your rule hourly", "aws_service", **_rule(OWN, "hourly")),
        calls("a rule nightly of another account", "aws_service", **_rule(PARTNER, "nightly")),
    ),
    narrowest=policy(statement(_EVENTS, Condition=_BOTH)),
    widest=policy(statement(_EVENTS, Condition=_WITH_RULE)),
    hints=(
        "What does the condition say of a rule that is not yours?",
        "EventBridge sends the ARN of the rule for which it calls.",
        f'Require "{_RULE}" of "aws:SourceArn" with "ArnEquals".',
    ),
    solutions=(
        policy(statement(_EVENTS, Condition=_WITH_RULE)),
        policy(statement(_EVENTS, Condition=_BOTH)),
        policy(statement(_EVENTS, Condition={"StringEquals": {"aws:SourceArn": _RULE}})),
    ),
    reading=(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
)
