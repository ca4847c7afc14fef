"""What is true of exactly the calls of which a condition is false.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.operator_table import TABLE
from trust_widgets.aws.operators import ParsedOperator, parse_operator
from trust_widgets.policy import Condition, text_from_scalar

Way = tuple[Condition, ...]
"""Conditions that are all true."""

_OPPOSITE = {row.name: row.positive for row in TABLE if row.is_negated}
_OPPOSITE |= {positive: negated for negated, positive in _OPPOSITE.items()}
_QUANTIFIER = {"ForAnyValue": "ForAllValues", "ForAllValues": "ForAnyValue"}
_OTHER = {"true": "false", "false": "true"}


def alternatives_to(condition: Condition) -> tuple[Way, ...] | None:
    """The ways in which a condition is false, of which one holds; `None` where no conditions say
    it.

    Example:
        >>> [[one]] = alternatives_to(Condition("StringEquals", "aws:PrincipalOrgID", ("o-a",)))
        >>> one.operator
        'StringNotEquals'
    """
    operator = parse_operator(condition.operator)
    if operator is None:
        return None
    texts = {text_from_scalar(value).lower() for value in condition.values}
    if operator.is_null or operator.base == "Bool":
        return _of_truth(condition, operator, texts)
    opposite = _OPPOSITE.get(operator.base)
    known = key_named(condition.key)
    if opposite is None or known is None or known.many != bool(operator.quantifier):
        return None
    quantifier = _QUANTIFIER.get(operator.quantifier, "")
    spelled = ParsedOperator(quantifier, opposite, False).spelling()
    other = Condition(spelled, condition.key, condition.values)
    is_positive = operator.base == operator.positive
    if not operator.if_exists or (not is_positive and not operator.quantifier):
        return ((other,),)
    if operator.quantifier:
        return None
    return ((Condition("Null", condition.key, ("false",)), other),)


def _of_truth(
    condition: Condition, operator: ParsedOperator, texts: set[str]
) -> tuple[Way, ...] | None:
    """The same of `Null` and `Bool`, whose values are `true` and `false`."""
    if len(texts) != 1 or not texts <= set(_OTHER) or operator.quantifier:
        return None
    [text] = texts
    other = Condition(operator.base, condition.key, (_OTHER[text],))
    if operator.is_null or operator.if_exists:
        return ((other,),)
    return ((other,), (Condition("Null", condition.key, ("true",)),))
