"""What a pitfall needs: where a policy lacks it, the pitfall finds nothing."""

from __future__ import annotations

import json
from functools import cache

import pytest

from support.planted_judge import SETS, cases, text_of
from support.real_policies import records
from trust_widgets.findings import read_policy
from trust_widgets.pitfalls import PITFALLS
from trust_widgets.pitfalls.needs import contained_in
from trust_widgets.policy import TrustPolicy

NEEDING = [name for name, pitfall in PITFALLS.items() if pitfall.needs]


@cache
def policies() -> tuple[TrustPolicy, ...]:
    """The examples of all pitfalls, planted mistakes, and real policies."""
    examples = [text for each in PITFALLS.values() for text in (*each.bad, *each.good)]
    planted = [text_of(case) for name in SETS.values() for case in cases(name, "mistakes")]
    real = [json.dumps(record["policy"]) for record in records()]
    read = [read_policy(text)[0] for text in (*examples, *planted, *real)]
    return tuple(policy for policy in read if policy is not None)


@pytest.mark.parametrize("name", NEEDING)
def test_a_pitfall_finds_nothing_where_what_it_needs_is_missing(name: str) -> None:
    pitfall = PITFALLS[name]
    left_out = [policy for policy in policies() if not pitfall.needs <= contained_in(policy)]
    hits = [hit for policy in left_out for hit in pitfall.find(policy, pitfall.home)]
    assert left_out
    assert hits == []
