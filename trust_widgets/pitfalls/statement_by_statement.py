"""Rules that judge each statement by itself: a key in one has only that one judged again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeAlias

from trust_widgets.pitfalls import Hit
from trust_widgets.policy import CACHE, Home, Memo, Statement, TrustPolicy, remember
from trust_widgets.text.budget import prepare, states_spent

Find: TypeAlias = Callable[[TrustPolicy, Home], Iterator[Hit]]

_NOBODY = Statement("Allow")
"""In place of each other statement, so that the places stay the same."""


def statement_by_statement(find: Find) -> Find:
    """Remember what a rule finds in a statement, where no other statement matters to the rule.

    A Deny may matter to any: a policy with one is judged as a whole.
    """

    @wraps(find)
    def found(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
        if any(statement.effect != "Allow" for statement in policy.statements):
            yield from find(policy, home)
            return
        for index, memo in enumerate(_memos_of(policy)):
            yield from _hits(find, policy, index, home, memo)

    return found


def _hits(find: Find, policy: TrustPolicy, index: int, home: Home, memo: Memo) -> Iterator[Hit]:
    """What a rule finds in one statement; of a rule that raises, nothing is remembered."""
    at = (find, index, policy.version, home)
    if at in memo:
        hits, spent = memo[at]
        prepare(spent)  # so that the answer does not depend on earlier searches
        yield from hits
        return
    before, found = states_spent(), []
    for hit in find(_alone(policy, index), home):
        found.append(hit)
        yield hit
    memo[at] = tuple(found), states_spent() - before


def _memos_of(policy: TrustPolicy) -> tuple[Memo, ...]:
    """A memo for each statement, found by what it says."""
    memo = CACHE.policies.of(policy)
    memos: tuple[Memo, ...] | None = memo.get(statement_by_statement)
    if memos is None:
        memos = memo[statement_by_statement] = tuple(map(_memo_of, policy.statements))
    return memos


def _memo_of(statement: Statement) -> Memo:
    key = (statement_by_statement, statement)
    memo: Memo | None = CACHE.statements.get(key)
    if memo is None:
        return remember(CACHE.statements, key, {})
    return memo


def _alone(policy: TrustPolicy, index: int) -> TrustPolicy:
    """The policy with one of its statements alone, at its place; the same for all rules."""
    memo = CACHE.policies.of(policy)
    alone: TrustPolicy | None = memo.get((_alone, index))
    if alone is None:
        rest = tuple(each if n == index else _NOBODY for n, each in enumerate(policy.statements))
        alone = memo[_alone, index] = TrustPolicy(rest, policy.version)
    return alone
