"""The caller's half of an exercise, as the exercise's view draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.exercises import Exercise, Result
from trust_widgets.forms import Question
from trust_widgets.views.exercise_answers import Answers
from trust_widgets.views.exercise_grades import GRADES
from trust_widgets.views.fields import role_field

if TYPE_CHECKING:
    from trust_widgets.views.state.exercise import ExercisePermission

FIELD = "permission"
QUESTION = Question(
    "The caller's permissions policy",
    "All that the caller may do, as JSON",
    '{"Version": "2012-10-17", "Statement": []}',
    long=True,
)


class PermissionHalf:
    """What was typed for the caller's half, with its grade.

    Args:
        exercise: one that asks for this half.
        answers: what was kept of it.
    """

    def __init__(self, exercise: Exercise, answers: Answers) -> None:
        self._exercise = exercise
        self._graded: tuple[str, Result] | None = None
        self.start = exercise.permission.start if exercise.permission else ""
        self.text = answers.of(exercise.permission_name, self.start)

    @property
    def is_start(self) -> bool:
        """Whether nothing was changed."""
        return self.text == self.start

    @property
    def result(self) -> Result:
        """The grade of what was typed."""
        if self._graded is None or self._graded[0] != self.text:
            self._graded = self.text, self._exercise.check_permission(self.text)
        return self._graded[1]

    def state(self, saw_solution: bool) -> ExercisePermission | None:
        """What is drawn; `None` for an exercise without this half."""
        task = self._exercise.permission
        if task is None:
            return None
        result = self.result
        return {
            "brief": task.brief,
            "fields": [role_field(FIELD, QUESTION, self.text, "")],
            "grade": GRADES.get(result.mistake, "wrong"),
            "message": result.message,
            "because": result.because,
            "solutions": list(task.solutions) if saw_solution else [],
        }
