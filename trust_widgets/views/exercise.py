"""An exercise to do in a cell: the task, an editor for the answer, its grade, hints, solutions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from trust_widgets.exercises import Exercise, Mistake, Result, exercise_named
from trust_widgets.model import TrustModel
from trust_widgets.policy import policy_html
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.answer_editor import AnswerEditorPart
from trust_widgets.views.base import View
from trust_widgets.views.exercise_answers import Answers
from trust_widgets.views.exercise_attempts import Attempts
from trust_widgets.views.exercise_grades import GRADES
from trust_widgets.views.exercise_permission import FIELD, PermissionHalf
from trust_widgets.views.exercise_words import (
    TITLES,
    about_others,
    heading_of,
    still_hint,
    still_row,
)
from trust_widgets.views.messages import message
from trust_widgets.views.part import ViewPart
from trust_widgets.views.requests import call_html, call_state
from trust_widgets.views.words import TRUTHS

if TYPE_CHECKING:
    from trust_widgets.views.state.exercise import ExerciseState


class ExercisePart(ViewPart):
    """What `ExerciseView` shows.

    Args:
        exercise: an exercise, or its name, title or number.
        progress: the file of attempts; `""` for none.
    """

    part = "exercise"

    def __init__(
        self, exercise: Exercise | str = "W1", *, progress: Path | str | None = None
    ) -> None:
        if not isinstance(exercise, Exercise):
            exercise = exercise_named(exercise)
        self._exercise = exercise
        self._attempts = Attempts(exercise, progress)
        self._answers = Answers(self._attempts.folder)
        self._is_typed = False  # the caller's half, since it was graded
        self._permission = PermissionHalf(exercise, self._answers)
        self._graded: tuple[str, Result] | None = None
        text = self._answers.of(exercise.name, exercise.start)
        super().__init__(TrustModel(text=text, home=exercise.home))

    @property
    def exercise(self) -> Exercise:
        """The exercise."""
        return self._exercise

    @property
    def result(self) -> Result:
        """The grade of the answer as it is now."""
        text = self.model.text
        if self._graded is None or self._graded[0] != text:
            self._graded = text, self._exercise.check(text)
        return self._graded[1]

    # -- what is drawn -----------------------------------------------------------------------------

    def draw(self) -> ExerciseState:
        exercise = self._exercise
        text, result = self._graded or (self.model.text, self.result)
        is_about_another = result.mistake in (Mistake.TOO_WIDE, Mistake.TOO_NARROW)
        return {
            "label": exercise.label,
            "title": exercise.title,
            "minutes": exercise.minutes,
            "brief": exercise.brief,
            "edition": self.model.revision,
            "stale": text != self.model.text or self._is_typed,
            "grade": GRADES.get(result.mistake, "wrong"),
            "message": result.message,
            "because": result.because,
            "callers": self._callers(result),
            "others": about_others(result),
            "witness": call_state(result.witness) if result.witness and is_about_another else None,
            "hints": list(exercise.hints[: self._attempts.hints]),
            "hintsLeft": len(exercise.hints) - self._attempts.hints,
            "solutions": list(exercise.solutions) if self._attempts.saw_solution else [],
            "reading": list(exercise.reading),
            "isStart": self.model.text == exercise.start and self._permission.is_start,
            "permission": self._permission.state(self._attempts.saw_solution),
            "progress": self._attempts.state(self._is_passed_now(), self._answers.wrong),
        }

    def _callers(self, result: Result) -> list[Any]:
        """The callers of the story, also while the answer is no policy."""
        checked = {each.caller: each for each in result.callers}
        rows = []
        for named in (*self._exercise.must_allow, *self._exercise.must_deny):
            found = checked.get(named.caller)
            row = {
                "caller": named.caller,
                "must": named in self._exercise.must_allow,
                "right": TRUTHS[found.is_right] if found else None,
                "because": found.because if found and not found.is_right else "",
            }
            rows.append(row)
        return rows

    def _is_passed_now(self) -> bool:
        if self._graded is None or not self._graded[1].passed:
            return False
        return self._exercise.permission is None or self._permission.result.passed

    def still(self) -> Html:
        exercise, result = self._exercise, self.result
        minutes = f"{exercise.minutes} minutes"
        parts = [
            tag("p", tag("b", heading_of(exercise)), f" ({minutes})"),
            tag("p", exercise.brief),
        ]
        for must, title in TITLES.items():
            rows = [row for row in self._callers(result) if row["must"] is must]
            parts.append(tag("p", tag("b", title)))
            parts.append(tag("ul", *(still_row(row) for row in rows)))
        parts += [policy_html(self.model.text), tag("p", result.message)]
        if result.because:
            parts.append(tag("p", result.because))
        if result.witness and result.mistake in (Mistake.TOO_WIDE, Mistake.TOO_NARROW):
            parts.append(call_html(result.witness))
        if exercise.permission is not None:
            parts.append(tag("p", exercise.permission.brief))
            parts.append(policy_html(self._permission.text))
        parts += [still_hint(number, hint) for number, hint in enumerate(exercise.hints, 1)]
        return tag("div", join(*parts))

    @property
    def permission_result(self) -> Result:
        """The grade of the caller's half as it is now.

        Raises:
            ValueError: for an exercise that does not ask for it.
        """
        return self._permission.result

    # -- what the reader does ----------------------------------------------------------------------

    @message
    def do_grade(self) -> None:
        """Grade the answer: the reader pauses."""
        self._is_typed = False
        self._attempts.note(self.result, self.model.text == self._exercise.start)
        if self._exercise.permission is not None:
            self._attempts.note(self._permission.result, self._permission.is_start)
        self._keep_answers()
        self._draw()

    def _keep_answers(self) -> None:
        """So that they are there when the page is loaded again."""
        exercise, half = self._exercise, self._permission
        self._answers.keep(exercise.name, self.model.text, exercise.start)
        self._answers.keep(exercise.permission_name, half.text, half.start)

    @message
    def do_hint(self) -> None:
        """Show one more hint."""
        self._attempts.hints = min(self._attempts.hints + 1, len(self._exercise.hints))
        self._draw()

    @message
    def do_solution(self) -> None:
        """Show the solutions, which counts as an attempt."""
        if not self._attempts.saw_solution:
            self._attempts.saw_solution = True
            self._attempts.record(self.result)
        self._draw()

    @message
    def do_use(self, number: int) -> None:
        """Put a solution that is shown into the editor; undo brings the answer again.

        Args:
            number: its place among the solutions, from 0.
        """
        if self._attempts.saw_solution and number in range(len(self._exercise.solutions)):
            self.model.replace_with(self._exercise.solutions[number])
        self._draw()

    @message
    def do_restart(self) -> None:
        """Put the policy to begin with back; undo brings the answer again."""
        self.model.replace_with(self._exercise.start)
        self._permission.text = self._permission.start
        self._keep_answers()
        self._draw()

    @message
    def do_forget(self) -> None:
        """Remove this exercise's attempts from the file, and hide hints and solutions."""
        self._attempts.forget()
        self._draw()

    def take(self, typed: dict[str, Any]) -> None:
        """Take in the caller's half."""
        fields = typed.get("fields", {})
        self._permission.text = str(fields.get(FIELD, self._permission.text))
        self._is_typed = True


class ExerciseView(View, ExercisePart):
    """A task, an editor for the answer, and what is right and wrong about it.

    The answer is graded whenever the reader pauses: each caller of the story is decided, and then
    all requests are searched for one that the answer decides wrongly.

    Args:
        exercise: an exercise, or its name, title or number in the workshop.
        progress: the file of attempts; when none is given, `trust-widgets-progress.jsonl` in the
            working folder; `""` for none. The answer is kept next to it, in
            `trust-widgets-answers.json`.

    Raises:
        KeyError: for an exercise that is not there; the message lists those that are.

    Example:
        >>> import trust_widgets as tw
        >>> view = tw.ExerciseView("W3", progress="")
        >>> view.result.message
        "The vendor with another customer's ID can assume the role, but must not be able to."
        >>> view.text = view.exercise.solutions[0]
        >>> view.result.passed
        True
    """

    editor_state = traitlets.Dict().tag(sync=True)
    editor_typed = traitlets.Dict().tag(sync=True)

    def __init__(
        self, exercise: Exercise | str = "W1", *, progress: Path | str | None = None
    ) -> None:
        super().__init__(exercise, progress=progress)
        self._editor = AnswerEditorPart(self.model, f"{self.exercise.name}.json", "40em")
        traitlets.dlink((self._editor, "state"), (self, "editor_state"))
        traitlets.dlink((self, "editor_typed"), (self._editor, "typed"))
        self._editor.redraw()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the browser typed, and send what changes in one piece."""
        with self.hold_sync():
            super().set_state(sync_data)

    def _hear(self, _: object, content: Any, __: object) -> None:
        """Hand the editor's messages to the editor."""
        if isinstance(content, dict) and content.get("part") == self._editor.part:
            said = {key: content[key] for key in content if key != "part"}
            with self.hold_sync():
                self._editor.hear(said)
        else:
            self.hear(content)

    def _part_typed_in(self, trait: str) -> ViewPart:
        return self._editor if trait.startswith("editor") else self

    def close(self) -> None:
        """Stop following the answer, and take the view off the page."""
        if "_editor" in self.__dict__:
            self._editor.unfollow()
        super().close()


def exercise(name: str = "W1", progress: Path | str | None = None) -> ExerciseView:
    """Display an exercise.

    Args:
        name: its number in the workshop, `"W1"` to `"W7"`, its name or its title; `tw.EXERCISES`
            has all of them.
        progress: the file of attempts; see `ExerciseView`.

    Raises:
        KeyError: for an exercise that is not there; the message lists those that are.

    Example:
        >>> import trust_widgets as tw
        >>> tw.exercise("Flat 7", progress="").exercise.minutes
        8
    """
    return ExerciseView(name, progress=progress)
