"""Policies of hostile sizes, and calls at random, against all questions about who gets in."""

from __future__ import annotations

import random
import tracemalloc

import pytest

import trust_widgets as tw
from support.changed_policies import Maker, request
from support.hostile import HOSTILE
from trust_widgets.access import can_let_in
from trust_widgets.text.budget import DEFAULT, Budget, BudgetExhausted

MEBIBYTE = 2**20


@pytest.mark.parametrize(
    ("old", "new"), [pytest.param(old, new, id=name) for name, old, new in HOSTILE]
)
def test_hostile_sizes_stay_within_bounds(old: tw.TrustPolicy, new: tw.TrustPolicy) -> None:
    """Of memory; they are decided or said not to be, the same way each time."""
    tracemalloc.start()
    found = tw.compare(old, new)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert memory < 16 * MEBIBYTE
    again = tw.compare(old, new)
    assert (found.gained.found, found.lost.found) == (again.gained.found, again.lost.found)
    for answer, more, less in ((found.gained, new, old), (found.lost, old, new)):
        if answer.found is None:
            assert answer.because.startswith("Not decided")
        if answer.witness is not None:
            assert tw.evaluate(more, answer.witness).outcome == "allowed"
            assert tw.evaluate(less, answer.witness).outcome != "allowed"


def test_more_states_decide_more() -> None:
    """What the default leaves open can be asked again."""
    _, old, new = next(pair for pair in HOSTILE if pair[0] == "many denies")
    assert tw.compare(old, new).gained.found in (None, False)
    assert tw.compare(old, new, states=100 * DEFAULT).gained.found is False


def test_the_budget_counts_down() -> None:
    """And no further than it goes."""
    budget = Budget(3)
    budget.spend(3)
    with pytest.raises(BudgetExhausted):
        budget.spend()


def test_random_calls_belong_to_somebody() -> None:
    """Whoever gets in is in a class of `who_gets_in`, by a statement that can let somebody in."""
    chance = random.Random(2)
    allowed = 0
    for seed in range(120):
        policy = Maker(seed).policy()
        classes = {each.path for each in tw.who_gets_in(policy)}
        for _ in range(25):
            call = request(chance)
            decision = tw.evaluate(policy, call)
            if decision.outcome != "allowed" or _is_of_no_service(call):
                continue
            allowed += 1
            by = {s.path for s in decision.tree.parts if s.truth and s.data == ("Allow",)}
            assert by & classes, (seed, decision)
            assert any(can_let_in(policy, int(path[1])).found is not False for path in by)
    assert allowed > 200


def _is_of_no_service(call: tw.Request) -> bool:
    """Whether a request has what no service has: an address of a customer, or an external ID."""
    names = {"aws:sourceip", "sts:externalid"}
    return call.identity.kind == "service" and not names.isdisjoint(call.keys)
