"""Wrong answers that checkov or iam-policy-validator accepts, `peers/wrong_answers.json`."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from trust_widgets.exercises import EXERCISES

TASKS = Path(__file__).parent / "tasks"
FILE = Path(__file__).parents[2] / "benchmarks" / "peers" / "wrong_answers.json"
KNOWN = json.loads(FILE.read_text("utf-8"))


def wrong_digests(name: str) -> set[str]:
    """What identifies the texts of an exercise's wrong answers."""
    spec = importlib.util.spec_from_file_location(f"wrong_{name}", TASKS / f"test_{name}.py")
    assert spec is not None and spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {hashlib.sha256(each.policy.encode()).hexdigest()[:16] for each in module.WRONG}


@pytest.mark.parametrize("name", list(EXERCISES))
def test_another_checker_accepts_two_wrong_answers_that_grading_rejects(name: str) -> None:
    """checkov or iam-policy-validator says nothing about them; `make wrong-answers` asks again."""
    accepted = {
        answer["digest"]
        for answer in KNOWN["answers"]
        for checker in KNOWN["versions"]
        if answer["exercise"] == name and not answer["right"] and not answer[checker]
    }
    assert len(accepted & wrong_digests(name)) >= 2
