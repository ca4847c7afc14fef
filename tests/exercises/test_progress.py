"""The file of attempts."""

from __future__ import annotations

from pathlib import Path

import pytest

from trust_widgets.exercises import EXERCISES
from trust_widgets.exercises.progress import Progress, progress

EXERCISE = EXERCISES["flat_seven"]
ID = "b2f6c3de-7a41-4f0e-9c55-1d2e3f4a5b6c"


def test_attempts_are_counted_by_exercise(tmp_path: Path) -> None:
    """With the kinds of mistakes, in the order in which they were made first."""
    file = tmp_path / "progress.jsonl"
    answers = ("{", EXERCISE.start, EXERCISE.start, EXERCISE.solutions[0], EXERCISE.start)
    for answer in answers:
        EXERCISE.check(answer, progress=file)
    EXERCISES["one_word"].check("", progress=str(file))
    assert progress([file]) == (
        Progress("flat_seven", 5, True, ("unreadable", "let_in"), files_passed=1),
        Progress("one_word", 1, False, ("unreadable",)),
    )


def test_a_class_is_summed(tmp_path: Path) -> None:
    """The teacher gives everybody's files."""
    files = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    EXERCISE.check(EXERCISE.start, progress=files[0])
    EXERCISE.check(EXERCISE.solutions[0], progress=files[1])
    table = progress(files)
    summed = Progress("flat_seven", 2, True, ("let_in",), files=2, files_passed=1)
    assert table == (summed,)
    bundle = table._repr_mimebundle_()
    assert bundle["text/plain"].splitlines()[1] == "flat_seven | 2 | 1 | 2 | 0 | no | let_in"
    assert "<td>flat_seven</td><td>2</td><td>1</td>" in bundle["text/html"]


def test_the_file_holds_no_policy_and_no_request(tmp_path: Path) -> None:
    """It is collected by a teacher."""
    file = tmp_path / "progress.jsonl"
    EXERCISE.check(EXERCISE.start, progress=file)
    text = file.read_text("utf-8")
    assert ID not in text
    assert "arn:" not in text


def test_a_broken_line_loses_no_other(tmp_path: Path) -> None:
    """A file that was cut off, or edited by hand."""
    file = tmp_path / "progress.jsonl"
    EXERCISE.check(EXERCISE.start, progress=file)
    file.write_text(file.read_text("utf-8") + '3\n{"exercise"\n{"a": 1}\n\n', "utf-8")
    assert progress([file]) == (Progress("flat_seven", 1, False, ("let_in",)),)


def test_nothing_is_written_unless_a_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grading alone changes no file."""
    monkeypatch.chdir(tmp_path)
    EXERCISE.check(EXERCISE.start)
    assert list(tmp_path.iterdir()) == []


def test_one_file_needs_no_list(tmp_path: Path) -> None:
    file = tmp_path / "progress.jsonl"
    file.write_text('{"exercise": "one_word", "passed": true, "mistake": ""}\n', "utf-8")
    assert progress(file) == progress(str(file)) == progress([file])
    with pytest.raises(TypeError, match=r"Write tw\.progress\(\['progress\.jsonl'\]\)"):
        progress(7)  # type: ignore[arg-type]
