"""The search against an SMT solver, and faults planted in the search, which that must notice.

The long run is `benchmarks/oracle.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import trust_widgets as tw
from support import z3_oracle
from support.changed_policies import HARD, Maker
from trust_widgets.access import Answer, values
from trust_widgets.access import environment as case
from trust_widgets.access import formula as formulas
from trust_widgets.access import key_solver as keys
from trust_widgets.access import principal_classes as people
from trust_widgets.access import queries as asking
from trust_widgets.access import solver as search
from trust_widgets.access.atoms import ABSENT

PAIRS = 40


@pytest.fixture(scope="module")
def solved() -> list[tuple[tw.TrustPolicy, tw.TrustPolicy, bool]]:
    """Questions with the solver's answers; those that would take it long are left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            z3_oracle, "LIMITS", {"rlimit": 400_000}
        )  # steps of its own: the same on every machine
        return list(_solved())


def _solved() -> Iterator[tuple[tw.TrustPolicy, tw.TrustPolicy, bool]]:
    for old, new, gained, lost in HARD:
        yield from ((new, old, gained), (old, new, lost))
    for seed in range(PAIRS):
        old, new = Maker(seed).pair()
        for more, less in ((new, old), (old, new)):
            found = z3_oracle.lets_in_more(more, less)
            if found is not None:
                yield more, less, found


# The solver knows no day before which nobody calls, and takes the caller's own permission as given.
LONG_AGO = tw.Home(today=date(1970, 1, 1))
Solved = list[tuple[tw.TrustPolicy, tw.TrustPolicy, bool]]


def gained(less: tw.TrustPolicy, more: tw.TrustPolicy) -> Answer:
    """Whether one policy allows a call that the other does not."""
    return tw.compare(less, more, LONG_AGO, caller_permission="yes").gained


def disagreements(solved: Solved) -> int:
    """On how many questions the search says something else, or nothing."""
    return sum(gained(less, more).found is not wanted for more, less, wanted in solved)


def test_the_solver_agrees(solved: Solved) -> None:
    """On every question; not more than one in fifty is left undecided by the search."""
    wrong = [
        gained(less, more)
        for more, less, wanted in solved
        if gained(less, more).found is (not wanted)
    ]
    assert wrong == []
    assert disagreements(solved) <= len(solved) // 50
    assert len(solved) > 2 * PAIRS * 0.9
    assert 0.2 < sum(wanted for *_, wanted in solved) / len(solved) < 0.8


def _never_absent(key: Any, demands: Any, budget: Any, given: Any = None) -> Any:
    """A fault: absence is not thought of."""
    found = keys.solve_key(key, demands, budget, given)
    return None if found is ABSENT and demands else found


def _each_negated(formula: formulas.Formula) -> formulas.Formula:
    """A fault: a Deny with two conditions is taken for two."""
    if isinstance(formula, int):
        return -formula
    return formulas.all_of(map(_each_negated, formula.parts))


def _same_beginning(language: Any, unfitting: Any) -> Any:
    """A fault: what begins alike is taken for covered."""
    refused = {tokens[:3] for each in unfitting for tokens in each.tokens}
    return (tokens for tokens in language.tokens if tokens[:3] not in refused)


def _nobody_new(policies: Any, *more: str) -> Any:
    """A fault: only callers whom a policy names are thought of."""
    return tuple(
        caller for caller in people.principal_classes_of(policies, *more) if caller.arn is None
    )


@pytest.mark.parametrize(
    ("where", "name", "fault"),
    [
        (search, "solve_key", _never_absent),
        (asking, "negate", _each_negated),
        (formulas, "negate", _each_negated),
        (values, "_outside", _same_beginning),
        ("trust_widgets.access.comparison", "principal_classes_of", _nobody_new),
        (case, "content_of", lambda clause: (clause.key, clause.operator.base.replace("Not", ""))),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_planted_fault_is_noticed(
    solved: Solved, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, fault: Any
) -> None:
    """Each makes the search disagree with the solver."""
    before = disagreements(solved)
    monkeypatch.setattr(
        f"{where}.{name}" if isinstance(where, str) else f"{where.__name__}.{name}", fault
    )
    assert disagreements(solved) > before
