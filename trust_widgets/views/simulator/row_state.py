"""A row of a decision as a browser draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.explain import ComparisonRow
from trust_widgets.text.diff import DiffText
from trust_widgets.views.words import TRUTHS

if TYPE_CHECKING:
    from trust_widgets.views.state.simulator import ComparedRow, DiffTextState


def row_state(row: ComparisonRow) -> ComparedRow:
    """One part of a statement next to what the request has for it."""
    return {
        "label": row.label,
        "key": row.key,
        "how": row.operator,
        "truth": TRUTHS[row.truth],
        "path": list(row.path),
        "has": list(map(_diff_text_state, row.has)),
        "hasNote": row.has_note,
        "wants": list(map(_diff_text_state, row.wants)),
        "wantsNote": row.wants_note,
        "more": row.more,
    }


def _diff_text_state(value: DiffText) -> DiffTextState:
    return {"before": value.before, "differs": value.differs, "after": value.after}
