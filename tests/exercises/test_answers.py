"""Answers to the exercises, graded as a person would: `tests/cases/answers.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw

FILE = Path(__file__).parent.parent / "cases" / "answers.jsonl"
ANSWERS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
NAMES = [f"{answer['exercise']}-{number}" for number, answer in enumerate(ANSWERS, start=1)]


@pytest.mark.parametrize("answer", ANSWERS, ids=NAMES)
def test_the_grade_is_a_persons(answer: dict[str, Any]) -> None:
    result = tw.EXERCISES[answer["exercise"]].check(answer["answer"])
    assert result.passed is answer["right"], (answer["why"], str(result))
