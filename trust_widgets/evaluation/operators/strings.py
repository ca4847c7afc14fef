"""Operators for texts."""

from __future__ import annotations

from trust_widgets.evaluation.operators import Operator, reads_text
from trust_widgets.text.globs import Pattern, Test, matcher_from_pattern


def _equal(text: str) -> Test:
    return lambda given: given == text


def _equal_ignoring_case(text: str) -> Test:
    small = text.lower()
    return lambda given: given.lower() == small


def _as_written(pattern: Pattern) -> Pattern:
    return pattern


_EQUALS = reads_text(_equal)
_IGNORING_CASE = reads_text(_equal_ignoring_case)

OPERATORS = (
    Operator("StringEquals", _EQUALS, variables=True),
    Operator("StringNotEquals", _EQUALS, variables=True),
    Operator("StringEqualsIgnoreCase", _IGNORING_CASE, variables=True),
    Operator("StringNotEqualsIgnoreCase", _IGNORING_CASE, variables=True),
    Operator("StringLike", matcher_from_pattern, variables=True, as_glob=_as_written),
    Operator("StringNotLike", matcher_from_pattern, variables=True, as_glob=_as_written),
)
