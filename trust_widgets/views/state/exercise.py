"""The state of the view of an exercise."""

from __future__ import annotations

from typing import Literal, TypedDict

from trust_widgets.views.state.common import (
    CallState,
    FieldState,
    FieldValue,
    Truth,
    ViewState,
)


class ExerciseCaller(TypedDict):
    """A caller of the story."""

    caller: str
    must: bool
    """The caller has to be able to assume the role."""
    right: Truth | None
    """Whether the answer decides this caller as the task says; `null` while it is no policy."""
    because: str


Grade = Literal["right", "wrong", "unreadable", "refused", "undecided"]
"""What the answer is."""


class ExerciseProgress(TypedDict):
    """What the file of attempts says about this exercise."""

    passed: bool
    tries: int
    path: str
    """Where the file is; empty where nothing is written."""
    answers: str
    """The name of the file next to it that has the answers."""
    wrong: str
    """Why it could not be written, or empty."""


class ExercisePermission(TypedDict):
    """The caller's half."""

    brief: str
    fields: list[FieldState]
    """One: the caller's permissions policy."""
    grade: Grade
    message: str
    because: str
    solutions: list[str]
    """Empty until they are requested."""


class ExerciseState(ViewState):
    """ExerciseView: a task, the answer's grade, hints."""

    label: str
    title: str
    minutes: int
    brief: str
    edition: int
    """Grows when the answer changes."""
    stale: bool
    """The grade is of an earlier text: ask for a new one when the reader pauses."""
    grade: Grade
    message: str
    because: str
    callers: list[ExerciseCaller]
    others: str
    """What is known of all other requests."""
    witness: CallState | None
    """A request that is not in the story and shows what is wrong."""
    hints: list[str]
    """Those that were requested."""
    hintsLeft: int
    solutions: list[str]
    """Empty until they are requested."""
    reading: list[str]
    isStart: bool
    """The answer is the policy to begin with."""
    permission: ExercisePermission | None
    progress: ExerciseProgress


class ExerciseTyped(TypedDict):
    """What is typed besides the editor's text."""

    fields: dict[str, FieldValue]
