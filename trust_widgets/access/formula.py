"""Formulas over literals: when a policy allows a request.

A literal is the number of a condition, negative where the condition is false. `And` and `Or` join
formulas. No operator is ever turned into another one: which values make a condition false is for
the solver of its key to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from trust_widgets.evaluation import CompiledCondition, CompiledStatement


@dataclass(frozen=True, slots=True)
class And:
    """True when every part is true, and so without parts."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """True when one part is true, and so false without parts."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = "int | And | Or"
Reader: TypeAlias = "Callable[[CompiledCondition], Formula]"
TRUE, FALSE = And(()), Or(())


def all_of(parts: Iterable[Formula]) -> Formula:
    """All of them, without what is true anyway."""
    kept: list[Formula] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        if isinstance(part, And):
            kept.extend(part.parts)
        else:
            kept.append(part)
    kept = list(dict.fromkeys(kept))
    if len(kept) == 1:
        return kept[0]
    return And(tuple(kept))


def any_of(parts: Iterable[Formula]) -> Formula:
    """One of them, without what is false anyway."""
    kept: list[Formula] = []
    for part in parts:
        if part == TRUE:
            return TRUE
        if isinstance(part, Or):
            kept.extend(part.parts)
        else:
            kept.append(part)
    kept = list(dict.fromkeys(kept))
    if len(kept) == 1:
        return kept[0]
    return Or(tuple(kept))


def negate(formula: Formula) -> Formula:
    """What holds when a formula does not.

    Example:
        >>> negate(And((1, 2)))
        Or(parts=(-1, -2))
    """
    if isinstance(formula, int):
        return -formula
    if isinstance(formula, And):
        return any_of(map(negate, formula.parts))
    return all_of(map(negate, formula.parts))


def lets_in(per_action: Iterable[tuple[CompiledStatement, ...]], read: Reader) -> Formula:
    """When each action of a call is allowed by one Allow and denied by no Deny.

    Args:
        per_action: for each action that the call needs, the statements that name it and the caller.
        read: a condition as a formula.
    """
    parts: list[Formula] = []
    for rules in per_action:
        allows = any_of(all_of(map(read, rule.clauses)) for rule in rules if rule.allows)
        denies = any_of(all_of(map(read, rule.clauses)) for rule in rules if not rule.allows)
        parts += allows, negate(denies)
    return all_of(parts)
