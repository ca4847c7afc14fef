"""The conditions of a statement in words, as far as they limit who gets in."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import operators
from trust_widgets.guards import word_from_scalar
from trust_widgets.policy import Condition, Statement

# Said already with the principal: whose token it is.
_SAID_ELSEWHERE = ("sub", "aud")
_PHRASES = {
    "sts:externalid": "with the external id {}",
    "aws:principalorgid": "in the organisation {}",
    "aws:principalorgpaths": "in the organisation's unit {}",
    "aws:principalaccount": "of account {}",
    "aws:principalarn": "whose ARN is {}",
    "aws:sourceaccount": "working for account {}",
    "aws:sourcearn": "working for {}",
    "aws:sourceip": "from the address {}",
    "saml:aud": "at {}",
}


def limits_of(statement: Statement) -> list[str]:
    """Each condition as a few words to stand after who it limits.

    Example:
        >>> limits_of(Statement(conditions=(Condition("Bool", "aws:MultiFactorAuthPresent", ("true",)),)))
        ['signed in with MFA']
    """
    told = list(_phrases(statement))
    others = [_plainly(c) for c in _conditions(statement) if _phrase(c) is None]
    return [*told, f"if {' and '.join(others)}"] if others else told


def _phrases(statement: Statement) -> Iterator[str]:
    yield from filter(None, map(_phrase, _conditions(statement)))


def _conditions(statement: Statement) -> Iterator[Condition]:
    """Those that are not said already: with the principal, or with another condition."""
    has_age = any(True for _ in statement.values_of("aws:MultiFactorAuthAge"))
    for condition in statement.conditions:
        prefix, _, name = condition.key.lower().rpartition(":")
        said_with_age = has_age and condition.key.lower() == "aws:multifactorauthpresent"
        if not said_with_age and not ("." in prefix and name in _SAID_ELSEWHERE):
            yield condition


def _phrase(condition: Condition) -> str | None:
    """A condition in words of its own; `None` for one that has none."""
    values, key = _values(condition), condition.key.lower()
    if not _is_plain(condition):
        return None
    if key == "aws:multifactorauthpresent" and values == "true":
        return "signed in with MFA"
    if key == "aws:multifactorauthage" and condition.operator.lower().startswith("numericlessthan"):
        return f"signed in with MFA less than {values} seconds ago"
    if key in _PHRASES and not operators.is_negated(condition.operator):
        return _PHRASES[key].format(values)
    return None


def _plainly(condition: Condition) -> str:
    """Any condition as `KEY is VALUE`, as far as its operator can be said so."""
    operator = condition.operator.lower()
    if not _is_plain(condition) or not operator.endswith(("equals", "like", "bool")):
        return f"{condition.key} {condition.operator} {_values(condition)}"
    negated = " not" if operators.is_negated(condition.operator) else ""
    like = " like" if operator.endswith("like") else ""
    return f"{condition.key} is{negated}{like} {_values(condition)}"


def _is_plain(condition: Condition) -> bool:
    """Whether the operator has no set quantifier and no IfExists, which change what it means."""
    parts = operators.parts(condition.operator)
    return parts is not None and not parts.quantifier and not parts.if_exists


def _values(condition: Condition) -> str:
    return " or ".join(map(word_from_scalar, condition.values)) or "nothing"
