"""The states of the views about all requests: who can assume the role, and truth tables."""

from __future__ import annotations

from typing import Literal, TypedDict

from trust_widgets.views.state.common import (
    CallState,
    LazyViewState,
    Place,
    TextPart,
    Truth,
)

ShapeState = list["str | dict[str, str] | ShapeState"]
"""A shape of the picture: its name, its attributes, and what is in it."""


class WhoCard(TypedDict):
    """A class of callers who can assume the role."""

    id: str
    parts: list[TextPart]
    whole: str
    """The sentence with all items of its lists; empty where `parts` have them."""
    stranger: Truth
    word: str
    why: str
    """Why it is not decided, or empty."""
    accounts: list[str]
    """Whose they are decides it, and the reader can say so."""
    call: CallState | None
    noCall: str
    path: Place
    statement: str
    place: str


class ShutState(TypedDict):
    """A statement that allows no request."""

    text: str
    path: Place
    place: str


class WhoState(LazyViewState):
    """WhoView: "Who gets in"."""

    cards: list[WhoCard]
    nobody: str
    """Not empty: why there are no cards."""
    refused: str
    """Not empty: IAM would not save this policy."""
    shut: list[ShutState]
    denies: list[str]
    picture: ShapeState | None
    stale: bool
    behind: bool
    """As in the editor."""


class TruthCell(TypedDict):
    """The result of one operator in one case."""

    truth: Truth
    word: str


class TruthRow(TypedDict):
    """A case of the truth table."""

    name: str
    title: str
    example: str
    several: bool
    surprises: bool
    cells: list[TruthCell]


class ConditionChoice(TypedDict):
    """A condition of the policy."""

    id: str
    label: str


class OperatorForm(TypedDict):
    """A variant of the operator."""

    name: str
    about: str


class TruthTableState(TypedDict):
    """One condition's table."""

    effect: Literal["Allow", "Deny"]
    key: str
    values: str
    operators: list[OperatorForm]
    """As written first."""
    form: str
    """The variant that is explained."""
    rows: list[TruthRow]
    sentence: str
    many: str
    folded: bool
    empty: str


class TruthState(LazyViewState, TruthTableState):
    """TruthTableView: "Conditions"."""

    choices: list[ConditionChoice]
    chosen: str
    place: str
    path: Place
    stale: bool
