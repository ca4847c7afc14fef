"""A key with several values, in a condition without `ForAnyValue` or `ForAllValues`."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Home,
    TrustPolicy,
    compare_with,
    example,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            right = _with_set_operator(condition)
            if right:
                yield Hit(
                    (*path, *condition.path),
                    f"{condition.key} can have several values, and AWS requires {right} for "
                    "such keys. Without it, the condition may never be met.",
                    fix=compare_with(statement, (*path, *condition.path), right),
                    assumptions=("AWS's pages do not say what happens without a set operator.",),
                )


def _with_set_operator(condition: Condition) -> str:
    """The operator that was meant; `""` where one is written, or the key holds one value."""
    operator, known = ConditionView(condition).operator, key_named(condition.key)
    if operator is None or operator.quantifier or operator.is_null:
        return ""
    if known is None or not known.many:
        return ""
    if operator.is_negated:
        return ""
    return f"ForAnyValue:{condition.operator}"


_UNIT = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"

PITFALL = Pitfall(
    code="TP442",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="Several values without a set operator",
    find=find,
    needs=CONDITIONS,
    fine="Never, according to AWS's pages.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    bad=(
        example(
            {"AWS": "111122223333"}, condition={"StringLike": {"aws:PrincipalOrgPaths": _UNIT}}
        ),
    ),
    good=(
        example(
            {"AWS": "111122223333"},
            condition={"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": _UNIT}},
        ),
        example(
            {"AWS": "111122223333"},
            condition={"StringLike": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        ),
    ),
)
