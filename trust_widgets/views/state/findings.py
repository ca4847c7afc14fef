"""The states of findings, and of what a change does to who can assume the role."""

from __future__ import annotations

from typing import Literal, TypedDict

from trust_widgets.views.state.common import (
    CallState,
    LazyViewState,
    Span,
    TextChange,
    TextFile,
    Truth,
    VerdictName,
    ViewState,
)


class FindingCaller(TypedDict):
    """A caller whom a finding is about."""

    text: str
    hostile: str
    """A few words why, or empty."""


class Mark(Span):
    """A finding at its place in the text."""

    id: str
    label: str
    """The verdict, with the severity of what is open."""
    verdict: VerdictName
    message: str
    line: int
    fix: TextChange | None


class Spot(Mark):
    """A finding with all that is said of it."""

    code: str
    name: str
    severity: str
    place: str
    """"line 14" or "document"."""
    callers: list[FindingCaller]
    fine: str
    source: str
    page: str
    """About this mistake."""
    assumptions: list[str]
    accepted: str
    """Not empty: the reason for which the reader has accepted it; it is not counted."""
    acceptable: bool
    """What keeps the text from being read is not."""
    others: list[TextChange]
    """Other fixes, where there is a choice."""
    heldBack: int
    """How many findings may follow when it is fixed."""
    value: str
    """The value at its place, perhaps shortened: an acceptance is of that."""


class FindingState(Spot):
    """A finding as a card."""

    alike: int
    """How many of its kind can be fixed at once; 0: it is the only one."""
    complaints: dict[str, str]
    """About the acceptance that was not taken: reason, until."""


class ChangeAnswer(TypedDict):
    """Whether a change gives or takes access."""

    which: Literal["gained", "lost"]
    found: Truth
    sentence: str
    call: CallState | None
    because: str


class ConsequencesState(TypedDict):
    """What a change does to who can assume the role."""

    headline: str
    same: Truth
    """"yes": proved to allow the same requests."""
    answers: list[ChangeAnswer]
    new: list[str]
    """Sentences: who can assume the role now; `kept`: still; `gone`: no longer."""
    kept: list[str]
    gone: list[str]
    now: str
    """What the newer policy is called: "Now", or "After" a fix."""
    revoke: TextFile | None


class WeighedState(TypedDict):
    """A fix that was opened."""

    consequences: ConsequencesState | None
    change: TextChange | None
    """Of all findings of a kind; none for a single finding."""


class FindingsState(ViewState):
    """FindingsView: the findings as cards."""

    findings: list[FindingState]
    """Their positions refer to the widget's `text`."""
    counts: dict[VerdictName, int]
    said: str
    """For screen readers: "2 too permissive, 1 note. Worst: ..."."""
    none: str
    """What to say when there are none."""
    canTry: bool
    """A view that tries callers follows."""
    weighed: dict[str, WeighedState]
    """Of fixes that were opened, by the finding's ID, and by its code for all of a kind."""


OlderText = TypedDict("OlderText", {"old": str, "from": str})
"""The older text, and what it is."""


class ChangesState(LazyViewState, OlderText):
    """ChangesView: "What changed"."""

    new: str
    settable: bool
    """The reader can choose where to compare from; `moved`: and did."""
    moved: bool
    unchanged: str
    wrong: str
    consequences: ConsequencesState | None
    stale: bool
