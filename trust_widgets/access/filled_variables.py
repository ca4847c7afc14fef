"""Conditions whose policy variables are replaced by what they hold for a kind of caller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledValue,
    Keys,
    Variable,
    fill,
    variables_of,
)


def with_filled_variables(
    clause: CompiledCondition, keys: Keys, is_plain: Callable[[str], bool]
) -> CompiledCondition:
    """A condition whose variables are filled; itself where one of them is not plain.

    Args:
        clause: the condition.
        keys: what variables represent.
        is_plain: whether it is plain what a key holds, or that it is absent.
    """
    variable_values = [value for value in clause.values if value.variable]
    named = {each.key for value in variable_values for each in variables_of(value.template)}
    if not named or not all(map(is_plain, named)):
        return clause
    values = tuple(_filled(clause, value, keys) for value in clause.values)
    return replace(clause, values=values)


def _filled(clause: CompiledCondition, value: CompiledValue, keys: Keys) -> CompiledValue:
    if not value.variable:
        return value
    pattern = fill(value.template, keys)
    if pattern is None:
        return value
    if isinstance(pattern, Variable):  # without a value nothing fits
        return replace(value, template=(), test=None, variable=False)
    test = clause.operator.read(pattern)
    return replace(value, template=pattern, test=test, variable=False)
