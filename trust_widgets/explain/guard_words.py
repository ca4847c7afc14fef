"""A condition as a guard in a few signs: `sub like repo:octo-org/*`."""

from __future__ import annotations

from trust_widgets.aws import operators
from trust_widgets.explain.comparison_rows import short
from trust_widgets.policy import Condition, text_from_scalar

_SIGNS = {
    "StringLike": "like",
    "StringNotLike": "not like",
    "ArnLike": "like",
    "ArnEquals": "like",  # AWS reads both alike
    "ArnNotLike": "not like",
    "ArnNotEquals": "not like",
    "IpAddress": "in",
    "NotIpAddress": "not in",
    "StringEqualsIgnoreCase": "= (any case)",
    "StringNotEqualsIgnoreCase": "≠ (any case)",
    "BinaryEquals": "=",
    "StringEquals": "=",
    "StringNotEquals": "≠",
    "Bool": "=",
    **{
        f"{kind}{name}": sign
        for kind in ("Numeric", "Date")
        for name, sign in (
            ("Equals", "="), ("NotEquals", "≠"), ("LessThan", "<"), ("LessThanEquals", "≤"), ("GreaterThan", ">"),
            ("GreaterThanEquals", "≥"),
        )
    },
}  # fmt: skip
_SETS = {"ForAllValues": "each of ", "ForAnyValue": "one of ", "": ""}


def guard_words(condition: Condition) -> str:
    """A condition as short as can be; what it says exactly is `exact_words`.

    Example:
        >>> guard_words(Condition("StringLikeIfExists", "token.actions.githubusercontent.com:sub", ("repo:octo-org/*",)))
        'sub like repo:octo-org/* (if it is there)'
        >>> guard_words(Condition("Null", "aws:TokenIssueTime", ("true",)))
        'aws:TokenIssueTime is absent'
    """
    key, values = short(condition.key), values_of(condition)
    parts = operators.parts(condition.operator)
    if parts is None:
        return f"{key} {condition.operator} {values}"
    if parts.base == "Null":
        return f"{key} {'is absent' if values.lower() == 'true' else 'is there'}"
    there = " (if it is there)" if parts.if_exists else ""
    return f"{_SETS[parts.quantifier]}{key} {_SIGNS[parts.base]} {values}{there}"


def exact_words(condition: Condition) -> str:
    """A condition in AWS's own words."""
    return f"{condition.operator} {condition.key}: {values_of(condition)}"


def values_of(condition: Condition) -> str:
    """Its values, as a reader says them."""
    return " or ".join(map(text_from_scalar, condition.values)) or "(no value)"
