"""`aws:SourceAccount` or `aws:SourceArn` asked of a service that may not send it when it assumes a role."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.services import title_of, why_doubtful
from trust_widgets.findings import Severity, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls._dead import asked
from trust_widgets.pitfalls._statements import example
from trust_widgets.policy import TrustPolicy


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each in asked(policy):
        principal = each.statement.principal
        services = principal.service or () if principal is not None else ()
        for service in services if each.statement.effect == "Allow" else ():
            why = why_doubtful(service, each.key)
            if why:
                name, key = title_of(service), each.condition.key
                yield Hit(
                    each.place,
                    f"{name} may not send {key} when it assumes a role, and then it is shut out. {why}. "
                    "Try the role out with this condition before anything depends on it.",
                    assumptions=(f"Whether {name} sends {key} with this call is not in AWS's pages.",),
                )


_ACCOUNT = {"StringEquals": {"aws:SourceAccount": "111122223333"}}

PITFALL = Pitfall(
    code="TP447",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A source that the service may not send",
    find=find,
    fine="When you have seen the service assume the role with it. Who may hand a role to EC2 or Lambda is decided by "
    "iam:PassRole, which reaches no other account.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, condition=_ACCOUNT),
        example(
            {"Service": "lambda.amazonaws.com"},
            condition={"ArnLike": {"aws:SourceArn": "arn:aws:lambda:us-east-1:111122223333:function:app"}},
        ),
    ),
    good=(
        example({"Service": "states.amazonaws.com"}, condition=_ACCOUNT),
        example({"Service": "lambda.amazonaws.com"}, condition=_ACCOUNT),
        example({"Service": "ec2.amazonaws.com"}, condition={"StringEqualsIfExists": _ACCOUNT["StringEquals"]}),
    ),
)
