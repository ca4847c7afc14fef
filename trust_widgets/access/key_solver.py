"""Solve for one key: a value, several values or its absence, under all constraints on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trust_widgets.access.atoms import ABSENT, Atom, Found
from trust_widgets.access.caller import ALWAYS, NEVER
from trust_widgets.access.domains import Domain
from trust_widgets.access.value_sets import ValueSet
from trust_widgets.access.values import ValueConstraints, value
from trust_widgets.evaluation import Keys
from trust_widgets.text.budget import Budget

EVERY = "ForAllValues"


class Constraint(NamedTuple):
    """A condition, and whether it has to be true."""

    atom: Atom
    wanted: bool


class Key(NamedTuple):
    """A key, as one principal class can have it.

    Args:
        presence: whether they have it.
        domain: what it can hold.
        many: whether it can hold several values.
        likes: values to try first.
        but: what it does not hold.
        filled: whether it has at least one value where it is there, as the keys of the tags that a
            call carries.
    """

    presence: str
    domain: Domain
    many: bool
    likes: tuple[str, ...] = ()
    but: tuple[ValueSet, ...] = ()
    filled: bool = False


def solve_key(
    key: Key, constraints: Sequence[Constraint], budget: Budget, keys: Keys | None = None
) -> Found | None:
    """A value of a key that meets all demands, `ABSENT` when its absence does; `None`: there is
    none.

    Args:
        key: the key.
        constraints: the conditions.
        budget: how many states may be expanded.
        keys: from which variables are filled; without it, conditions with variables require only
            presence.

    Raises:
        Undecided: when it is not known whether there is one.
    """
    if key.presence != ALWAYS and all(atom.absent == wanted for atom, wanted in constraints):
        return ABSENT
    if key.presence == NEVER:
        return None
    if any(atom.present is not None and atom.present != wanted for atom, wanted in constraints):
        return None
    open_ = [
        d
        for d in constraints
        if d.atom.present is None and (keys is not None or not d.atom.variables)
    ]
    if not key.many:
        return _single(key, open_, budget, keys)
    return _several(key, open_, budget, keys)


def _single(
    key: Key, constraints: Sequence[Constraint], budget: Budget, keys: Keys | None
) -> str | None:
    asked = ValueConstraints((), key.but)
    every = False
    for atom, wanted in constraints:
        asked = asked.and_(atom.value_set(keys), wanted != atom.clause.operator.negated)
        every = every or atom.clause.quantifier == EVERY
    # To ForAllValues an empty text is no value, so that the condition is true whatever it requires.
    if every and key.domain.has("") and all(_of_empty(d, keys) for d in constraints):
        return ""
    found = value(asked, key.domain, budget, key.likes)
    if found == "" and every:
        return value(asked.and_(_EMPTY, False), key.domain, budget, key.likes)
    return found


_EMPTY = ValueSet("text", (lambda text: text == "",), ((),), ("",))


def _of_empty(constraint: Constraint, keys: Keys | None) -> bool:
    atom, wanted = constraint
    if atom.clause.quantifier == EVERY:
        return wanted
    return (atom.value_set(keys).fits("") != atom.clause.operator.negated) == wanted


def _several(
    key: Key, constraints: Iterable[Constraint], budget: Budget, keys: Keys | None
) -> tuple[str, ...] | None:
    """At most one value for each condition that some value must meet, all of them as all must
    be.
    """
    each = ValueConstraints((), (_EMPTY, *key.but))
    some: list[tuple[ValueSet, bool]] = []
    for atom, wanted in constraints:
        value_set, fits = atom.value_set(keys), wanted != atom.clause.operator.negated
        if (atom.clause.quantifier == EVERY) == wanted:
            each = each.and_(value_set, fits)
        else:
            some.append((value_set, fits))
    values: list[str] = []
    if not some:
        found = value(each, key.domain, budget, key.likes)
        if found is not None:
            return (found,)
        if key.filled:
            return None
        return ()
    for value_set, fits in some:
        if not any(value_set.fits(text) == fits for text in values):
            found = value(each.and_(value_set, fits), key.domain, budget, key.likes)
            if found is None:
                return None
            values.append(found)
    return tuple(values)
