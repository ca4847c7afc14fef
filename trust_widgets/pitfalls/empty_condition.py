"""A condition without a key, or a key without a value: it looks like a guard."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls._statements import example, statements
from trust_widgets.policy import TrustPolicy


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for operator in statement.bare_operators:
            message = f"{operator} names no key, so that it asks for nothing: add the key that was meant, or remove it."
            yield Hit((*path, "Condition", operator), message)
        for condition in statement.conditions:
            if not condition.values:
                yield Hit(
                    (*path, *condition.path),
                    f"{condition.key} has no value here. IAM may refuse this, or let nobody in, or everybody: write "
                    "the value that was meant.",
                    assumptions=("AWS does not say what a condition without values comes to.",),
                )


PITFALL = Pitfall(
    code="TP417",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An empty condition",
    find=find,
    fine="A Condition with nothing in it at all is usual, and means that there is none.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example({"Service": "ec2.amazonaws.com"}, condition={"StringEquals": {}}),
        example({"AWS": "arn:aws:iam::111122223333:role/app"}, condition={"StringEquals": {"aws:PrincipalTag/a": []}}),
    ),
    good=(example({"Service": "ec2.amazonaws.com"}, condition={}),),
)
