"""The joint between kernel and browser: what each view draws, types, and hears.

The kernel alone writes `state`, the browser alone writes `typed`. All positions are in UTF-16
units of the text with every line break counted as one.
"""

from __future__ import annotations

from typing import Literal, TypedDict

VerdictName = Literal["refused", "dead", "open", "advice"]
OutcomeName = Literal["allowed", "not allowed", "denied", "depends", "invalid"]
Truth = Literal["yes", "no", "unknown"]
Place = list[str | int]
"""A path in the policy."""
FieldValue = str | bool | list[str]


class FaultState(TypedDict):
    """An exception in the kernel, shown in the view."""

    title: str
    detail: str


class Common(TypedDict):
    """What every state has."""

    revision: int
    """Of the newest `typed` that this state has taken in; older echoes are never drawn over newer
    typing."""
    fault: FaultState | None


class Seen(Common):
    """What every state has of a view that is drawn only while it is visible."""

    seen: bool
    canTry: bool
    """A view that tries callers follows."""


class ViewState(TypedDict):
    """What a view draws. `View` adds `Common`, and so does the interface in TypeScript."""


class LazyViewState(TypedDict):
    """What a lazy view draws. `LazyView` adds `Seen`, and so does the interface in TypeScript."""


class Option(TypedDict):
    """A value with the label that the reader sees."""

    value: str
    label: str


class Titled(TypedDict):
    """A name with the title that the reader sees."""

    name: str
    title: str


class TitledKind(Titled):
    """A kind of grant or of caller, in a picker."""

    about: str


class TextFile(TypedDict):
    """A file to copy or to download."""

    filename: str
    note: str
    text: str


class TitledFile(TextFile):
    """A file in a tab."""

    title: str


class SavedState(TypedDict):
    """What to say about the file that was saved last."""

    filename: str
    said: str
    exists: bool
    """Another file of that name is there: it is replaced only if the reader asks for it."""


class TextPart(TypedDict):
    """A part of a sentence."""

    text: str
    wide: bool
    """Drawn in bold: it matches more than one caller."""


class FieldState(TypedDict):
    """A question of a form as a control."""

    name: str
    label: str
    help: str
    example: str
    kind: Literal["text", "choice", "flag", "list"]
    value: FieldValue
    complaint: str
    optional: bool
    more: bool
    options: list[Option]
    """For a choice."""
    suggestions: str
    """For text and list: the name of the table of what is offered while typing, or empty."""
    half: bool
    """May be drawn next to its neighbor."""
    role: bool
    """Belongs to the role (account), not to the grant."""
    long: bool
    """A text of many lines."""
    generates: bool
    """A button makes an answer."""
    candidates: list[str]
    """The answers that the text may represent, to choose from."""
    withheld: bool
    """What was typed was not taken in, and may hold a secret: `value` is empty, and the browser
    alone keeps the text."""


Span = TypedDict("Span", {"from": int, "to": int})
"""A range of the text."""


class TextChange(Span):
    """One replacement in the text."""

    title: str
    insert: str


class KeyState(TypedDict):
    """A context key of a request with its value."""

    key: str
    name: str
    """The key as people call it."""
    value: str


class CallState(TypedDict):
    """A request as a reader takes it."""

    who: str
    principal: str
    action: str
    keys: list[KeyState]
