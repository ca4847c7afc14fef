"""Condition operators, with the set operator before and the `IfExists` behind them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

# Each base operator and the type of key it is for.
_TYPES = {
    **dict.fromkeys(("StringEquals", "StringLike", "StringNotEquals", "StringNotLike"), "String"),
    **dict.fromkeys(("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"), "String"),
    **dict.fromkeys(("ArnLike", "ArnEquals", "ArnNotLike", "ArnNotEquals"), "ARN"),
    **dict.fromkeys(("Bool",), "Bool"),
    **dict.fromkeys(("IpAddress", "NotIpAddress"), "IPAddress"),
    **{
        f"{kind}{comparison}": kind
        for kind in ("Numeric", "Date")
        for comparison in (
            "Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals",
        )
    },
    **dict.fromkeys(("BinaryEquals",), "Binary"),
    **dict.fromkeys(("Null",), "Null"),
}  # fmt: skip
BASES = tuple(_TYPES)
QUANTIFIERS = ("ForAnyValue", "ForAllValues")
_BASES = {base.lower(): base for base in BASES}
_QUANTIFIERS = {quantifier.lower(): quantifier for quantifier in QUANTIFIERS}
_LIKE = ("StringLike", "StringNotLike")
_IF_EXISTS = "ifexists"
_COMMON = (
    "ForAnyValue:StringEquals", "ForAnyValue:StringLike",
    "ForAllValues:StringEquals", "ForAllValues:StringLike",
    "StringEqualsIfExists", "StringLikeIfExists", "StringNotEqualsIfExists", "ArnLikeIfExists",
    "ArnNotLikeIfExists", "BoolIfExists", "IpAddressIfExists", "NotIpAddressIfExists",
)  # fmt: skip


class Operator(NamedTuple):
    """The parts of an operator: `ForAnyValue`, `StringLike` and whether `IfExists`."""

    quantifier: str
    base: str
    if_exists: bool


@lru_cache(maxsize=512)
def parts(operator: str) -> Operator | None:
    """The parts of an operator in AWS's spelling; `None` when AWS has no such operator.

    Case does not count, and `Null` takes no `IfExists`:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> parts("ForAnyValue:StringLikeIfExists")
        Operator(quantifier='ForAnyValue', base='StringLike', if_exists=True)
        >>> parts("StringEqual"), parts("NullIfExists")
        (None, None)
    """
    before, colon, name = operator.lower().rpartition(":")
    base = _BASES.get(name.removesuffix(_IF_EXISTS))
    quantifier = _QUANTIFIERS.get(before, "")
    if_exists = name.endswith(_IF_EXISTS)
    if base is None or (colon and not quantifier) or (base == "Null" and if_exists):
        return None
    return Operator(quantifier, base, if_exists)


def is_operator(operator: str) -> bool:
    """Whether AWS has such an operator.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> is_operator("StringEquals"), is_operator("Matches")
        (True, False)
    """
    return parts(operator) is not None


def names() -> tuple[str, ...]:
    """The operators to offer: every base, then the common ones with a set operator or `IfExists`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html

    Example:
        >>> names()[0], "ForAnyValue:StringLike" in names()
        ('StringEquals', True)
    """
    return BASES + _COMMON


def is_negated(operator: str) -> bool:
    """Whether an operator is true for what its values do not name, and so for a call without the key.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> is_negated("StringNotLike"), is_negated("StringLike")
        (True, False)
    """
    found = parts(operator)
    return found is not None and "Not" in found.base


def takes_wildcards(operator: str) -> bool:
    """Whether an operator reads `*` and `?` in its values: `StringLike`, and all of those for ARNs.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> takes_wildcards("ArnEquals"), takes_wildcards("StringEquals")
        (True, False)
    """
    found = parts(operator)
    return found is not None and (found.base in _LIKE or _TYPES[found.base] == "ARN")


def type_of(base: str) -> str:
    """The type of key that a base operator is for, as in `ConditionKey.type`; `""` for no operator.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> type_of("ArnLike"), type_of("DateLessThan")
        ('ARN', 'Date')
    """
    return _TYPES.get(_BASES.get(base.lower(), ""), "")
