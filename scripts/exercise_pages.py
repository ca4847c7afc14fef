"""Writes the teacher's notes on each exercise: `docs/workshop/exercise-notes.md`.

What an exercise is about is the first line of its module. Its wrong answers are those of its test,
and what is said of each is what grading says now.
"""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trust_widgets.exercises import EXERCISES, Exercise, Mistake, Result
from trust_widgets.explain import request_lines

ROOT = Path(__file__).resolve().parent.parent
TASKS = "trust_widgets/exercises/tasks"
SHOWN = 4  # wrong answers of an exercise for homework; of one of the workshop all
KINDS = {
    Mistake.UNREADABLE: "no policy",
    Mistake.REFUSED: "IAM would not save it",
    Mistake.LOCKED_OUT: "locks out",
    Mistake.LET_IN: "too wide",
    Mistake.TOO_WIDE: "too wide",
    Mistake.TOO_NARROW: "locks out",
    Mistake.NOT_DECIDED: "not decided",
}
ABOUT = (
    "For teachers: it holds answers. For each exercise: its file, its minutes, what it teaches,"
    " and wrong answers with what the grade says of each. The exercises of the workshop come first,"
    " then those for homework."
)


def page(note: str) -> str:
    """The page, with a note that names the script that writes it."""
    workshop = [each for each in EXERCISES.values() if each.label]
    others = [each for each in EXERCISES.values() if not each.label]
    ordered = sorted(workshop, key=lambda each: each.label) + others
    lines = [note, "# Notes on each exercise", ABOUT, _overview(ordered)]
    for exercise in ordered:
        lines += _section(exercise)
    return "\n\n".join(lines) + "\n"


def _overview(exercises: list[Exercise]) -> str:
    rows = ["| exercise | minutes | what it teaches |", "| --- | --- | --- |"]
    for each in exercises:
        title = _title(each)
        rows.append(f"| [{title}](#{_anchor(title)}) | {each.minutes} | {_teaches(each)} |")
    return "\n".join(rows)


def _section(exercise: Exercise) -> Iterator[str]:
    yield f"## {_title(exercise)}"
    file = f"{TASKS}/{exercise.name}.py"
    yield (
        f'File: [`{exercise.name}.py`](../../{file}). In code: `tw.exercise("{exercise.name}")`.'
        f"{_notebook(exercise)}"
    )
    yield f"**It teaches:** {_teaches(exercise)}"
    yield f"**The task:** {exercise.brief}"
    rows = ["| wrong answer | kind | what the grade says |", "| --- | --- | --- |"]
    wrong_answers = _wrong_answers(exercise.name)
    for wrong in wrong_answers if exercise.label else wrong_answers[:SHOWN]:
        result = exercise.check(wrong.policy)
        assert result.mistake is not None, wrong.title
        rows.append(f"| {wrong.title} | {KINDS[result.mistake]} | {_plain(_said(result))} |")
    yield "\n".join(rows)


def _said(result: Result) -> str:
    """The message, and the request where the message does not name the caller."""
    if result.mistake in (Mistake.TOO_WIDE, Mistake.TOO_NARROW) and result.witness:
        return f"{result.message} {', '.join(request_lines(result.witness))}."
    return result.message


def _title(exercise: Exercise) -> str:
    return f"{exercise.label}. {exercise.title}" if exercise.label else exercise.title


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def _teaches(exercise: Exercise) -> str:
    (first, *_) = (inspect.getdoc(EXERCISES.module_of(exercise.name)) or "").split("\n\n")
    return " ".join(first.split())


def _notebook(exercise: Exercise) -> str:
    """A link to the notebook that has the exercise; those of the workshop come first."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"), reverse=True):
        text = path.read_text("utf-8")
        names = (exercise.label, exercise.name)
        if any(f'tw.exercise(\\"{name}\\")' in text for name in names if name):
            return f" Notebook: [{path.stem}](../../notebooks/{path.name})."
    return ""


def _wrong_answers(name: str) -> Any:
    """The wrong answers in an exercise's test."""
    for folder in ("tests", "tests/exercises/tasks"):
        if str(ROOT / folder) not in sys.path:
            sys.path.insert(0, str(ROOT / folder))
    return importlib.import_module(f"test_{name}").WRONG


def _plain(text: str) -> str:
    """A text in which no letter is Markdown's."""
    return re.sub(r"([\\`*_{}\[\]<>|])", r"\\\1", text)
