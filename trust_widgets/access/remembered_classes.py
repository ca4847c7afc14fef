"""Remember who a statement allows for as long as nothing that this depends on has changed.

A key pressed in one statement then has only that one searched again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from trust_widgets.access.queries import role_for
from trust_widgets.aws.actions import ASSUME_ACTIONS
from trust_widgets.evaluation import compile_policy
from trust_widgets.policy import (
    CACHE,
    Condition,
    Home,
    Statement,
    TrustPolicy,
    known_action,
    remember,
)
from trust_widgets.text.budget import SharedBudgetExhausted, is_exhausted, prepare, states_spent

Found = TypeVar("Found")


def once_a_statement(
    search: Callable[[], Found], policy: TrustPolicy, index: int, home: Home, *asked: Hashable
) -> Found:
    """What a search finds about a statement of a policy, remembered.

    Args:
        search: it depends on nothing but the other arguments.
        policy: the policy. index: which of its statements. home: what is the reader's.
        asked: the other arguments of the search.
    """
    ready = compile_policy(policy)
    if ready.faults:
        return search()
    surroundings = _surroundings(policy), ready.number_of_values, role_for((ready,), home)
    key = (once_a_statement, policy.statements[index], index, home, asked, surroundings)
    memo = CACHE.statements
    if key in memo:
        found, spent = memo[key]
        try:
            prepare(spent)  # so that the answer does not depend on earlier searches
        except SharedBudgetExhausted:
            return search()
        remembered: Found = found
        return remembered
    before = states_spent()
    found = search()
    if not is_exhausted():
        remember(memo, key, (found, states_spent() - before))
    return found


def _surroundings(policy: TrustPolicy) -> object:
    """What is found of a statement depends on this in all of them: one object for each outline."""
    memo = CACHE.policies.of(policy)
    if _surroundings not in memo:
        key = (_surroundings, policy.version, tuple(map(_outline, policy.statements)))
        mark = CACHE.statements.get(key)
        if mark is None:
            memo[_surroundings] = remember(CACHE.statements, key, object())
        else:
            memo[_surroundings] = mark
    return memo[_surroundings]


def _outline(statement: Statement) -> object:
    """A statement without the values of its conditions, where others do not depend on them.

    They do on those of a Deny, of an Allow for more than an assume-role action, which may allow
    what another one lacks, and of one for services, which may have to allow another service.
    """
    principal = statement.principal
    actions = {known_action(word) for word in statement.action or ()}
    is_plain = principal is not None and not principal.star and not principal.service
    if statement.effect != "Allow" or not is_plain or not actions <= set(ASSUME_ACTIONS):
        return statement
    return principal, statement.action, tuple(map(_outline_of_condition, statement.conditions))


def _outline_of_condition(condition: Condition) -> object:
    """A condition without its values, if they are plain strings: variables require other keys."""
    is_text = condition.operator.startswith("String")
    is_plain = is_text and not any("${" in str(value) for value in condition.values)
    values = len(condition.values) if is_plain else condition.values
    return condition.operator, condition.key, values
