"""The conditions of a statement in words, as far as they limit who gets in."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import operators
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
    return list(_phrases(statement))


def _phrases(statement: Statement) -> Iterator[str]:
    has_age = any(True for _ in statement.values_of("aws:MultiFactorAuthAge"))
    for condition in statement.conditions:
        if has_age and condition.key.lower() == "aws:multifactorauthpresent":
            continue  # said with its age
        prefix, _, name = condition.key.lower().rpartition(":")
        if "." in prefix and name in _SAID_ELSEWHERE:
            continue
        yield _phrase(condition)


def _phrase(condition: Condition) -> str:
    parts = operators.parts(condition.operator)
    values = " or ".join(map(_word, condition.values)) or "nothing"
    key = condition.key.lower()
    plain = parts is not None and not parts.quantifier and not parts.if_exists
    if plain and key == "aws:multifactorauthpresent" and values == "true":
        return "signed in with MFA"
    if plain and key == "aws:multifactorauthage" and condition.operator.lower().startswith("numericlessthan"):
        return f"signed in with MFA less than {values} seconds ago"
    if plain and key in _PHRASES and not operators.is_negated(condition.operator):
        return _PHRASES[key].format(values)
    return f"if {condition.key} {condition.operator} {values}"


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
