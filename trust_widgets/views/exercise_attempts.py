"""The attempts at an exercise, as its view keeps them in a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from trust_widgets.exercises import Exercise, Mistake, Progress, Result, forget, progress, record
from trust_widgets.views.exercise_answers import FILENAME as ANSWERS
from trust_widgets.views.saving import may_save

if TYPE_CHECKING:
    from trust_widgets.views.state.exercise import ExerciseProgress

FILENAME = "trust-widgets-progress.jsonl"


class Attempts:
    """The file of attempts, seen by one exercise.

    Args:
        exercise: the exercise.
        file: where attempts are kept; when none is given, `trust-widgets-progress.jsonl` in the
            working folder; `""` for none. In Voilà the reader is a visitor, and nothing is kept.
    """

    def __init__(self, exercise: Exercise, file: Path | str | None) -> None:
        self._exercise = exercise
        self._file = None if file == "" or not may_save() else Path.cwd() / (file or FILENAME)
        self._wrong = ""
        self._noted: dict[str, str] = {}  # of each half, the message that was recorded last
        self.hints = 0
        self.saw_solution = False
        self._known = self._read()

    @property
    def folder(self) -> Path | None:
        """Where the file is; `None` where nothing is kept."""
        return self._file.parent if self._file else None

    def note(self, result: Result, is_untouched: bool) -> None:
        """Record an attempt, once for each mistake and not for what is half typed."""
        is_noted = self._noted.get(result.exercise) == result.message
        if is_untouched or is_noted or result.mistake is Mistake.UNREADABLE:
            return
        self._noted[result.exercise] = result.message
        self.record(result)

    def record(self, result: Result) -> None:
        """Record an attempt."""
        self._written(lambda file: record(file, result, self.hints, self.saw_solution))

    def forget(self) -> None:
        """Remove this exercise's attempts from the file."""
        self.hints, self.saw_solution, self._noted = 0, False, {}
        if self._file is None or not self._file.exists():
            return
        for name in self._names:
            self._written(lambda file, name=name: forget(file, name))  # type: ignore[misc]

    def state(self, is_passed_now: bool, wrong_answers: str = "") -> ExerciseProgress:
        """What is drawn.

        Args:
            is_passed_now: whether the answer is right as it is.
            wrong_answers: why the file of answers could not be read or written.
        """
        known = [each for each in self._known if each.exercise in self._names]
        passed = {each.exercise for each in known if each.passed}
        return {
            "passed": passed == set(self._names) or is_passed_now,
            "tries": sum(each.tries for each in known),
            "path": str(self._file or ""),
            "answers": ANSWERS,
            "wrong": self._wrong or wrong_answers,
        }

    @property
    def _names(self) -> tuple[str, ...]:
        """The names under which attempts are recorded, one for each half."""
        both = (self._exercise.name, self._exercise.permission_name)
        if self._exercise.permission is not None:
            return both
        return both[:1]

    def _written(self, write: Callable[[Path], None]) -> None:
        """Write to the file, and read it again; say why where it cannot be."""
        if self._file is None:
            return
        try:
            write(self._file)
        except OSError as error:
            self._wrong = f"Not saved: {error.strerror or error}."
            return
        self._wrong = ""
        self._known = self._read()

    def _read(self) -> tuple[Progress, ...]:
        """What the file says."""
        if self._file is None:
            return ()
        try:
            return progress(self._file)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as error:
            self._wrong = f"The progress file could not be read: {error}."
            return ()
