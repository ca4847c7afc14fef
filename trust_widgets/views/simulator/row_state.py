"""A row of a decision as a browser draws it; see `frontend/src/state.ts`."""

from __future__ import annotations

from typing import Any

from trust_widgets.explain import ComparisonRow
from trust_widgets.views.words import TRUTHS


def row_state(row: ComparisonRow) -> dict[str, Any]:
    """One part of a statement beside what the request has for it."""
    return {
        "label": row.label,
        "key": row.key,
        "how": row.operator,
        "truth": TRUTHS[row.truth],
        "path": list(row.path),
        "has": [value._asdict() for value in row.has],
        "hasNote": row.has_note,
        "wants": [value._asdict() for value in row.wants],
        "wantsNote": row.wants_note,
        "more": row.more,
    }
