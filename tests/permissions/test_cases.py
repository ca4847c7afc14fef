"""The cases of both halves: one call each, derived by hand from the page that it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw

FOLDER = Path(__file__).resolve().parent / "cases"
POLICIES = json.loads((FOLDER / "policies.json").read_text("utf-8"))
CASES = [
    (path.stem, case)
    for path in sorted(FOLDER.glob("*.json"))
    if path.stem != "policies"
    for case in json.loads(path.read_text("utf-8"))
]
LAYERS = ("permissions", "boundary", "session_policy", "scps", "rcps", "endpoint_policy")


def named(given: Any) -> Any:
    """What a case names, with each name replaced by its policy."""
    if isinstance(given, list):
        return [named(each) for each in given]
    return POLICIES[given] if isinstance(given, str) else given


def decision_of(case: dict[str, Any]) -> tw.Decision:
    """What is decided of a case."""
    said = dict(case["request"])
    context = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in said.pop("context").items()
    }
    unknown = frozenset(said.pop("unknown", ()))
    request = tw.Request(**said, context=context, unknown=unknown)
    layers = {name: named(case[name]) for name in LAYERS if name in case}
    account = case.get("management_account", "")
    return tw.evaluate(named(case["trust"]), request, **layers, management_account=account)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in CASES]
)
def test_a_call_is_decided_as_the_page_says(case: dict[str, Any]) -> None:
    """The outcome, which policy decided, and what it depends on."""
    decision = decision_of(case)
    assert str(decision.outcome) == case["outcome"]
    assert decision.decided_by == case.get("decided_by", decision.decided_by)
    assert set(decision.needs) == set(case.get("needs", ()))
    assert decision.because.endswith(".") and decision._repr_mimebundle_()


def test_there_are_enough_cases() -> None:
    """At least 150, each rule among them, and no name twice in a file."""
    assert len(CASES) >= 150
    assert {case["rule"] for _, case in CASES} == set(range(1, 19))
    assert len({(stem, case["name"]) for stem, case in CASES}) == len(CASES)
