"""The states of the views that write the policy: grants, summary, form, editor, other files."""

from __future__ import annotations

from typing import Literal, TypedDict

from trust_widgets.views.state.common import (
    FieldState,
    FieldValue,
    LazyViewState,
    SavedState,
    Span,
    TextFile,
    TextPart,
    TitledFile,
    ViewState,
)
from trust_widgets.views.state.findings import Mark


class ChipState(TypedDict):
    """A grant as a chip."""

    label: str
    title: str
    unfinished: bool
    byHand: bool


class GrantsState(ViewState):
    """GrantsView: "Who may assume this role?", the chips and the picker."""

    chips: list[ChipState]
    selected: int
    """-1: none."""
    stale: bool
    """The text does not parse: chips cannot be clicked."""


Mood = Literal["good", "warn", "bad", "empty"]
"""The icon next to the sentence."""


class SummaryState(ViewState):
    """SummaryView: the sentence."""

    parts: list[TextPart]
    """Joined they are the sentence."""
    whole: str
    """The sentence with all items of its lists; empty where `parts` have them."""
    mood: Mood
    stale: bool
    behind: bool
    """As in the editor."""


class GuardState(TypedDict):
    """A condition of the grant."""

    label: str
    key: str
    operator: str
    values: list[str]
    complaint: str
    help: str
    named: bool
    """A named kind: only its value is a question; for others key, operator and values are."""
    fixed: bool
    """Its value is the only one that makes sense, so the form does not show it."""
    generates: bool
    """A button makes a value."""
    warning: str
    """This caller can never have this key, because ..."""


class GuardOffer(TypedDict):
    """A condition that can be added."""

    name: str
    """`any` is "any key"."""
    label: str
    key: str
    recommended: bool
    reason: str
    """Why it is recommended; for one that is not, if not empty, why it is grayed."""


class GrantForm(TypedDict):
    """What the form of one grant holds."""

    title: str
    about: str
    fields: list[FieldState]
    fixed: list[str]
    """Conditions that the pattern always writes, as text: "aud = sts.amazonaws.com"."""
    guards: list[GuardState]
    offers: list[GuardOffer]


class FormState(ViewState, GrantForm):
    """FormView: the selected grant."""

    grant: int
    pattern: str
    locked: str
    """Not empty: why the form is disabled (the text does not parse)."""
    byHand: str
    """Not empty: the JSON of a statement that no pattern recognizes, shown instead of fields."""
    empty: bool
    """No grant yet."""
    asked: int
    """Grows when a grant was added: put the focus into the first question."""


class TypedGuard(TypedDict):
    """A condition as typed."""

    key: str
    operator: str
    values: list[str]


class FormTyped(TypedDict):
    """What FormView's browser side types."""

    grant: int
    pattern: str
    fields: dict[str, FieldValue]
    guards: list[TypedGuard]
    pasted: str
    """The field into which the newest text was pasted; or empty."""


class ShownPlace(Span):
    """When `count` grows: put the cursor there and scroll."""

    count: int


class EditorState(ViewState):
    """EditorView: the text."""

    text: str
    good: bool
    """The text parses."""
    status: str
    """Why the text is not what the form says, or cannot be read; or empty."""
    behind: bool
    """The text is that of older answers, since the newest are incomplete."""
    preview: str
    """What the unfinished entry is about to write, with gaps; or empty."""
    spots: list[Mark]
    size: int
    quota: int
    sizeNote: str
    canUndo: bool
    canRedo: bool
    filename: str
    height: str
    """CSS: greatest height of the editor."""
    goTo: ShownPlace
    selected: ShownPlace
    """The statements of the selected grant, where there are several. When `count` grows: scroll."""
    saved: SavedState | None
    canSave: bool


class EditorTyped(TypedDict):
    """What EditorView's browser side types."""

    text: str


class CompanionsState(LazyViewState):
    """CompanionsView: "The other half"."""

    companions: list[TitledFile]
    empty: str
    """What to say when there are none."""
    stale: bool


class ExportedFile(TextFile):
    """The role in one form."""

    name: str
    title: str
    language: str
    source: str


class ExportState(LazyViewState):
    """ExportView: the role in the forms that tools take it in."""

    fields: list[FieldState]
    """Role name, path, longest session, account."""
    exports: list[ExportedFile]
    """Only the chosen one has its text."""
    chosen: str
    stale: bool
    blocked: str
    """Not empty: why there is nothing to export yet."""


class ExportTyped(TypedDict):
    """What ExportView's browser side types."""

    fields: dict[str, FieldValue]


class AcceptedKey(TypedDict):
    """An accepted finding, as kept in trust-home.toml."""

    code: str
    reason: str
    until: str
    """An ISO date, or empty."""
    where: str
    """A place, or empty for any."""
    value: str
    """A value, or empty for any."""


class AcceptedState(AcceptedKey):
    """An accepted finding as a row."""

    over: bool
    """It counts no more."""


class HomeState(LazyViewState):
    """HomeView: what is the reader's own, as kept in trust-home.toml."""

    fields: list[FieldState]
    """Accounts, organization, github_owners, vendors."""
    accepted: list[AcceptedState]
    filename: str
    text: str
    saved: SavedState | None
    canSave: bool


class HomeTyped(TypedDict):
    """What HomeView's browser side types."""

    fields: dict[str, FieldValue]


class BuilderState(ViewState):
    """TrustBuilder: lays out the views; its trait `parts` holds them as references."""
