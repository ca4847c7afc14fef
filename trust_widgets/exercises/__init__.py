"""Exercises about trust policies, one file an exercise in `tasks/`, each graded by proof.

A member defines `EXERCISE = Exercise(...)`. It says which requests an answer must allow and deny,
and between which two policies every right answer lies: `narrowest` allows only what is needed,
`widest` all that may be allowed. Each policy between the two passes, however it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trust_widgets.exercises.grading import grade
from trust_widgets.exercises.permission_half import grade_permission
from trust_widgets.exercises.progress import Progress, forget, progress, record
from trust_widgets.exercises.result import CheckedCaller, Mistake, Result
from trust_widgets.exercises.task import NamedRequest, PermissionTask, Task
from trust_widgets.families import Registry
from trust_widgets.text.html import tag

__all__ = [
    "EXERCISES",
    "CheckedCaller",
    "Exercise",
    "Mistake",
    "NamedRequest",
    "PermissionTask",
    "Progress",
    "Result",
    "exercise_named",
    "forget",
    "progress",
    "record",
]


@dataclass(frozen=True, slots=True, repr=False)
class Exercise(Task):
    """A task with its grading; `Task` says what each field means.

    Example:
        >>> exercise = EXERCISES["one_word"]
        >>> exercise.check(exercise.start).passed
        False
        >>> exercise.check(exercise.solutions[0]).passed
        True
    """

    def check(self, answer: Any, progress: Path | str | None = None) -> Result:
        """Grade an answer.

        Args:
            answer: a policy as text, dictionary or `TrustPolicy`, a `Role`, a `TrustModel` or a
                `TrustBuilder`.
            progress: a file to which one line about this attempt is added; it holds no policy.

        Raises:
            TypeError: for an answer that is none of these.

        Example:
            >>> print(EXERCISES["one_word"].check(EXERCISES["one_word"].start).mistake)
            refused
        """
        result = grade(self, answer)
        if progress is not None:
            record(Path(progress), result)
        return result

    def check_permission(self, answer: Any, progress: Path | str | None = None) -> Result:
        """Grade an answer to the caller's half: a permissions policy in the caller's account.

        Args:
            answer: the policy as text or dictionary, or a `PermissionsPolicy`.
            progress: a file to which one line about this attempt is added; it holds no policy.

        Raises:
            ValueError: for an exercise that does not ask for the caller's half.

        Example:
            >>> exercise = EXERCISES["role_of_the_other_account"]
            >>> exercise.check_permission(exercise.permission.start).passed
            False
        """
        if self.permission is None:
            raise ValueError(
                f"The exercise {self.name} has no question about the caller's permissions."
            )
        result = grade_permission(self.permission, self.permission_name, answer)
        if progress is not None:
            record(Path(progress), result)
        return result

    @property
    def permission_name(self) -> str:
        """The name under which attempts at the caller's half are recorded."""
        return f"{self.name}.permission"

    def __repr__(self) -> str:
        return f"<Exercise {self.name}: {self.title}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """The task and the policy to begin with, as text and as HTML that needs no kernel."""
        heading = f"{self.title} ({self.minutes} minutes)"
        start = tag("pre", tag("code", self.start))
        html = tag("div", tag("p", tag("strong", heading)), tag("p", self.brief), start)
        return {"text/plain": f"{heading}\n\n{self.brief}\n\n{self.start}", "text/html": html}


EXERCISES: Registry[Exercise] = Registry("trust_widgets.exercises.tasks", "EXERCISE")


def exercise_named(name: str) -> Exercise:
    """The exercise with a name, a title, or a number in the workshop, in any case.

    Args:
        name: `"flat_seven"`, `"Flat 7"` or `"W3"`.

    Raises:
        KeyError: for a name that is not there; the message lists those that are.

    Example:
        >>> exercise_named("w3")
        <Exercise flat_seven: Flat 7>
    """
    wanted = str(name).strip().casefold()
    for exercise in EXERCISES.values():
        names = (exercise.name, exercise.title, exercise.label)
        if wanted and wanted in (each.casefold() for each in names):
            return exercise
    return EXERCISES[name]
