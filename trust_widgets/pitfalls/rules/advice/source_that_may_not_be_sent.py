"""`aws:SourceAccount` or `aws:SourceArn` required from a service that may not send it when it
assumes a role.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.service_calls import why_doubtful
from trust_widgets.aws.services import title_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked
from trust_widgets.policy import Home, Path, TrustPolicy, example, principals_of_kind


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    doubted: dict[tuple[Path, str], list[RequiredCondition]] = {}
    for each in asked(policy):
        if each.statement.effect != "Allow":
            continue
        for service in principals_of_kind(each.statement, "Service"):
            if why_doubtful(service, each.key):
                doubted.setdefault((each.path, service), []).append(each)
    for (_, service), conditions in doubted.items():
        yield _hit(service, conditions)


def _hit(service: str, conditions: list[RequiredCondition]) -> Hit:
    """What one statement requires from one service, at the first condition."""
    name = title_of(service)
    keys = " or ".join(dict.fromkeys(each.condition.key for each in conditions))
    return Hit(
        conditions[0].place,
        f"{name} may not send {keys} when it assumes a role, and then the condition is not "
        f"met. {why_doubtful(service, conditions[0].key)}. Test the role with this condition "
        "before you rely on it.",
        assumptions=(f"AWS's pages do not say whether {name} sends {keys} with this request.",),
    )


_ACCOUNT = {"StringEquals": {"aws:SourceAccount": "111122223333"}}

PITFALL = Pitfall(
    code="TP447",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A source that the service may not send",
    find=find,
    needs=CONDITIONS,
    fine=(
        "When you have seen the service assume the role with it. iam:PassRole decides who can "
        "pass a role to EC2 or Lambda, and it does not work across accounts."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, condition=_ACCOUNT),
        example(
            {"Service": "lambda.amazonaws.com"},
            condition={
                "ArnLike": {"aws:SourceArn": "arn:aws:lambda:us-east-1:111122223333:function:app"}
            },
        ),
    ),
    good=(
        example({"Service": "states.amazonaws.com"}, condition=_ACCOUNT),
        example({"Service": "lambda.amazonaws.com"}, condition=_ACCOUNT),
        example(
            {"Service": "ec2.amazonaws.com"},
            condition={"StringEqualsIfExists": _ACCOUNT["StringEquals"]},
        ),
    ),
)
