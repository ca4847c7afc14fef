"""A condition without a key, or a key without a value, or with "*" for an ARN: it looks like a
guard.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Home,
    Path,
    TrustPolicy,
    example,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for operator in statement.bare_operators:
            message = (
                f"{operator} names no key, so that it asks for nothing: add the key that was meant,"
                " or remove it."
            )
            yield Hit((*path, "Condition", operator), message)
        for condition in statement.conditions:
            place = (*path, *condition.path)
            if not condition.values:
                yield Hit(
                    place,
                    f"{condition.key} has no value here. IAM may refuse this, or let nobody in, or"
                    " everybody: write the value that was meant.",
                    assumptions=("AWS does not say what a condition without values comes to.",),
                )
            elif ConditionView(condition).type == "ARN" and "*" in condition.values:
                yield _one_asterisk((*place, condition.values.index("*")), condition)


def _one_asterisk(place: Path, condition: Condition) -> Hit:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    return Hit(
        place,
        f'"*" alone is no ARN. {condition.operator} may be true of every {condition.key} by it, or'
        " of none: write the ARN that was meant, with its six parts.",
        assumptions=(
            (
                "AWS says that each of the six parts of an ARN is compared, not what one asterisk"
                " alone is."
            ),
        ),
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
        example(
            {"AWS": "arn:aws:iam::111122223333:role/app"},
            condition={"StringEquals": {"aws:PrincipalTag/a": []}},
        ),
        example({"AWS": "*"}, condition={"ArnLike": {"aws:PrincipalArn": "*"}}),
    ),
    good=(
        example({"Service": "ec2.amazonaws.com"}, condition={}),
        example(
            {"AWS": "111122223333"},
            condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}},
        ),
    ),
)
