"""The planted sets: right policies are left alone, and no fewer mistakes are named than before.

Which findings are right was written down before any rule ran over a set: see the README of each.
"""

from __future__ import annotations

from itertools import chain

import pytest

from support.planted_judge import (
    NAMED,
    SETS,
    Case,
    above_advice,
    cases,
    findings_of,
    result_of,
)

# The mistakes that may stay unnamed, with the reason.
UNNAMED = {
    "planted": {
        "sts_star_action": "Sources conflict on whether IAM saves it, so it is advice.",
        "not_action": "Sources conflict on whether IAM saves it, so it is advice.",
        "mfa_value_yes": "How Bool reads other words is not documented, so it is advice.",
        "service_region_that_does_not_exist": "The Region may be newer than the list.",
    },
    "planted_2026": {},
    "planted_variants": {},
}
GOOD = list(chain.from_iterable(cases(folder, "good") for folder in SETS.values()))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: str(case["name"]))
def test_a_right_policy_is_left_alone(case: Case) -> None:
    assert above_advice(findings_of(case)) == []


@pytest.mark.parametrize("name", SETS)
def test_the_mistakes_are_named(name: str) -> None:
    """All but those that are listed with a reason; one that is named now leaves the list."""
    results = {case["name"]: result_of(case) for case in cases(SETS[name], "mistakes")}
    assert {case for case, result in results.items() if result != NAMED} == set(UNNAMED[name])


@pytest.mark.parametrize("name", SETS)
def test_a_mistake_is_told_once(name: str) -> None:
    """One cause is one finding above advice."""
    twice = [
        case["name"]
        for case in cases(SETS[name], "mistakes")
        if len(above_advice(findings_of(case))) > 1
    ]
    assert twice == []
