"""The cases: one call against one policy each, derived by hand from the page that it names."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from support.cases_by_page import CASES, request_of
from trust_widgets.aws.operators import BASES, parse_operator
from trust_widgets.evaluation import Reason
from trust_widgets.explain import ASSUMPTIONS

RULES = 36


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in CASES]
)
def test_a_call_is_decided_as_the_page_says(case: dict[str, Any]) -> None:
    """The outcome, what it depends on, the reason and what it takes to be so."""
    decision = tw.evaluate(tw.parse(json.dumps(case["policy"])), request_of(case))
    assert str(decision.outcome) == case["outcome"]
    assert set(decision.needs) == set(case.get("needs", ()))
    assert "code" not in case or case["code"] in {node.code.value for node in decision.tree.walk()}
    assert set(case.get("assumptions", ())) <= set(decision.assumptions)
    assert decision.because


def test_every_rule_is_covered() -> None:
    """At least three cases each, and at least 300 in all."""
    counts = {rule: sum(case["rule"] == rule for _, case in CASES) for rule in range(1, RULES + 1)}
    assert min(counts.values()) >= 3 and len(CASES) >= 300


def test_every_operator_is_in_a_case() -> None:
    """AWS's page has these: a row that is lost from the table fails as one without a case does."""
    named = {name for _, case in CASES for name in operators_in(case["policy"])}
    read = filter(None, map(parse_operator, named))
    assert sorted({operator.base for operator in read}) == sorted(BASES)


def operators_in(policy: dict[str, Any]) -> list[str]:
    """The operators in a policy's conditions, as written."""
    found = policy["Statement"]
    written = found if isinstance(found, list) else [found]
    return [name for statement in written for name in statement.get("Condition") or ()]


def test_every_assumption_and_nearly_every_code_is_asked_for() -> None:
    """So that a code or an assumption that nothing uses is noticed."""
    named = {name for _, case in CASES for name in case.get("assumptions", ())}
    # Not among the cases: they were added with the code. Each has a test in test_engine.py.
    assert set(ASSUMPTIONS) - named <= {"boundary_and_arn", "star_is_no_arn"}
    assert {case["code"] for _, case in CASES if "code" in case} <= {
        reason.value for reason in Reason
    }
