"""What the browser calls the grades of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.exercises import Mistake

if TYPE_CHECKING:
    from trust_widgets.views.state.exercise import Grade

GRADES: dict[Mistake | None, Grade] = {
    None: "right",
    Mistake.UNREADABLE: "unreadable",
    Mistake.REFUSED: "refused",
    Mistake.NOT_DECIDED: "undecided",
}
"""All other mistakes are `wrong`."""
