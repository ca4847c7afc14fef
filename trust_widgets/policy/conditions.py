"""One condition of a statement, and the conditions of a statement by their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from trust_widgets.names import helps_with_names
from trust_widgets.policy.frozen_json import freeze as freeze
from trust_widgets.policy.given_values import (
    items_from_given,
    warn_of_operator,
)

# A JSON value that cannot change: objects are tuples of (key, value) wrapped in `JsonObject`.
Scalar: TypeAlias = "str | bool | int | float"


Path: TypeAlias = "tuple[str | int, ...]"
"""A place in a policy: `("Statement", 0, "Principal", "AWS", 1)`.

A statement and a value always have a number, also when the document writes them without a list.
"""


def text_from_scalar(value: Scalar) -> str:
    """A condition's value as AWS compares it: `true` for JSON's true, digits for a number."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


@helps_with_names(value="values", name="key")
@dataclass(frozen=True, slots=True)
class Condition:
    """One operator, one key, its values: `Condition("StringEquals", "sts:ExternalId", ("a",))`.

    Operator and key are spelled as the document spells them; AWS compares keys without regard to
    case.
    """

    operator: str
    key: str
    values: tuple[Scalar, ...]

    def __post_init__(self) -> None:
        warn_of_operator(self.operator)
        values = items_from_given("values", self.values, _SCALARS, "'...'")
        object.__setattr__(self, "values", values)

    @property
    def path(self) -> Path:
        """The place of its values below their statement."""
        return ("Condition", self.operator, self.key)


def first_doubled(conditions: Iterable[Condition]) -> Condition | None:
    """The first condition with the operator and key of one before it, as they are written."""
    seen = set()
    for condition in conditions:
        place = condition.operator, condition.key
        if place in seen:
            return condition
        seen.add(place)
    return None


def spelled_apart(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    """The same conditions, so that no two of them have the same operator and key as written.

    An operator means the same in either case.

    Example:
        >>> twice = Condition("Bool", "aws:ViaAWSService", ("true",))
        >>> [condition.operator for condition in spelled_apart((twice, twice))]
        ['Bool', 'bool']
    """
    kept: dict[tuple[str, str], Condition] = {}
    for condition in conditions:
        free = (
            each for each in _spellings(condition.operator) if (each, condition.key) not in kept
        )
        operator = next(free, condition.operator)
        changed = operator != condition.operator
        if changed:
            kept[operator, condition.key] = replace(condition, operator=operator)
        else:
            kept[operator, condition.key] = condition
    return tuple(kept.values())


def _spellings(text: str) -> Iterator[str]:
    """An operator as written, and in all other ways to write it, lower case first."""
    yield text
    small = text.lower()
    for number in range(1 << len(small)):
        letters = []
        for place, char in enumerate(small):
            is_large = number >> place & 1
            letters.append(char.upper() if is_large else char)
        yield "".join(letters)


_SCALARS = (str, bool, int, float)
