"""Where the policy comes from."""

from __future__ import annotations

from typing import TypedDict

from trust_widgets.views.state.common import TextChange, ViewState


class NotKnown(TypedDict):
    """An expression that the file does not say."""

    expression: str
    place: str
    reason: str


class FilePreview(TypedDict):
    """What writing the policy back would change: an excerpt of the file, and the change in it."""

    text: str
    change: TextChange
    also: str


class SourceState(ViewState):
    """The file that the policy was read from, or the roles of a text that was pasted."""

    title: str
    """The role's name in the file; empty without a file."""
    place: str
    notKnown: list[NotKnown]
    note: str
    changed: bool
    """Whether the policy says something else than the file."""
    canWrite: bool
    preview: FilePreview | None
    said: str
    """What was done, or why it was not."""
    choices: list[str]
    """The roles of a text that was pasted."""
