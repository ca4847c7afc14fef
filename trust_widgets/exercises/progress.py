"""The file in which a student's attempts are kept, one line of JSON each.

A line names the exercise, whether it was passed, the kind of mistake, how many hints were shown
and whether a solution was. It holds no policy, no request and no name of a person, so that a
teacher can collect the files of a class.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trust_widgets.exercises.result import Result
from trust_widgets.text.html import Html, tag


@dataclass(frozen=True, slots=True)
class Progress:
    """What a student, or a class, did with one exercise.

    Args:
        exercise: its name.
        tries: how many answers were graded.
        passed: whether one of them was right.
        mistakes: the kinds of mistakes made, in the order in which they were made first.
        hints: how many hints were shown at most.
        saw_solution: whether a solution was shown before an answer was right.
        files: how many of the files have attempts at it: as many students, or pairs.
        files_passed: in how many of them an answer was right.
    """

    exercise: str
    tries: int
    passed: bool
    mistakes: tuple[str, ...]
    hints: int = 0
    saw_solution: bool = False
    files: int = 1
    files_passed: int = 0


class ProgressTable(tuple[Progress, ...]):
    """What was done, by exercise: a tuple that shows itself as a table at a cell's end."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """As text and as HTML that needs no kernel."""
        rows = [_row(each) for each in self]
        heads = tag("tr", *(tag("th", head, scope="col") for head in HEADS))
        body = [_html_row(row) for row in rows]
        lines = [" | ".join(cells) for cells in (HEADS, *rows)]
        return {"text/plain": "\n".join(lines), "text/html": tag("table", heads, *body)}


HEADS = ("Exercise", "Files", "Passed", "Attempts", "Hints", "Saw a solution", "Mistakes")


def _html_row(cells: tuple[str, ...]) -> Html:
    return tag("tr", *(tag("td", cell) for cell in cells))


def _row(known: Progress) -> tuple[str, ...]:
    return (
        known.exercise,
        str(known.files),
        str(known.files_passed),
        str(known.tries),
        str(known.hints),
        "yes" if known.saw_solution else "no",
        ", ".join(known.mistakes),
    )


def record(file: Path, result: Result, hints: int = 0, saw_solution: bool = False) -> None:
    """Add one line about an attempt to a file; its folder has to be there.

    Args:
        file: the file.
        result: of the attempt.
        hints: how many hints had been shown.
        saw_solution: whether a solution had been shown.

    Raises:
        OSError: where the file cannot be written.
    """
    mistake = str(result.mistake) if result.mistake else None
    line = {
        "exercise": result.exercise,
        "passed": result.passed,
        "mistake": mistake,
        "hints": hints,
        "saw_solution": saw_solution,
    }
    with file.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line) + "\n")


def progress(files: Iterable[Path | str] | Path | str) -> ProgressTable:
    """What was done, by exercise, in the order of the first attempts.

    A line that cannot be read counts for nothing: the rest of the file does.

    Args:
        files: of one student, or of a class; one file, or several.

    Raises:
        TypeError: for what names no file.
    """
    listed = [files] if isinstance(files, (str, Path)) else files
    if not isinstance(listed, Iterable):
        raise TypeError(f"files: {files!r} is not a file. Write tw.progress(['progress.jsonl']).")
    by_exercise: dict[str, list[Progress]] = {}
    for file in listed:
        for known in _of_one_file(Path(file)):
            by_exercise.setdefault(known.exercise, []).append(known)
    return ProgressTable(_of_a_class(known) for known in by_exercise.values())


def _of_one_file(file: Path) -> list[Progress]:
    attempts: dict[str, list[dict[str, object]]] = {}
    for line in file.read_text("utf-8").splitlines():
        attempt = _read(line)
        if attempt is not None:
            attempts.setdefault(str(attempt["exercise"]), []).append(attempt)
    return [_summed(name, each) for name, each in attempts.items()]


def _of_a_class(known: list[Progress]) -> Progress:
    """One exercise in several files."""
    mistakes = [mistake for each in known for mistake in each.mistakes]
    return Progress(
        known[0].exercise,
        sum(each.tries for each in known),
        any(each.passed for each in known),
        tuple(dict.fromkeys(mistakes)),
        max(each.hints for each in known),
        any(each.saw_solution for each in known),
        sum(each.files for each in known),
        sum(each.files_passed for each in known),
    )


def forget(file: Path, exercise: str) -> None:
    """Remove an exercise's lines from a file; all other lines stay as they are.

    Raises:
        OSError: where the file cannot be read or written.
    """
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if (_read(line) or {}).get("exercise") != exercise]
    file.write_text("".join(kept), "utf-8")


def _read(line: str) -> dict[str, object] | None:
    try:
        attempt = json.loads(line)
    except ValueError:
        return None
    is_attempt = isinstance(attempt, dict) and {"exercise", "passed", "mistake"} <= set(attempt)
    return attempt if is_attempt else None


def _summed(name: str, attempts: list[dict[str, object]]) -> Progress:
    mistakes = [str(each["mistake"]) for each in attempts if each["mistake"]]
    hints = [each.get("hints") for each in attempts]
    passed = [index for index, each in enumerate(attempts) if each["passed"] is True]
    before = attempts[: passed[0] + 1] if passed else attempts
    return Progress(
        name,
        len(attempts),
        bool(passed),
        tuple(dict.fromkeys(mistakes)),
        max((count for count in hints if isinstance(count, int)), default=0),
        any(each.get("saw_solution") is True for each in before),
        files_passed=int(bool(passed)),
    )
