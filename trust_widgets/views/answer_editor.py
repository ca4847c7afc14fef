"""The editor for an answer: it marks what IAM would not save, and gives no other advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trust_widgets.findings import Verdict
from trust_widgets.model import TrustModel
from trust_widgets.views.editor import EditorPart

if TYPE_CHECKING:
    from trust_widgets.views.state.findings import Mark
    from trust_widgets.views.state.policy import EditorState


class AnswerEditorPart(EditorPart):
    """An editor without the findings that would give the answer away.

    Args:
        model: the answer.
        filename: under which the answer is saved.
        height: the most that the editor takes, a length of CSS.
    """

    def __init__(self, model: TrustModel, filename: str, height: str) -> None:
        self._filename = filename
        super().__init__(model, height)

    def draw(self) -> EditorState:
        return {**super().draw(), "filename": self._filename}

    def files(self) -> Mapping[str, str]:
        return {self._filename: self.model.text}

    def _marks(self) -> list[Mark]:
        refused = [mark for mark in super()._marks() if mark["verdict"] == Verdict.REFUSED.value]
        return [{**mark, "fix": None} for mark in refused]
