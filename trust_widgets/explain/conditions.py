"""The conditions of a statement in words, as far as they limit who gets in."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import operators
from trust_widgets.aws.oidc_issuers import COGNITO
from trust_widgets.policy import Condition, Statement, text_from_scalar

# Said already with the principal: whose token it is.
_SAID_ELSEWHERE = ("sub", "aud")
MFA, WITHOUT_MFA = "signed in with MFA", "with credentials that carry no MFA at all"
# Keys that hold several values, which ForAnyValue is for.
_SIGN_IN = tuple(f"{host}:amr" for host in COGNITO)
_MANY = ("aws:principalorgpaths", *_SIGN_IN)
# https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
_SIGNED_IN = {
    frozenset({"authenticated"}): "signed in",
    frozenset({"unauthenticated"}): "not signed in, as guests",
    frozenset({"authenticated", "unauthenticated"}): "signed in, and also guests",
}
_PHRASES = {
    **{f"{host}:aud": "of the identity pool {}" for host in COGNITO},
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
        said_with_age = has_age and _phrase(condition) == MFA
        of_the_token = "." in prefix and name in _SAID_ELSEWHERE and prefix not in COGNITO
        if not said_with_age and not (of_the_token and not operators.is_negated(condition.operator)):
            yield condition


def _phrase(condition: Condition) -> str | None:
    """A condition in words of its own; `None` for one that has none."""
    parts, key, values = operators.parts(condition.operator), condition.key.lower(), _values(condition)
    if parts is None or parts.base == "Null" or operators.is_negated(condition.operator):
        return None
    if key.startswith("aws:multifactorauth"):
        return _mfa(parts, key, values)
    if parts.if_exists or parts.quantifier != ("ForAnyValue" if key in _MANY else ""):
        return None
    if key in _SIGN_IN:
        return _SIGNED_IN.get(frozenset(map(text_from_scalar, condition.values)))
    return _PHRASES[key].format(values) if key in _PHRASES else None


def _mfa(parts: operators.Operator, key: str, values: str) -> str | None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html"""
    if parts.quantifier:
        return None
    without = f", or {WITHOUT_MFA}" if parts.if_exists else ""
    if key == "aws:multifactorauthpresent" and values == "true":
        return f"{MFA}{without}"
    if key == "aws:multifactorauthpresent" and values == "false" and parts.if_exists:
        return "not signed in with MFA"
    if key == "aws:multifactorauthage" and parts.base.startswith("NumericLessThan"):
        return f"{MFA} less than {values} seconds ago{without}"
    return None


def _plainly(condition: Condition) -> str:
    """Any condition as `KEY is VALUE`, with what its operator makes of a key that is absent or has several values."""
    parts, key, values = operators.parts(condition.operator), condition.key, _values(condition)
    if parts is None:
        return f"{key} {condition.operator} {values}"
    if parts.base == "Null":
        return f"{key} is {_presence(condition)}"
    said = _IS.get(parts.base, "is {}").format(values)
    if parts.quantifier == "ForAllValues":
        return f"each value of {key}, if there is any, {said}"
    subject = f"a value of {key}" if parts.quantifier else key
    return f"{subject} {said}{' or it is absent' if parts.if_exists else ''}"


def _presence(condition: Condition) -> str:
    """What `Null` requires of its key; IAM reads its values without regard to case."""
    wanted = {text_from_scalar(value).lower() for value in condition.values}
    if {"true", "false"} <= wanted:
        return "there or absent"
    return "absent" if "true" in wanted else "there"


def _values(condition: Condition) -> str:
    return " or ".join(map(text_from_scalar, condition.values)) or "nothing"


_IS = {
    **dict.fromkeys(("StringNotEquals", "NumericNotEquals", "DateNotEquals"), "is not {}"),
    **dict.fromkeys(("StringLike", "ArnLike"), "is like {}"),
    **dict.fromkeys(("StringNotLike", "ArnNotLike"), "is not like {}"),
    "ArnNotEquals": "is not {}",
    "StringEqualsIgnoreCase": "is {} in small or capital letters",
    "StringNotEqualsIgnoreCase": "is not {}, in small or capital letters",
    "IpAddress": "is in {}",
    "NotIpAddress": "is not in {}",
    "NumericLessThan": "is less than {}",
    "NumericLessThanEquals": "is at most {}",
    "NumericGreaterThan": "is more than {}",
    "NumericGreaterThanEquals": "is at least {}",
    "DateLessThan": "is before {}",
    "DateLessThanEquals": "is not after {}",
    "DateGreaterThan": "is after {}",
    "DateGreaterThanEquals": "is not before {}",
}
