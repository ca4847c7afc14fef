"""Verdicts written from AWS's and vendors' pages alone: each answer is the expected one."""

from __future__ import annotations

import pytest

from support.verdict_judge import cases, faults_of


@pytest.mark.parametrize("ask", ["check", "compare", "who", "evaluate"])
def test_each_answer_is_the_expected_one(ask: str) -> None:
    wrong = {case["id"]: faults for case in cases(ask) if (faults := faults_of(case))}
    assert len(cases(ask)) >= 50
    assert wrong == {}
