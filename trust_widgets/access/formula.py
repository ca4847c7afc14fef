"""When a policy lets a call in, and when it does not, as a tree over conditions: all of, any of, one condition.

A condition is a number, and its negative says that it is false. No operator is ever turned into another one: what a
false condition admits is for the key's solver to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from trust_widgets.evaluation import Clause, Rule


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts it is true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One part holds; without parts it is false."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = "int | All | Any"
Reader: TypeAlias = "Callable[[Clause], Formula]"
TRUE, FALSE = All(()), Any(())


def all_of(parts: Iterable[Formula]) -> Formula:
    """All of them, without what is true anyway."""
    kept: list[Formula] = []
    for part in parts:
        if part == FALSE:
            return FALSE
        kept.extend(part.parts if isinstance(part, All) else (part,))
    kept = list(dict.fromkeys(kept))
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def any_of(parts: Iterable[Formula]) -> Formula:
    """One of them, without what is false anyway."""
    kept: list[Formula] = []
    for part in parts:
        if part == TRUE:
            return TRUE
        kept.extend(part.parts if isinstance(part, Any) else (part,))
    kept = list(dict.fromkeys(kept))
    return kept[0] if len(kept) == 1 else Any(tuple(kept))


def opposite(formula: Formula) -> Formula:
    """What holds when a formula does not.

    Example:
        >>> opposite(All((1, 2)))
        Any(parts=(-1, -2))
    """
    if isinstance(formula, int):
        return -formula
    if isinstance(formula, All):
        return any_of(map(opposite, formula.parts))
    return all_of(map(opposite, formula.parts))


def lets_in(per_action: Iterable[tuple[Rule, ...]], read: Reader, by: tuple[Rule, ...] | None = None) -> Formula:
    """When each action of a call is allowed by one Allow and denied by no Deny.

    Args:
        per_action: for each action that the call needs, the statements that name it and the caller.
        read: a condition as a formula.
        by: the statements of which one shall allow the first of these actions; without them, any.
    """
    parts: list[Formula] = []
    for rules in per_action:
        allows = [rule for rule in rules if rule.allows and (by is None or any(rule is each for each in by))]
        denies = any_of(all_of(map(read, rule.clauses)) for rule in rules if not rule.allows)
        parts += any_of(all_of(map(read, rule.clauses)) for rule in allows), opposite(denies)
        by = None
    return all_of(parts)
