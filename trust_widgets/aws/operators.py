"""How the spelling of a condition operator is read; `operator_table` has the operators.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trust_widgets.aws.operator_table import TABLE

BASES = tuple(row.name for row in TABLE)
QUANTIFIERS = ("ForAnyValue", "ForAllValues")
_ROWS = {row.name: row for row in TABLE}
_BASES = {base.lower(): base for base in BASES}
_COMMON = (
    "ForAnyValue:StringEquals",
    "ForAnyValue:StringLike",
    "ForAllValues:StringEquals",
    "ForAllValues:StringLike",
    "StringEqualsIfExists",
    "StringLikeIfExists",
    "StringNotEqualsIfExists",
    "ArnLikeIfExists",
    "ArnNotLikeIfExists",
    "BoolIfExists",
    "IpAddressIfExists",
    "NotIpAddressIfExists",
)


class ParsedOperator(NamedTuple):
    """An operator that AWS has, read: `ForAnyValue`, `StringLike` and whether `IfExists`.

    Example:
        >>> operator = ParsedOperator("", "StringNotLike", True)
        >>> operator.spelling(), operator.positive, operator.result_when_absent
        ('StringNotLikeIfExists', 'StringLike', True)
    """

    quantifier: str
    base: str
    if_exists: bool

    @property
    def type(self) -> str:
        """The type of key that it is for, as in `ConditionKey.type`."""
        return _ROWS[self.base].type

    @property
    def is_null(self) -> bool:
        """Whether it checks if the key is present, rather than comparing values."""
        return self.base == "Null"

    @property
    def phrase(self) -> str:
        """It in a sentence behind the key, with `{}` for the values."""
        return _ROWS[self.base].phrase

    def phrase_for(self, number: int) -> str:
        """The phrase for so many values: of several, a negated operator wants none.

        Example:
            >>> ParsedOperator("", "StringNotLike", False).phrase_for(2)
            'is like none of {}'
        """
        if not self.is_negated or number < 2:
            return self.phrase
        return re.sub(r"is not (in |like )?\{\}", r"is \1none of {}", self.phrase)

    @property
    def sign(self) -> str:
        """It in a label, between the key and the values."""
        return _ROWS[self.base].sign

    @property
    def positive(self) -> str:
        """Its base without the negation: `StringLike` for `StringNotLike`."""
        return _ROWS[self.base].positive

    @property
    def is_negated(self) -> bool:
        """Whether it is true for what its values do not name."""
        return _ROWS[self.base].is_negated

    @property
    def takes_wildcards(self) -> bool:
        """Whether it reads `*` and `?` in its values."""
        return _ROWS[self.base].takes_wildcards

    @property
    def result_when_absent(self) -> bool | None:
        """Whether it is true of a request without the key; `None` for `Null`, where the values
        tell.

        `IfExists` and `ForAllValues` are true then, `ForAnyValue` is false, also before a negated
        operator.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
        """
        if self.base == "Null" or self.if_exists:
            if self.base == "Null":
                return None
            return True
        if self.quantifier:
            return self.quantifier == "ForAllValues"
        return _ROWS[self.base].result_when_absent

    @property
    def requires_match(self) -> bool:
        """Whether a request meets it only with a value that one of the condition's values fits.

        Negated operators are met by other values; `IfExists`, `ForAllValues` and `Null` without
        any.
        """
        return self.result_when_absent is False and not self.is_negated

    def spelling(self) -> str:
        """Its name as AWS spells it; of another base or quantifier:
        `operator._replace(base=...).spelling()`.
        """
        before = f"{self.quantifier}:" if self.quantifier else ""
        return f"{before}{self.base}{'IfExists' if self.if_exists else ''}"


def split_quantifier(text: str) -> tuple[str, str, str]:
    """Return the set operator, the colon after it and the rest, all as written.

    Example:
        >>> split_quantifier("ForAnyValue:StringLike"), split_quantifier("StringLike")
        (('ForAnyValue', ':', 'StringLike'), ('', '', 'StringLike'))
    """
    return text.rpartition(":")


def parse_operator(text: str) -> ParsedOperator | None:
    """An operator read; `None` when AWS has no such operator.

    Case does not count, and `Null` takes no `IfExists`:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> parse_operator("forAnyValue:stringLikeIfExists")
        ParsedOperator(quantifier='ForAnyValue', base='StringLike', if_exists=True)
        >>> parse_operator("StringEqual"), parse_operator("NullIfExists")
        (None, None)
    """
    return _BY_SPELLING.get(text.lower())


def _all_operators() -> Iterator[ParsedOperator]:
    for quantifier in ("", *QUANTIFIERS):
        for base in BASES:
            yield ParsedOperator(quantifier, base, if_exists=False)
            if base != "Null":
                yield ParsedOperator(quantifier, base, if_exists=True)


_BY_SPELLING = {operator.spelling().lower(): operator for operator in _all_operators()}


def is_operator(operator: str) -> bool:
    """Whether AWS has such an operator.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> is_operator("StringEquals"), is_operator("Matches")
        (True, False)
    """
    return parse_operator(operator) is not None


def names() -> tuple[str, ...]:
    """The operators to offer: every base, then the common ones with a set operator or `IfExists`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html

    Example:
        >>> names()[0], "ForAnyValue:StringLike" in names()
        ('StringEquals', True)
    """
    return BASES + _COMMON


def is_negated(operator: str) -> bool:
    """Whether an operator is true for what its values do not name.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> is_negated("StringNotLike"), is_negated("StringLike")
        (True, False)
    """
    parsed = parse_operator(operator)
    return parsed is not None and parsed.is_negated


def takes_wildcards(operator: str) -> bool:
    """Whether an operator reads `*` and `?` in its values: `StringLike`, and all of those for ARNs.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> takes_wildcards("ArnEquals"), takes_wildcards("StringEquals")
        (True, False)
    """
    parsed = parse_operator(operator)
    return parsed is not None and parsed.takes_wildcards


def type_of(base: str) -> str:
    """The type of key that a base operator is for, as in `ConditionKey.type`; `""` for no operator.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> type_of("ArnLike"), type_of("DateLessThan")
        ('ARN', 'Date')
    """
    row = _ROWS.get(_BASES.get(base.lower(), ""))
    if row:
        return row.type
    return ""
