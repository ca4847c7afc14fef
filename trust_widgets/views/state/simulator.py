"""The state of the view in which a caller is tried, and what is typed there."""

from __future__ import annotations

from typing import Literal, TypedDict

from trust_widgets.views.state.common import (
    CallState,
    FieldState,
    FieldValue,
    LazyViewState,
    Option,
    OutcomeName,
    Place,
    SavedState,
    TextChange,
    TitledFile,
    Truth,
)


class DiffTextState(TypedDict):
    """A text in which is marked what differs from the other side."""

    before: str
    differs: str
    after: str


class ComparedRow(TypedDict):
    """What the request has next to what the policy requires."""

    label: str
    key: str
    """The condition key in full, or empty."""
    how: str
    """The operator, or empty."""
    truth: Truth
    path: Place
    has: list[DiffTextState]
    hasNote: str
    """Notes are words of ours: "not in the call", "anything but"."""
    wants: list[DiffTextState]
    wantsNote: str
    more: int
    """Values of the policy that are not shown."""


class ReasonNode(TypedDict):
    """A reason with those that it rests on."""

    text: str
    truth: Truth
    path: Place
    place: str
    """"line 14" or empty."""
    parts: list[ReasonNode]


class FieldName(TypedDict):
    """A question of the form."""

    name: str
    label: str


class GuessState(FieldName):
    """An answer that the policy alone put into the form, and that matters."""

    value: str


class AnswerChange(TypedDict):
    """One thing that would have to change."""

    id: str
    where: Literal["policy", "caller", "elsewhere"]
    text: str
    fix: TextChange | None
    about: str
    """What is to be said of the request; `field`: where in the form."""
    field: FieldName | None


class AssumptionState(TypedDict):
    """What the decision assumes."""

    text: str
    open: str
    source: str


class AnswerState(TypedDict):
    """The decision about the request."""

    refusal: str
    """What AWS said when it refused the request, with what follows; or empty."""
    guesses: list[GuessState]
    settles: bool
    """The changes are all things to be said of the request."""
    sayMore: str
    """The form in which to say what the pasted text leaves open, or empty."""
    outcome: OutcomeName
    word: str
    because: str
    title: str
    """Of the statement that decides; empty: none."""
    path: Place
    place: str
    deny: bool
    rows: list[ComparedRow]
    changes: list[AnswerChange]
    assumptions: list[AssumptionState]
    tree: ReasonNode | None
    """None until the reader opens it."""


class KeptState(TypedDict):
    """A saved caller as a row."""

    name: str
    title: str
    opens: bool
    """There is a form for it."""
    expected: OutcomeName | Literal[""]
    options: list[Option]
    outcome: OutcomeName | Literal[""]
    """Empty: it makes no request any more."""
    word: str
    agrees: bool
    note: str
    """Why, or what of it is unknown."""


class RawState(TypedDict):
    """A request that another view handed over."""

    call: CallState
    editAs: str
    """The form that can make it, or empty."""


class BenchState(TypedDict):
    """The saved callers."""

    name: str
    """Of the saved caller that was opened, or one to suggest."""
    kept: list[KeptState]
    files: list[TitledFile]
    """The saved callers as files."""
    said: str
    """What came of loading: empty, or a complaint."""
    saved: SavedState | None
    canSave: bool


class SimulatorState(LazyViewState, BenchState):
    """SimulatorView: "Try a caller", one request against the policy."""

    caller: str
    """Empty as long as none was chosen."""
    raw: RawState | None
    title: str
    about: str
    note: str
    source: str
    guesses: bool
    """The form can be filled such that the policy allows the caller."""
    fields: list[FieldState]
    wrong: str
    """Not empty: why there is no answer."""
    remarks: list[str]
    """About the request: that a token has expired."""
    stale: bool
    text: str
    """What the fixes are shown as a diff against."""
    answer: AnswerState | None
    whole: bool
    """The whole reasoning is open."""


class TypedKept(TypedDict):
    """A saved caller as typed."""

    name: str
    expected: str


class SimulatorTyped(TypedDict):
    """What SimulatorView's browser side types."""

    caller: str
    fields: dict[str, FieldValue]
    kept: list[TypedKept]
