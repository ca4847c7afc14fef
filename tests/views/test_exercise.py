"""The view of an exercise, without a browser: its grade, hints, solutions, and the file."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.exercises import EXERCISES
from trust_widgets.exercises.progress import Progress, progress

FLAT_SEVEN = EXERCISES["flat_seven"]
OTHER_ID = (
    FLAT_SEVEN.solutions[0].replace('"StringEquals"', '"StringLike"').replace("b2f6c3de", "*")
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without a file of attempts."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def say(view: Any, do: str, **more: Any) -> dict[str, Any]:
    """What is drawn after a message from the browser."""
    view._hear(None, {"do": do, **more}, None)
    state: dict[str, Any] = view.state
    assert state["fault"] is None
    return state


def answer(view: Any, text: str) -> dict[str, Any]:
    """Type an answer and pause."""
    view.editor_typed = {"text": text, "revision": view._editor.taken + 1}
    assert view.state["stale"]
    return say(view, "grade")


def test_an_exercise_has_a_number_a_name_and_a_title() -> None:
    """In any case; a name that is not there is told with those that are."""
    for name in ("W3", "w3", "flat_seven", "Flat 7"):
        assert tw.exercise(name).exercise is FLAT_SEVEN
    assert tw.ExerciseView(FLAT_SEVEN).exercise is FLAT_SEVEN
    for name in ("W9", "", "flat"):
        with pytest.raises(KeyError, match="flat_seven"):
            tw.exercise(name)


def test_each_caller_of_the_story_is_marked() -> None:
    """The start lets the vendor in for every customer; nobody else."""
    state = tw.exercise("W3").state
    marks = [(row["caller"], row["must"], row["right"]) for row in state["callers"]]
    assert marks == [
        ("the vendor with your ID", True, "yes"),
        ("the vendor with another customer's ID", False, "no"),
        ("the vendor without an ID", False, "no"),
        ("another person who knows your ID", False, "yes"),
    ]
    assert state["grade"] == "wrong" and state["callers"][1]["because"]
    assert not state["callers"][0]["because"]


def test_who_is_let_in_beyond_the_story_is_shown() -> None:
    """The pattern lets in ids that end like the right one: nobody in the story has such an ID."""
    state = answer(tw.exercise("W3"), OTHER_ID)
    assert {row["right"] for row in state["callers"]} == {"yes"}
    assert state["grade"] == "wrong" and "can also assume the role" in state["message"]
    ids = [key["value"] for key in state["witness"]["keys"] if key["key"] == "sts:ExternalId"]
    assert len(ids) == 1 and ids[0].endswith("-7a41-4f0e-9c55-1d2e3f4a5b6c")
    assert not ids[0].startswith("b2f6c3de")


def test_the_grade_waits_for_a_pause() -> None:
    """Until then the earlier one is shown, and said to be earlier."""
    view = tw.exercise("W3")
    view.editor_typed = {"text": FLAT_SEVEN.solutions[0], "revision": 1}
    assert view.state["stale"] and view.state["grade"] == "wrong"
    assert view.result.passed
    state = say(view, "grade")
    assert not state["stale"] and state["grade"] == "right" and state["progress"]["passed"]


@pytest.mark.parametrize(
    ("text", "grade", "right"),
    [("{", "unreadable", None), (FLAT_SEVEN.start.replace("Allow", "allow"), "refused", None)],
)
def test_what_is_no_policy_marks_no_caller(text: str, grade: str, right: None) -> None:
    state = answer(tw.exercise("W3"), text)
    assert state["grade"] == grade
    assert {row["right"] for row in state["callers"]} == {right}
    assert state["witness"] is None


def test_hints_come_one_by_one_and_solutions_on_request() -> None:
    """None of them is in the page before."""
    view = tw.exercise("W3")
    assert (view.state["hints"], view.state["solutions"]) == ([], [])
    assert FLAT_SEVEN.solutions[0] not in json.dumps(view.get_state(), default=str)
    for count in (1, 2, 3, 3):
        state = say(view, "hint")
        assert state["hints"] == list(FLAT_SEVEN.hints[:count])
        assert state["hintsLeft"] == 3 - count
    assert say(view, "solution")["solutions"] == list(FLAT_SEVEN.solutions)


def test_a_solution_that_is_shown_can_be_put_into_the_editor() -> None:
    """And none before: a message from the browser shows no solution by itself."""
    view = tw.exercise("W3")
    say(view, "use", number=0)
    assert view.text == FLAT_SEVEN.start
    say(view, "solution")
    say(view, "use", number=99)
    assert view.text == FLAT_SEVEN.start
    assert say(view, "use", number=1)["stale"] and view.text == FLAT_SEVEN.solutions[1]
    assert say(view, "grade")["grade"] == "right"
    view._hear(None, {"do": "undo", "part": "editor"}, None)
    assert view.text == FLAT_SEVEN.start


def test_a_new_start_can_be_undone() -> None:
    view = tw.exercise("W3")
    answer(view, FLAT_SEVEN.solutions[0])
    state = say(view, "restart")
    assert view.text == FLAT_SEVEN.start and state["isStart"] and state["stale"]
    view._hear(None, {"do": "undo", "part": "editor"}, None)
    assert view.text == FLAT_SEVEN.solutions[0]


def test_attempts_are_kept_and_can_be_removed(folder: Path) -> None:
    """One for each kind of mistake, none for what is half typed; the other exercise's stay."""
    file = folder / "trust-widgets-progress.jsonl"
    EXERCISES["one_word"].check("", progress=file)
    view = tw.exercise("W3")
    for text in ("{", OTHER_ID, OTHER_ID + " ", FLAT_SEVEN.start):
        answer(view, text)
    say(view, "hint")
    state = answer(view, FLAT_SEVEN.solutions[0])
    known = progress(file)
    assert known[1] == Progress("flat_seven", 2, True, ("too_wide",), hints=1, files_passed=1)
    assert state["progress"] == {
        "passed": True,
        "tries": 2,
        "path": str(file),
        "answers": "trust-widgets-answers.json",
        "wrong": "",
    }
    assert tw.exercise("W3").state["progress"]["passed"]
    assert "b2f6c3de" not in file.read_text("utf-8")

    assert say(view, "forget")["progress"]["tries"] == 0
    assert progress(file) == known[:1]


def test_an_answer_is_there_when_the_page_is_loaded_again(folder: Path) -> None:
    """Both halves, also what is no policy yet; until a new start. Other exercises' answers stay."""
    two = EXERCISES["role_of_the_other_account"]
    answer(tw.exercise("W3"), OTHER_ID)
    view = tw.exercise("W2")
    answer(view, '{"Version":')
    view.typed = {"fields": {"permission": "{}"}, "revision": view.taken + 1}
    say(view, "grade")
    again = tw.exercise("W2")
    assert (again.text, again.state["permission"]["fields"][0]["value"]) == ('{"Version":', "{}")
    assert again.state["grade"] == "unreadable" and not again.state["isStart"]
    say(again, "restart")
    assert tw.exercise("W2").text == two.start and tw.exercise("W2").state["isStart"]
    assert tw.exercise("W3").text == OTHER_ID
    assert tw.exercise("W3", progress="").text == FLAT_SEVEN.start


@pytest.mark.parametrize(
    ("content", "words"), [("{", "could not be read"), ("[1]", "not a JSON object")]
)
def test_a_file_of_answers_that_cannot_be_read_is_left_alone(
    folder: Path, content: str, words: str
) -> None:
    """And the view says so."""
    file = folder / "trust-widgets-answers.json"
    file.write_text(content, "utf-8")
    view = tw.exercise("W3")
    assert view.text == FLAT_SEVEN.start and words in view.state["progress"]["wrong"]
    assert words in answer(view, OTHER_ID)["progress"]["wrong"]
    assert file.read_text("utf-8") == content


def test_a_solution_that_was_seen_is_no_secret(folder: Path) -> None:
    """Where it was shown before the answer was right."""
    view = tw.exercise("W3", progress="mine.jsonl")
    say(view, "solution")
    answer(view, FLAT_SEVEN.solutions[0])
    (known,) = progress(folder / "mine.jsonl")
    assert known.saw_solution and known.passed and known.tries == 2


def test_nothing_is_written_where_nothing_can_be(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file; a folder in its place; Voilà, where the reader is a visitor."""
    (folder / "taken").mkdir()
    (folder / "trust-widgets-answers.json").mkdir()
    assert answer(tw.exercise("W3", progress=""), OTHER_ID)["progress"]["path"] == ""
    state = answer(tw.exercise("W3", progress="taken"), OTHER_ID)
    assert "directory" in state["progress"]["wrong"]
    state = answer(tw.exercise("W3"), OTHER_ID)
    assert "trust-widgets-answers.json could not be read" in state["progress"]["wrong"]
    (folder / "trust-widgets-answers.json").rmdir()
    (folder / "trust-widgets-progress.jsonl").unlink()
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert answer(tw.exercise("W3"), OTHER_ID)["progress"]["path"] == ""
    assert [each.name for each in folder.iterdir()] == ["taken"]


def test_the_editor_says_what_iam_would_not_save_and_no_more() -> None:
    """What else `check` finds would be the answer; so would a fix."""
    one_word = tw.exercise("W1")
    marks = one_word.editor_state["spots"]
    assert {mark["verdict"] for mark in marks} == {"refused"}
    assert all(mark["fix"] is None for mark in marks) and len(marks) == 2
    production = tw.exercise("W4")
    assert production.model.findings and production.editor_state["spots"] == []
    assert production.editor_state["filename"] == "production_only.json"


def test_both_halves_are_graded_where_there_are_two(folder: Path) -> None:
    """The exercise is passed when both are right, in whatever order; a new start resets both."""
    two = EXERCISES["role_of_the_other_account"]
    assert two.permission is not None
    view = tw.exercise("W2")
    assert (
        view.state["permission"]["grade"] == "wrong"
        and tw.exercise("W3").state["permission"] is None
    )
    assert not answer(view, two.solutions[0])["progress"]["passed"]
    fields = {"permission": two.permission.solutions[0]}
    view.typed = {"fields": fields, "revision": view.taken + 1}
    assert view.permission_result.passed and view.state["stale"]
    state = say(view, "grade")
    assert state["permission"]["grade"] == "right" and state["progress"]["passed"]
    assert [each.exercise for each in progress(folder / "trust-widgets-progress.jsonl")] == [
        "role_of_the_other_account",
        "role_of_the_other_account.permission",
    ]
    assert say(view, "solution")["permission"]["solutions"] == list(two.permission.solutions)
    assert say(view, "restart")["permission"]["grade"] == "wrong"
    assert say(view, "forget")["progress"]["tries"] == 0


@pytest.mark.parametrize("name", list(EXERCISES))
def test_each_exercise_reads_without_a_kernel(name: str) -> None:
    """The brief, the callers and folded hints, no solution."""
    exercise = EXERCISES[name]
    html = tw.ExerciseView(exercise).framed_still()
    assert exercise.title in html
    assert html.count("<details>") == 3
    assert all(escape(each.caller) in html for each in (*exercise.must_allow, *exercise.must_deny))
    assert html.count("<script") == 0
