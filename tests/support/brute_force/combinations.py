"""Go through all requests that the conditions of two policies can tell apart.

Keys that no condition joins are looked at apart: for each cluster of joined keys, all assignments
are tried and those on which the same statements fail are one. What is left are the sets of
statements that can fail together.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from support.brute_force.callers import Group, default_keys, key_groups
from support.brute_force.conditions import Condition, Keys, holds
from support.brute_force.decision import (
    SET_SOURCE_IDENTITY,
    TAG_SESSION,
    Caller,
    Document,
    conditions_of,
    covers_action,
    further_actions,
    knows_variables,
    names_caller,
    outcome_of_effects,
    statements_of,
    worst,
)

MOST_ASSIGNMENTS = 3000
"""How many assignments of one cluster are tried; of more, so many are drawn at random."""

Place = tuple[int, int]
"""The number of a document and of one of its statements."""
Effect = tuple[frozenset[Place], frozenset[str]]
"""The statements whose conditions fail under an assignment, and the further actions it needs."""


@dataclass(frozen=True)
class Situation:
    """One request and what becomes of it.

    Args:
        outcomes: of each document.
        through: the Allow statements of the last document that cover the caller's main action.
    """

    caller: Caller
    keys: Keys
    outcomes: tuple[str, ...]
    through: tuple[int, ...]


@dataclass(frozen=True)
class _Literal:
    """A condition and where it is."""

    place: Place
    condition: Condition
    has_variables: bool

    def fails(self, keys: Keys) -> bool:
        return not holds(self.condition, keys, self.has_variables)


def situations(
    documents: tuple[Document, ...], callers: Iterable[Caller], is_unnamed: bool = False
) -> Iterator[Situation]:
    """Yield one request for each set of statements that can apply together, for each caller."""
    literals = [
        _Literal((number, place), condition, knows_variables(document))
        for number, document in enumerate(documents)
        for place, statement in enumerate(statements_of(document))
        for condition in conditions_of(statement)
    ]
    for caller in callers:
        groups = key_groups(caller, is_unnamed)
        keys_of_effect = _joined_effects(literals, groups, default_keys(caller, groups))
        covering = _Covering(documents, caller)
        for (failing, actions), keys in keys_of_effect.items():
            yield covering.situation(failing, actions, keys)


class _Covering:
    """Which statements cover a caller and each action, whatever their conditions say."""

    def __init__(self, documents: tuple[Document, ...], caller: Caller) -> None:
        self.documents, self.caller = documents, caller
        self.by_action = {
            action: [
                (number, place, str(statement["Effect"]))
                for number, document in enumerate(documents)
                for place, statement in enumerate(statements_of(document))
                if names_caller(statement, caller) and covers_action(statement, action)
            ]
            for action in (caller.action, TAG_SESSION, SET_SOURCE_IDENTITY)
        }

    def situation(
        self, failing: frozenset[Place], actions: frozenset[str], keys: Keys
    ) -> Situation:
        needed = (self.caller.action, *actions)
        outcomes = tuple(
            worst([self._outcome(number, action, failing) for action in needed])
            for number in range(len(self.documents))
        )
        last = len(self.documents) - 1
        through = tuple(
            place
            for number, place, effect in self.by_action[self.caller.action]
            if number == last and effect == "Allow" and (number, place) not in failing
        )
        return Situation(self.caller, keys, outcomes, through)

    def _outcome(self, document: int, action: str, failing: frozenset[Place]) -> str:
        return outcome_of_effects(
            [
                effect
                for number, place, effect in self.by_action[action]
                if number == document and (number, place) not in failing
            ]
        )


def _joined_effects(
    literals: list[_Literal], groups: list[Group], defaults: Keys
) -> dict[Effect, Keys]:
    """Return every effect that the keys together can have, each with a request's keys that shows
    it.
    """
    group_of_key = {
        key: number
        for number, group in enumerate(groups)
        for assignment in group
        for key in assignment
    }
    clusters = _clusters(literals, groups, group_of_key)
    fixed = [literal for literal in literals if not _groups_of(literal, group_of_key)]
    always_failing = frozenset(literal.place for literal in fixed if literal.fails(defaults))
    found: dict[Effect, Keys] = {(always_failing, frozenset()): defaults}
    for members, joined in clusters:
        effects = _effects_of_cluster([groups[number] for number in members], joined, defaults)
        extended: dict[Effect, Keys] = {}
        for (failing, actions), keys in found.items():
            for (more_failing, more_actions), more_keys in effects.items():
                effect = (failing | more_failing, actions | more_actions)
                if effect not in extended:
                    extended[effect] = {**_without(keys, members, groups), **more_keys}
        found = extended
    return found


def _without(keys: Keys, members: list[int], groups: list[Group]) -> Keys:
    """Return the keys that do not belong to some groups."""
    dropped = {key for number in members for assignment in groups[number] for key in assignment}
    return {key: value for key, value in keys.items() if key not in dropped}


def _groups_of(literal: _Literal, group_of_key: dict[str, int]) -> set[int]:
    referenced = literal.condition.referenced_keys() if literal.has_variables else ()
    keys = (literal.condition.key, *referenced)
    return {group_of_key[key] for key in keys if key in group_of_key}


def _clusters(
    literals: list[_Literal], groups: list[Group], group_of_key: dict[str, int]
) -> list[tuple[list[int], list[_Literal]]]:
    """Return the groups that conditions join, with those conditions.

    Groups that make a request need a further action count even if no condition is about them.
    """
    clusters: list[tuple[set[int], list[_Literal]]] = [
        ({number}, []) for number, group in enumerate(groups) if any(map(further_actions, group))
    ]
    for literal in literals:
        members = _groups_of(literal, group_of_key)
        if not members:
            continue
        touched = [cluster for cluster in clusters if cluster[0] & members]
        clusters = [cluster for cluster in clusters if not cluster[0] & members]
        joined = [each for _, others in touched for each in others] + [literal]
        clusters.append((members.union(*(numbers for numbers, _ in touched)), joined))
    return [(sorted(members), joined) for members, joined in clusters]


def _effects_of_cluster(
    members: list[Group], literals: list[_Literal], defaults: Keys
) -> dict[Effect, Keys]:
    found: dict[Effect, Keys] = {}
    cleared = _without(defaults, list(range(len(members))), members)
    for assignment in _assignments(members):
        keys = {**cleared, **assignment}
        failing: set[Place] = set()
        for literal in literals:
            if literal.place not in failing and literal.fails(keys):
                failing.add(literal.place)
        found.setdefault((frozenset(failing), frozenset(further_actions(assignment))), assignment)
    return found


def _assignments(members: list[Group]) -> Iterator[Keys]:
    """Yield all assignments of some groups together, or a fixed draw of them if they are too
    many.
    """
    if prod(map(len, members)) <= MOST_ASSIGNMENTS:
        choices: Iterable[tuple[Keys, ...]] = product(*members)
    else:
        chance = random.Random(0)
        drawn = (tuple(chance.choice(group) for group in members) for _ in iter(int, 1))
        choices = islice(drawn, MOST_ASSIGNMENTS)
    for choice in choices:
        yield {key: value for assignment in choice for key, value in assignment.items()}
