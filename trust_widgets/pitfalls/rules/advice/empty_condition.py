"""A condition without a key, or a key without a value, or with "*" for an ARN: it looks like a
restriction.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Fix,
    Home,
    Path,
    Remove,
    TrustPolicy,
    example,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for operator in statement.bare_operators:
            message = (
                f"{operator} has no condition key, so it checks nothing. Add the key, or "
                "remove the operator."
            )
            place = (*path, "Condition", operator)
            yield Hit(place, message, fix=Fix(f"Remove {operator}", (Remove(place),)))
        for condition in statement.conditions:
            place = (*path, *condition.path)
            if not condition.values:
                yield Hit(
                    place,
                    f"{condition.key} has no value here. IAM may reject this, or it may match "
                    "no one or everyone. Write the value.",
                    assumptions=("AWS does not document a condition without values.",),
                )
            elif ConditionView(condition).type == "ARN" and "*" in condition.values:
                yield _one_asterisk((*place, condition.values.index("*")), condition)


def _one_asterisk(place: Path, condition: Condition) -> Hit:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    return Hit(
        place,
        f'"*" alone is not an ARN. {condition.operator} may be true for every {condition.key}, '
        "or for none. Write the ARN with its six parts.",
        assumptions=(
            (
                "AWS says that each of the six parts of an ARN is compared. It does not "
                "describe a single asterisk."
            ),
        ),
    )


PITFALL = Pitfall(
    code="TP417",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An empty condition",
    find=find,
    needs=CONDITIONS,
    fine="A Condition that is completely empty is common, and means that there is no condition.",
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
