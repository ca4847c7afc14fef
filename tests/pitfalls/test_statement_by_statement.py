"""What is remembered of a statement is what is found without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import trust_widgets as tw
from trust_widgets.pitfalls import PITFALLS, Hit
from trust_widgets.policy import CACHE, parse

REMEMBERED = sorted(name for name, each in PITFALLS.items() if hasattr(each.find, "__wrapped__"))
HOME = tw.Home(accounts=("111122223333",))


def examples(step: int) -> list[tw.TrustPolicy]:
    """Some of the pitfalls' examples that can be read."""
    texts = [text for each in PITFALLS.values() for text in (*each.bad, *each.good)]
    return [parse(text) for text in texts[::step] if tw.TrustModel(text=text).is_good]


def neighbours(step: int) -> Iterator[tw.TrustPolicy]:
    """Two of them in one policy, each before the other."""
    for one, other in pairwise(examples(step)):
        yield tw.TrustPolicy((*one.statements, *other.statements), one.version)
        yield tw.TrustPolicy((*other.statements, *one.statements), one.version)


def with_a_key_pressed(policy: tw.TrustPolicy) -> tw.TrustPolicy:
    """The policy with one more letter in each value of its last statement's conditions."""
    *others, last = policy.statements
    conditions = tuple(
        replace(each, values=tuple(f"{value}x" for value in each.values))
        for each in last.conditions
    )
    return tw.TrustPolicy((*others, replace(last, conditions=conditions)), policy.version)


def facts(hit: Hit, text: str) -> tuple[Any, ...]:
    """All of a hit, with the text after its fix."""
    after = hit.fix.apply(text) if hit.fix else ""
    return hit.path, hit.message, hit.callers, hit.severity, after


def test_a_rule_finds_the_same_in_each_statement_alone() -> None:
    """Also when a neighbour was judged before, in another policy."""
    compared = 0
    for policy in (*examples(3), *neighbours(12)):
        text = str(policy)
        for name in REMEMBERED:
            find: Any = PITFALLS[name].find
            whole = [facts(hit, text) for hit in find.__wrapped__(policy, HOME)]
            assert [facts(hit, text) for hit in find(policy, HOME)] == whole, (name, text)
            compared += len(whole)
    assert len(REMEMBERED) > 10 and compared > 20


def test_callers_are_the_same_with_and_without_memory() -> None:
    """A key in a neighbour changes nothing that was remembered wrongly."""
    policies = [each for pair in neighbours(14) for each in (pair, with_a_key_pressed(pair))]
    warm = [tw.who_gets_in(policy, HOME) for policy in policies]
    for policy, found in zip(policies, warm, strict=True):
        CACHE.clear()
        assert tw.who_gets_in(policy, HOME) == found, str(policy)
