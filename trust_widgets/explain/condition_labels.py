"""A condition as a short label, as a row, and in AWS's own spelling."""

from __future__ import annotations

from collections.abc import Iterable

from trust_widgets.aws.keys.claims import intended_claim, last_part
from trust_widgets.aws.operators import parse_operator
from trust_widgets.explain.conditions import NO_VALUE, presence_required
from trust_widgets.explain.folding import Fold, alternatives
from trust_widgets.policy import (
    Condition,
    Scalar,
    text_from_scalar,
)

_SETS = {"ForAllValues": "each of ", "ForAnyValue": "one of ", "": ""}


def label_of_condition(condition: Condition) -> str:
    """A condition in as few signs as possible; `exact_words` has all of it.

    Example:
        >>> sub = "token.actions.githubusercontent.com:sub"
        >>> label_of_condition(Condition("StringLikeIfExists", sub, ("repo:octo-org/*",)))
        'sub like repo:octo-org/* (if present)'
        >>> label_of_condition(Condition("Null", "aws:TokenIssueTime", ("true",)))
        'aws:TokenIssueTime is absent'
    """
    operator, key = parse_operator(condition.operator), short_key(condition.key)
    values = alternatives(map(text_from_scalar, condition.values), Fold.LONG) or NO_VALUE
    if operator is None:
        return f"{key} {condition.operator} {values}"
    if operator.is_null:
        return f"{key} is {presence_required(condition.values).label}"
    there = " (if present)" if operator.if_exists else ""
    return f"{_SETS[operator.quantifier]}{key} {operator.sign} {values}{there}"


def label_of_value(condition: Condition, value: Scalar) -> str:
    """One value of a condition that a pattern writes by itself, with the key's last part.

    Example:
        >>> endpoint = "https://signin.aws.amazon.com/saml"
        >>> audience = Condition("StringEquals", "SAML:aud", (endpoint,))
        >>> label_of_value(audience, audience.values[0])
        'aud = https://signin.aws.amazon.com/saml'
    """
    operator, name = parse_operator(condition.operator), last_part(condition.key)
    sign = operator.sign if operator is not None else "like"
    return f"{name} {sign} {text_from_scalar(value)}"


def exact_words(condition: Condition, *, between: str = " or ", none: str = NO_VALUE) -> str:
    """A condition in AWS's own words: operator, key and values as written.

    Args:
        condition: the condition.
        between: what separates the values.
        none: what is written in place of no value.

    Example:
        >>> exact_words(Condition("IpAddress", "aws:SourceIp", ("192.0.2.0/24", "203.0.113.7")))
        'IpAddress aws:SourceIp: 192.0.2.0/24 or 203.0.113.7'
    """
    values = values_of(condition, between=between, none=none)
    return f"{condition.operator} {condition.key}: {values}"


def values_of(condition: Condition, *, between: str = " or ", none: str = NO_VALUE) -> str:
    """The values of a condition as a list in words."""
    return between.join(map(text_from_scalar, condition.values)) or none


def short_key(key: str) -> str:
    """A key as people call it: `sub` of a token, and AWS's own keys in full.

    Example:
        >>> short_key("token.actions.githubusercontent.com:sub"), short_key("aws:SourceArn")
        ('sub', 'aws:SourceArn')
    """
    return intended_claim(key).claim or key


def required_presence(values: Iterable[Scalar]) -> str:
    """What `Null` with these values requires, as a row says it."""
    return presence_required(values).row
