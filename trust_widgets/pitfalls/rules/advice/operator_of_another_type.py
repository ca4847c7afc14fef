"""A string or an ARN compared with an operator for numbers, dates, addresses or truth values."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import operators
from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.policy import (
    Condition,
    Home,
    TrustPolicy,
    compare_with,
    example,
    statements,
    text_from_scalar,
)

_OF_TEXT = {"String": "a string", "ARN": "an ARN"}
_COMPARES = {
    "Numeric": "numbers",
    "Date": "dates",
    "Bool": "truth values",
    "IPAddress": "IP addresses",
    "Binary": "binary values",
}
_IN_PLACE_OF = {"NumericEquals": "StringEquals", "NumericNotEquals": "StringNotEquals"}


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy):
        for condition in statement.conditions:
            operator, known = operators.parse_operator(condition.operator), key_named(condition.key)
            if operator is None or known is None or known.type not in _OF_TEXT:
                continue
            compared = _COMPARES.get(operator.type)
            if compared is None:
                continue
            place = (*path, *condition.path)
            right = _string_operator(condition, operator)
            fix = compare_with(statement, place, right) if right else None
            yield Hit(
                place,
                f"{condition.operator} compares {compared}, but {condition.key} holds"
                f" {_OF_TEXT[known.type]}. Use {right or 'a String operator'} instead.",
                fix=fix,
            )


def _string_operator(condition: Condition, operator: operators.ParsedOperator) -> str:
    """The String operator that allows the same values as the number does; `""` where none does
    surely.

    No two account IDs are the same number.
    """
    base = _IN_PLACE_OF.get(operator.base, "")
    if not base or not all(is_account_id(text_from_scalar(value)) for value in condition.values):
        return ""
    return operator._replace(base=base).spelling()


_OWN = {"AWS": "111122223333"}
_ROLE = {"AWS": "arn:aws:iam::111122223333:role/deploy"}

PITFALL = Pitfall(
    code="TP449",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An operator for another type of key",
    find=find,
    needs=CONDITIONS,
    fine=(
        "When the value is a number and the key never holds anything else. AWS's policy checks"
        " report it as a type mismatch."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
    bad=(
        example(_ROLE, condition={"NumericEquals": {"aws:PrincipalAccount": "111122223333"}}),
        example(
            _ROLE,
            condition={"NumericNotEqualsIfExists": {"aws:PrincipalAccount": ["444455556666"]}},
        ),
    ),
    good=(
        example(_ROLE, condition={"StringEquals": {"aws:PrincipalAccount": "111122223333"}}),
        example(_OWN, condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
        example(
            _OWN, condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}
        ),
        example(_OWN, condition={"StringEquals": {"aws:MultiFactorAuthPresent": "true"}}),
    ),
)
