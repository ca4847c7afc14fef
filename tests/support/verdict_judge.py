"""Judge the answers on `tests/cases/verdicts.jsonl`, one function for each question.

`tests/cases/README.md` says what the members of a case mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import trust_widgets as tw
from trust_widgets.findings import Verdict

Case = dict[str, Any]
CASES = Path(__file__).parent.parent / "cases" / "verdicts.jsonl"
DAY = date(2026, 11, 30)
"""The day on which the cases are decided."""


@cache
def _cases() -> tuple[Case, ...]:
    return tuple(map(json.loads, CASES.read_text("utf-8").splitlines()))


def cases(ask: str) -> list[Case]:
    """The cases that ask one question."""
    return [case for case in _cases() if case["ask"] == ask]


def faults_of(case: Case) -> list[str]:
    """What is wrong with the answer to a case, in words."""
    judge = {
        "check": _faults_of_check,
        "compare": _faults_of_compare,
        "who": _faults_of_who,
        "evaluate": _faults_of_evaluate,
    }
    return list(judge[case["ask"]](case))


def _home_of(case: Case) -> tw.Home:
    return tw.Home(**case.get("home", {}), today=DAY)


def _text_of(case: Case) -> str:
    return case["text"] if "text" in case else json.dumps(case["policy"])


def _faults_of_check(case: Case) -> Iterator[str]:
    text, home = _text_of(case), _home_of(case)
    findings = tw.check(text, home)
    found = {str(finding.verdict) for finding in findings}
    loud = {str(each.verdict) for each in findings if each.verdict is not Verdict.ADVICE}
    if case["want"] != ["quiet"] and not found & set(case["want"]):
        yield f"no finding {case['want']}"
    if loud - set(case["want"]):
        yield f"also {loud}"
    if case["want"] == ["dead"] and tw.who_gets_in(text, home):
        yield "someone gets in"
    if case["want"] in (["open"], ["advice"], ["quiet"]) and not tw.who_gets_in(text, home):
        yield "no one gets in"


def _faults_of_compare(case: Case) -> Iterator[str]:
    compared = tw.compare(json.dumps(case["old"]), json.dumps(case["new"]), _home_of(case))
    for name in ("gained", "lost"):
        found = getattr(compared, name).found
        if found is not case[name]:
            yield f"{name}: {found}"


def _faults_of_who(case: Case) -> Iterator[str]:
    text, home = _text_of(case), _home_of(case)
    callers = tw.who_gets_in(text, home)
    found = tw.is_public(text, home).found
    if found is not case["public"]:
        yield f"public: {found}"
    if case["nobody"] == bool(callers):
        yield f"callers: {[each.sentence for each in callers]}"
    strangers = [each.stranger for each in callers]
    if (True in strangers) != (case["public"] is True):
        yield f"strangers: {strangers}"


def _faults_of_evaluate(case: Case) -> Iterator[str]:
    outcome = tw.evaluate(_text_of(case), tw.Request(**case["request"])).outcome
    if outcome != case["want"]:
        yield f"outcome: {outcome}"
