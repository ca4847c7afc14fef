"""A value of which AWS's pages do not say how its operator reads it: a word under Bool, an exponent
under Numeric.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.evaluation import operator_named
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import FormerCode, Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Fix,
    Home,
    Path,
    Replace,
    TrustPolicy,
    example,
    statements,
    text_from_scalar,
)

_YES = ("yes", "on", "enabled", "required", "true")


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            if ConditionView(condition).operator is not None:
                yield from _hits((*path, *condition.path), condition)


def _hits(place: Path, condition: Condition) -> Iterator[Hit]:
    operator = operator_named(ConditionView(condition).base)
    for index, value in enumerate(condition.values):
        text = text_from_scalar(value)
        if "${" in text:
            continue
        read = operator.as_measured(text)
        if read is not None:
            right = _right(operator.base, text, read)
            yield Hit(
                (*place, index),
                f'AWS does not document how {condition.operator} reads "{text}". It may be read as'
                f' "{read}". Write {_quoted(right)}.',
                fix=Fix(f'Write "{right}"', (Replace((*place, index), right),)) if right else None,
                assumptions=(f'{condition.operator} may read "{text}" as "{read}".',),
            )


def _right(base: str, text: str, read: str) -> str:
    """What was plainly meant; `""` for a word of which that is not plain."""
    if base != "Bool":
        return read
    if text.strip().lower() in _YES:
        return "true"
    return ""


def _quoted(right: str) -> str:
    if right:
        return f'"{right}"'
    return '"true" or "false"'


_ROOT = {"AWS": "111122223333"}

PITFALL = Pitfall(
    code="TP462",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A value that AWS does not describe",
    find=find,
    needs=CONDITIONS,
    fine="When a test with AWS's policy simulator shows how the value is read.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example(_ROOT, condition={"Bool": {"aws:MultiFactorAuthPresent": "yes"}}),
        example(_ROOT, condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "3.6e3"}}),
    ),
    good=(
        example(_ROOT, condition={"Bool": {"aws:MultiFactorAuthPresent": "TRUE"}}),
        example(_ROOT, condition={"Bool": {"aws:MultiFactorAuthPresent": True}}),
        example(_ROOT, condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
    ),
    former_codes=(
        FormerCode(
            "TP212",
            "A value that its operator cannot read",
            "AWS does not document how these values are read, so nothing about them is certain.",
        ),
    ),
)
