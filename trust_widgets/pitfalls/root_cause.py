"""Which one condition or value leaves a statement open that would else be shut, and the least
change that shuts it.

A condition is at fault when the statement is shut as soon as the condition is false of a call
without its key; a value, when the statement is shut as soon as that value fits nothing. Both are
tried, by the search.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from trust_widgets.access import StatementProbe
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.operators import ParsedOperator
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Fix,
    Path,
    Remove,
    Replace,
    Scalar,
    Statement,
    admits_all,
    compare_with,
    each_principal,
    is_open_ended,
)
from trust_widgets.providers import issuer_of

_MFA = "aws:multifactorauthpresent"
# No caller has it: with it in place of a value, the value is out.
_NOBODYS = "arn:aws:iam::000000000000:role/-"


class RootCause(NamedTuple):
    """What leaves a statement open.

    Args:
        place: the condition or the value. why: a sentence. fix: a change that shuts it.
    """

    place: Path
    why: str
    fix: Fix | None = None


def culprit_of(
    opening: StatementProbe, is_open: Callable[[StatementProbe], bool]
) -> RootCause | None:
    """The condition or value at fault; `None` where several are, or none is.

    Args:
        opening: a statement that is open.
        is_open: whether it is, with other conditions.
    """
    conditions = opening.policy.statements[0].conditions
    statement = opening.policy.statements[0]
    for index, condition in enumerate(conditions):
        operator = strict_operator(condition)
        if is_of_one_issuer(condition, statement):
            operator = ""  # true of the other principals by intent
        if operator and not is_open(_with(opening, index, replace(condition, operator=operator))):
            return _of_condition(opening, index)
        if not is_backwards(condition):
            continue
        if not is_open(_with(opening, index, replace(condition, values=("true",)))):
            return _of_backwards(opening, index)
    for index, condition in enumerate(conditions):
        if not _has_to_fit(condition):
            continue
        for number, value in enumerate(condition.values):
            if not _is_weak(condition.operator, value):
                continue
            values = (*condition.values[:number], _NOBODYS, *condition.values[number + 1 :])
            if not is_open(_with(opening, index, replace(condition, values=values))):
                return _of_value(opening, index, number)
    return _of_absence(opening)


def is_of_one_issuer(condition: Condition, statement: Statement) -> bool:
    """Whether a condition requires a claim that only some of a statement's principals can have.

    With `IfExists` it is for the tokens of that issuer, and true of all others by intent; with the
    plain operator it would keep the other principals out.
    """
    issuer, principal = ConditionView(condition).issuer, statement.principal
    if not issuer or principal is None or principal.star:
        return False
    issuers = {issuer_of(value).lower() for _, _, value in principal.each()}
    return issuer in issuers and len(issuers) > 1


def operator_beside_others(
    statement: Statement, operator: str, has_key: Callable[[str], bool]
) -> str:
    """An operator for a new condition that keeps out no other principal of a statement.

    Args:
        statement: the statement. operator: for principals that have the key.
        has_key: whether the calls of a principal have it.
    """
    if all(has_key(principal) for _, _, principal in each_principal(statement)):
        return operator
    return f"{operator}IfExists"


def _with(opening: StatementProbe, index: int, condition: Condition) -> StatementProbe:
    conditions = list(opening.policy.statements[0].conditions)
    conditions[index] = condition
    return opening.changed(tuple(conditions))


def strict_operator(condition: Condition) -> str:
    """The operator that requires a match, in place of one that other calls meet; `""` for others.

    Example:
        >>> strict_operator(
        ...     Condition("StringEqualsIfExists", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))
        ... )
        'StringEquals'
        >>> strict_operator(
        ...     Condition("ForAllValues:StringLike", "aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/*",))
        ... )
        'ForAnyValue:StringLike'
        >>> strict_operator(Condition("StringNotEquals", "sts:ExternalId", ("b2f6c3de",)))
        'StringEquals'
    """
    operator = ConditionView(condition).operator
    if operator is None or operator.is_null or operator.requires_match:
        return ""
    known = key_named(condition.key)
    has_many_values = known is not None and known.many
    quantifier = "ForAnyValue" if operator.quantifier and has_many_values else ""
    return ParsedOperator(quantifier, operator.positive, if_exists=False).spelling()


def why_absent_passes(condition: Condition) -> str:
    """Why a condition is true of calls that it was meant to stop, as one row of its truth table;
    `""` if it is not.

    Example:
        >>> why_absent_passes(
        ...     Condition("StringEqualsIfExists", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))
        ... )
        'StringEqualsIfExists is true for a request without aws:PrincipalOrgID.'
        >>> why_absent_passes(
        ...     Condition("ForAnyValue:StringNotLike", "aws:PrincipalOrgPaths", ("o-a1b2c3d4e5/*",))
        ... )[:73]
        'ForAnyValue:StringNotLike is true for a request with any other value of a'
    """
    view = ConditionView(condition)
    if not strict_operator(condition):
        return ""
    absent = f"{condition.operator} is true for a request without {condition.key}"
    if not view.is_negated:
        return f"{absent}."
    if view.result_when_absent:
        return f"{absent}, and for every value that is not listed."
    return f"{condition.operator} is true for a request with any other value of {condition.key}."


def is_backwards(condition: Condition) -> bool:
    """Whether a condition requires callers without MFA."""
    view = ConditionView(condition)
    if view.key != _MFA or view.truth_values != {"false"}:
        return False
    return (
        view.operator is not None and view.operator.type == "Bool" and not view.operator.quantifier
    )


def right_way_round(path: Path, condition: Condition) -> Fix | None:
    """MFA required, in place of its absence; `None` under an operator that would still be true
    without it.
    """
    if ConditionView(condition).operator != ParsedOperator("", "Bool", if_exists=False):
        return None
    return Fix('Write "true"', (Replace((*path, *condition.path), "true"),))


def _of_absence(opening: StatementProbe) -> RootCause | None:
    """The one thing that a statement requires, where that is the absence of what could have guarded
    it.
    """
    written = opening.statement.conditions
    if len(written) != 1 or not ConditionView(written[0]).requires_absence:
        return None
    why = (
        f'Null with "true" requires that {written[0].key} is absent. Every caller can leave it out.'
    )
    return RootCause((*opening.path, *written[0].path, 0), why)


def _of_backwards(opening: StatementProbe, index: int) -> RootCause:
    written = opening.statement.conditions[index]
    why = f'{written.operator} with "false" allows callers without MFA.'
    return RootCause((*opening.path, *written.path), why, right_way_round(opening.path, written))


def _of_condition(opening: StatementProbe, index: int) -> RootCause:
    written = opening.statement.conditions[index]
    return RootCause(
        (*opening.path, *written.path),
        why_absent_passes(written),
        with_the_plain_operator(opening, index),
    )


def with_the_plain_operator(opening: StatementProbe, index: int) -> Fix | None:
    """A condition with the operator that is false without its key; `None` for a negation, and where
    nobody is left.
    """
    written = opening.statement.conditions[index]
    operator = strict_operator(written)
    if not operator or ConditionView(written).is_negated:
        return None
    fix = compare_with(opening.statement, (*opening.path, *written.path), operator)
    if not _lets_somebody_in(_with(opening, index, replace(written, operator=operator))):
        return None
    return fix


def _of_value(opening: StatementProbe, index: int, number: int) -> RootCause:
    written, number = opening.statement.conditions[index], opening.number_of(index, number)
    place, value = (*opening.path, *written.path, number), written.values[number]
    more = len(written.values) > 1
    others = " A request needs to match only one value of the list." if more else ""
    fix = Fix(f'Remove "{value}"', (Remove(place),)) if more else None
    what = f"is too wide a pattern for {written.key}."
    if admits_all(written.operator, value):
        what = f"matches every value of {written.key}."
    return RootCause(place, f'"{value}" {what}{others}', fix)


def _is_weak(operator: str, value: Scalar) -> bool:
    """Whether a value is met by all callers, or by more than the text before its wildcard says."""
    return admits_all(operator, value) or is_open_ended(operator, str(value))


def _has_to_fit(condition: Condition) -> bool:
    view = ConditionView(condition)
    return view.base not in ("", "Null", "Bool") and not view.is_negated


def _lets_somebody_in(opening: StatementProbe) -> bool:
    principals = each_principal(opening.policy.statements[0])
    callers = (c for _, _, principal in principals for c in opening.callers(principal))
    return opening.through(callers).found is True
