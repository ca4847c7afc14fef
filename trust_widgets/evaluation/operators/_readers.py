"""How values are read by the operators of several families."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from trust_widgets.evaluation.operators import Operator, Reader, reads_text
from trust_widgets.text.globs import Test

TRUTHS = ("true", "false")
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": operator.eq,
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def _is(text: str) -> Test | None:
    wanted = text.lower()
    if wanted in TRUTHS:
        return lambda given: given.lower() == wanted
    return None


READS_TRUTH = reads_text(_is)
"""Reads "true" and "false" in any case."""


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
