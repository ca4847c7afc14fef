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


def _param(name: str, answer: dict[str, Any]) -> Any:
    why = answer.get("differs", "")
    marks = [pytest.mark.xfail(reason=why, strict=True)] if why else []
    return pytest.param(answer, id=name, marks=marks)


@pytest.mark.parametrize("answer", list(map(_param, NAMES, ANSWERS)))
def test_the_grade_is_a_persons(answer: dict[str, Any]) -> None:
    result = tw.EXERCISES[answer["exercise"]].check(answer["answer"])
    assert result.passed is answer["right"], (answer["why"], str(result))
