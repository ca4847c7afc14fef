"""The editor for an answer: it marks what IAM would not save, and gives no other advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trust_widgets.findings import Verdict
from trust_widgets.views.editor import EditorPart

if TYPE_CHECKING:
    from trust_widgets.views.state.findings import Mark
    from trust_widgets.views.state.policy import EditorState

FILENAME = "answer.json"


class AnswerEditorPart(EditorPart):
    """An editor without the findings that would give the answer away."""

    def draw(self) -> EditorState:
        return {**super().draw(), "filename": FILENAME}

    def files(self) -> Mapping[str, str]:
        return {FILENAME: self.model.text}

    def _marks(self) -> list[Mark]:
        refused = [mark for mark in super()._marks() if mark["verdict"] == Verdict.REFUSED.value]
        return [{**mark, "fix": None} for mark in refused]
