"""Operators for numbers, whole or decimal."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from trust_widgets.evaluation.operators import Operator, Reader, reads_text
from trust_widgets.text.globs import Test

_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(?:\.[0-9]{1,400})?")
_OF_JAVA = re.compile(r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?")
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def number_from_text(text: str) -> Decimal | None:
    """A number; `None` for a text that is none.

    Example:
        >>> number_from_text("3600"), number_from_text("an hour")
        (Decimal('3600'), None)
    """
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return None


def ordered(
    kind: str,
    read: Callable[[str], Any],
    as_measured: Callable[[str], str | None] = lambda text: None,
) -> tuple[Operator, ...]:
    """The six operators of a kind whose values have an order, with `read` from a text to such a
    value.
    """
    compared = {**COMPARISONS, "NotEquals": operator.eq}
    return tuple(
        Operator(f"{kind}{name}", _reader(read, compare), as_measured=as_measured)
        for name, compare in compared.items()
    )


def _measured(text: str) -> str | None:
    """A number as Java writes it, with an exponent or without digits on one side of the point."""
    if _NUMBER.fullmatch(text) or not _OF_JAVA.fullmatch(text):
        return None
    return f"{Decimal(text):f}"


def _reader(read: Callable[[str], Any], compare: Callable[[Any, Any], bool]) -> Reader:
    def value(text: str) -> Test | None:
        wanted = read(text)
        if wanted is None:
            return None

        def test(given: str) -> bool:
            found = read(given)
            return found is not None and compare(found, wanted)

        return test

    return reads_text(value)


OPERATORS = ordered("Numeric", number_from_text, _measured)
