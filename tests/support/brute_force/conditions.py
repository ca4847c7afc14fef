"""Decide one condition of a policy for one request.

Pages:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html,
reference_policies_condition-single-vs-multi-valued-context-keys.html and
reference_policies_variables.html.
"""

from __future__ import annotations

import ipaddress
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

Keys = Mapping[str, str | tuple[str, ...]]
"""The condition keys of a request, with names in lower case. A key that is not in it is absent."""

_VARIABLE = re.compile(r"\$\{([^{}]*)\}")
_WITH_DEFAULT = re.compile(r"\s*([^,']*?)\s*,\s*'([^']*)'\s*")
_ESCAPED = ("*", "?", "$")
# AWS: variables stand for text in String and ARN operators. Of Bool its pages say both; it is taken
# to have them.
_WITH_VARIABLES = ("String", "Arn", "Bool")
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


class Condition(NamedTuple):
    """One operator on one key with its values; the key's name is in lower case."""

    operator: str
    key: str
    values: tuple[str, ...]

    def referenced_keys(self) -> Iterator[str]:
        """Yield the keys that variables in the values name, in lower case."""
        if not operator_from_text(self.operator).positive.startswith(_WITH_VARIABLES):
            return
        for value in self.values:
            for name in _VARIABLE.findall(value):
                if name not in _ESCAPED:
                    yield name.partition(",")[0].strip().lower()


class Operator(NamedTuple):
    """A condition operator, taken apart.

    Args:
        quantifier: `ForAllValues`, `ForAnyValue` or `""`.
        positive: the operator without its negation, such as `StringEquals` for `StringNotEquals`.
    """

    quantifier: str
    positive: str
    is_negated: bool
    if_exists: bool


@cache
def operator_from_text(text: str) -> Operator:
    """Take an operator apart.

    Example:
        >>> operator_from_text("ForAllValues:StringNotLikeIfExists")
        Operator(quantifier='ForAllValues', positive='StringLike', is_negated=True, if_exists=True)
    """
    quantifier, _, name = text.rpartition(":")
    base = name.removesuffix("IfExists")
    return Operator(quantifier, base.replace("Not", ""), "Not" in base, base != name)


def holds(condition: Condition, keys: Keys, has_variables: bool) -> bool:
    """Return whether a condition is true of a request.

    Args:
        has_variables: whether the policy's version knows policy variables.
    """
    actual = keys.get(condition.key)
    if condition.operator == "Null":
        is_absent = actual is None or actual == ()
        return ("true" if is_absent else "false") in [value.lower() for value in condition.values]
    parts = operator_from_text(condition.operator)
    if actual is None:
        return _holds_without_the_key(parts)

    def holds_for(text: str) -> bool:
        matches = (
            _matches(parts.positive, value, text, keys, has_variables) for value in condition.values
        )
        return any(matches) != parts.is_negated

    if not parts.quantifier:
        # AWS requires a set operator for a key with several values; without one nothing matches.
        return isinstance(actual, str) and holds_for(actual)
    texts = actual if isinstance(actual, tuple) else (actual,)
    if parts.quantifier == "ForAnyValue":
        return any(map(holds_for, texts))
    # AWS: an empty text is a null data set, for which ForAllValues is true.
    return texts == ("",) or all(map(holds_for, texts))


def _holds_without_the_key(parts: Operator) -> bool:
    if parts.if_exists:
        return True
    if parts.quantifier:
        return parts.quantifier == "ForAllValues"
    return parts.is_negated


def _matches(positive: str, value: str, text: str, keys: Keys, has_variables: bool) -> bool:
    """Return whether one value of the policy matches one text of the request."""
    if has_variables and "${" in value and positive.startswith(_WITH_VARIABLES):
        return _matches_filled(positive, value, text, keys)
    return _matches_literal(positive, value, text)


@lru_cache(maxsize=200_000)
def _matches_literal(positive: str, value: str, text: str) -> bool:
    return _compare(positive, _characters(value), text)


def _matches_filled(positive: str, value: str, text: str, keys: Keys) -> bool:
    filled = _fill_variables(value, keys)
    return filled is not None and _compare(positive, filled, text)


class _Character(NamedTuple):
    """One character of a policy's value; a character that a variable brought in is never a
    wildcard.
    """

    text: str
    can_be_wildcard: bool


def _characters(value: str, can_be_wildcard: bool = True) -> list[_Character]:
    return [_Character(text, can_be_wildcard) for text in value]


def _fill_variables(value: str, keys: Keys) -> list[_Character] | None:
    """Return a value with its variables filled in, or None if one of them has no value."""
    filled: list[_Character] = []
    for number, piece in enumerate(_VARIABLE.split(value)):
        if number % 2 == 0:
            filled += _characters(piece)
            continue
        text = piece if piece in _ESCAPED else _value_of_variable(piece, keys)
        if text is None:
            return None
        filled += _characters(text, can_be_wildcard=False)
    return filled


def _value_of_variable(variable: str, keys: Keys) -> str | None:
    parts = _WITH_DEFAULT.fullmatch(variable)
    name, default = (parts[1], parts[2]) if parts else (variable.strip(), None)
    value = keys.get(name.lower(), default)
    return value if isinstance(value, str) else None


def _compare(positive: str, value: list[_Character], text: str) -> bool:
    plain = "".join(character.text for character in value)
    if positive == "StringEquals":
        return plain == text
    if positive == "StringEqualsIgnoreCase":
        return plain.lower() == text.lower()
    if positive == "StringLike":
        return _matches_glob(value, text)
    if positive in ("ArnEquals", "ArnLike"):
        return _matches_arn(value, text)
    if positive == "Bool":
        return plain.lower() in ("true", "false") and plain.lower() == text.lower()
    if positive == "IpAddress":
        return _is_in_network(plain, text)
    if positive.startswith("Numeric"):
        return _compare_numbers(_number, positive.removeprefix("Numeric"), plain, text)
    if positive.startswith("Date"):
        return _compare_numbers(_seconds, positive.removeprefix("Date"), plain, text)
    raise ValueError(f"no operator: {positive}")


def matches_pattern(pattern: str, text: str) -> bool:
    """Return whether `*` (any run of characters) and `?` (any one) of a pattern cover a text."""
    return _matches_glob(_characters(pattern), text)


def _matches_glob(pattern: list[_Character], text: str) -> bool:
    """Read the pattern from left to right, with all lengths of the text that it can cover so
    far.
    """
    covered = {0}
    for character in pattern:
        if character.can_be_wildcard and character.text == "*":
            covered = set(range(min(covered), len(text) + 1))
        elif character.can_be_wildcard and character.text == "?":
            covered = {length + 1 for length in covered if length < len(text)}
        else:
            covered = {
                length + 1 for length in covered if text[length : length + 1] == character.text
            }
        if not covered:
            return False
    return len(text) in covered


def _matches_arn(pattern: list[_Character], text: str) -> bool:
    """Compare the six parts of an ARN one by one; the last part keeps its colons."""
    wanted = _split_arn(pattern)
    actual = text.split(":", 5)
    if len(wanted) != 6 or len(actual) != 6 or actual[0] != "arn":
        return False
    return all(
        _matches_glob(part, actual_part) for part, actual_part in zip(wanted, actual, strict=True)
    )


def _split_arn(pattern: list[_Character]) -> list[list[_Character]]:
    parts: list[list[_Character]] = [[]]
    for character in pattern:
        if character.text == ":" and len(parts) < 6:
            parts.append([])
        else:
            parts[-1].append(character)
    return parts


def _is_in_network(value: str, text: str) -> bool:
    try:
        network = ipaddress.ip_network(value, strict=False)
        address = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    if isinstance(network, ipaddress.IPv4Network):
        return isinstance(address, ipaddress.IPv4Network) and address.subnet_of(network)
    return isinstance(address, ipaddress.IPv6Network) and address.subnet_of(network)


def _compare_numbers(
    read: Callable[[str], Decimal | None], comparison: str, value: str, text: str
) -> bool:
    wanted, actual = read(value), read(text)
    if wanted is None or actual is None:
        return False
    return _COMPARISONS[comparison](actual, wanted)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text) else None


_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})Z?)?)?)?"
)


def _seconds(text: str) -> Decimal | None:
    """Return the seconds since 1970 of a date or time, or None.

    Four digits are a year. More are a count of seconds; fewer are nothing (AWS does not say). UTC
    if no zone is given.
    """
    if re.fullmatch(r"-?[0-9]{5,15}(\.[0-9]+)?", text):
        return Decimal(text)
    parts = _DATE.fullmatch(text)
    if parts is None:
        return None
    year, month, day, *clock = (int(part) if part else None for part in parts.groups())
    hours, minutes, seconds = (part or 0 for part in clock)
    try:
        moment = datetime(year or 0, month or 1, day or 1, hours, minutes, seconds, tzinfo=UTC)
    except ValueError:
        return None
    return Decimal(int(moment.timestamp()))
