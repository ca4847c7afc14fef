"""The file in which a student's attempts are kept, one line of JSON each.

A line names the exercise, whether it was passed, and the kind of mistake. It holds no policy, no
request and no name of a person, so that a teacher can collect the files of a class.
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
    """

    exercise: str
    tries: int
    passed: bool
    mistakes: tuple[str, ...]


def record(file: Path, result: Result) -> None:
    """Add one line about an attempt to a file; its folder has to be there.

    Raises:
        OSError: where the file cannot be written.
    """
    mistake = str(result.mistake) if result.mistake else None
    line = {"exercise": result.exercise, "passed": result.passed, "mistake": mistake}
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


def _read(line: str) -> dict[str, object] | None:
    try:
        attempt = json.loads(line)
    except ValueError:
        return None
    is_attempt = isinstance(attempt, dict) and {"exercise", "passed", "mistake"} <= set(attempt)
    return attempt if is_attempt else None


def _summed(name: str, attempts: list[dict[str, object]]) -> Progress:
    mistakes = [str(each["mistake"]) for each in attempts if each["mistake"]]
    passed = any(each["passed"] is True for each in attempts)
    return Progress(name, len(attempts), passed, tuple(dict.fromkeys(mistakes)))
