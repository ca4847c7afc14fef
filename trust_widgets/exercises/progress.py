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


@dataclass(frozen=True, slots=True)
class Progress:
    """What a student did with one exercise.

    Args:
        exercise: its name.
        tries: how many answers were graded.
        passed: whether one of them was right.
        mistakes: the kinds of mistakes made, in the order in which they were made first.
        hints: how many hints were shown at most.
        saw_solution: whether a solution was shown before an answer was right.
    """

    exercise: str
    tries: int
    passed: bool
    mistakes: tuple[str, ...]
    hints: int = 0
    saw_solution: bool = False


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


def progress(files: Iterable[Path | str] | Path | str) -> tuple[Progress, ...]:
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
    attempts: dict[str, list[dict[str, object]]] = {}
    for file in listed:
        lines = Path(file).read_text("utf-8").splitlines()
        for line in lines:
            attempt = _read(line)
            if attempt is None:
                continue
            name = str(attempt["exercise"])
            attempts.setdefault(name, [])
            attempts[name].append(attempt)
    return tuple(_summed(name, each) for name, each in attempts.items())


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
    )
