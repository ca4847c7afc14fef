"""The policy's text in an editor, with the findings at their places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trust_widgets.aws.limits import TRUST_POLICY_CHARACTERS
from trust_widgets.findings import Severity
from trust_widgets.policy import Given, policy_html
from trust_widgets.text.html import Html
from trust_widgets.views.base import View
from trust_widgets.views.draft_preview import preview_of
from trust_widgets.views.editor_status import status_of
from trust_widgets.views.messages import message
from trust_widgets.views.pasted import is_pasted, unwrap
from trust_widgets.views.saving import SavesFiles
from trust_widgets.views.text_positions import (
    browser_length,
    browser_offset,
    browser_text,
    finding_named,
    finding_spots,
    span_of,
    statement_at,
    text_between,
)

if TYPE_CHECKING:
    from trust_widgets.views.state.findings import Mark, Spot
    from trust_widgets.views.state.policy import EditorState, ShownPlace

FILENAME = "trust-policy.json"
SIZE_NOTE = (
    "Number of characters in the policy up to here, without white space. The default quota is "
    "2,048 characters. It can be raised on request, to 8,192 according to recent sources."
)


class EditorPart(SavesFiles):
    """What `EditorView` shows."""

    part = "editor"
    redraw_on = ("revision", "shown", "selected", "chosen")

    def __init__(self, model: Given | None = None, height: str = "48em") -> None:
        self._height = height
        # What was taken from a text that was pasted, and the text that it left.
        self._unwrapped = ("", "")
        super().__init__(model)

    def draw(self) -> EditorState:
        model = self.model
        return {
            "text": browser_text(model.text),
            "good": model.is_good,
            "status": self._notice() or status_of(model),
            "behind": model.is_good and model.is_behind,
            "preview": preview_of(model),
            "spots": self._marks(),
            "size": model.policy.size,
            "quota": TRUST_POLICY_CHARACTERS,
            "sizeNote": SIZE_NOTE,
            "canUndo": model.can_undo,
            "canRedo": model.can_redo,
            "filename": FILENAME,
            "saved": self.saved_state(),
            "canSave": self.can_save(),
            "height": self._height,
            "goTo": self._place(),
            "selected": self._selected(),
        }

    def _marks(self) -> list[Mark]:
        text = browser_text(self.model.text)
        return [_mark(spot, text) for spot in finding_spots(self.model) if _is_marked(spot)]

    def _notice(self) -> str:
        notice, text = self._unwrapped
        return notice if text == self.model.text else ""

    def _selected(self) -> ShownPlace:
        """The statements of the selected grant, where there are several grants."""
        model = self.model
        spans = [span_of(model.text, ("Statement", index)) for index in model.selected_statements]
        if not spans:
            return {"from": 0, "to": 0, "count": 0}
        start, end = spans[0][0], spans[-1][1]
        return {
            "from": browser_offset(model.text, start),
            "to": browser_offset(model.text, end),
            "count": model.chosen,
        }

    def files(self) -> Mapping[str, str]:
        return {FILENAME: self.model.text}

    def _place(self) -> ShownPlace:
        path, count = self.model.shown or ((), 0)
        start, end = span_of(self.model.text, path)
        text = self.model.text
        return {
            "from": browser_offset(text, start),
            "to": browser_offset(text, end),
            "count": count,
        }

    def take(self, typed: dict[str, Any]) -> None:
        before, text = self.model.text, str(typed["text"])
        self.model.text = text
        if self.model.problems and is_pasted(before, text):
            self._unwrapped = unwrap(self.model), self.model.text

    @message
    def do_undo(self) -> None:
        """Undo, no matter who made the change."""
        self.model.undo()

    @message
    def do_redo(self) -> None:
        """Redo."""
        self.model.redo()

    @message
    def do_format(self) -> None:
        """Write the text anew, each value on its own line, if it can be read."""
        if self.model.is_good:
            document = json.loads(self.model.text)
            self.model.text = json.dumps(document, indent=2, ensure_ascii=False)

    @message
    def do_select(self, offset: int) -> None:
        """Open the form of the grant whose statement is at a place in the text."""
        if self.model.is_good:
            self.model.select_statement(statement_at(self.model.text, offset))

    @message
    def do_fix(self, id: str) -> None:
        """Apply a finding's fix."""
        finding = finding_named(self.model, id)
        if finding:
            self.model.apply(finding)

    def still(self) -> Html:
        return policy_html(self.model.text)


class EditorView(View, EditorPart):
    """The text of the policy, highlighted, checked and completed while it is typed.

    Args:
        model: a `TrustModel`; a new one when none is given.
        height: the editor's greatest height, as CSS says it; beyond it the text scrolls.

    Example:
        >>> import trust_widgets as tw
        >>> tw.EditorView(tw.TrustModel(text='{"Version": ')).state["good"]
        False
    """


def _mark(spot: Spot, text: str) -> Mark:
    """What the editor shows of a finding: of what goes on for several lines, the first."""
    first_line = text_between(text, spot["from"], spot["to"]).partition("\n")[0]
    return {
        "id": spot["id"],
        "label": spot["label"],
        "verdict": spot["verdict"],
        "message": spot["message"],
        "line": spot["line"],
        "from": spot["from"],
        "to": spot["from"] + browser_length(first_line),
        "fix": spot["fix"],
    }


def _is_marked(spot: Spot) -> bool:
    """What was accepted has no mark, but for a critical risk."""
    return not spot["accepted"] or spot["severity"] == Severity.CRITICAL.value
