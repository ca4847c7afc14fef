"""Who may assume this role: a chip for each grant, and the picker for another caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.model import Grant, labels_of
from trust_widgets.text.html import Html, tag
from trust_widgets.views.base import View
from trust_widgets.views.messages import message
from trust_widgets.views.part import ViewPart

if TYPE_CHECKING:
    from trust_widgets.views.state.policy import ChipState, GrantsState


class GrantsPart(ViewPart):
    """What `GrantsView` shows."""

    part = "grants"
    redraw_on = ("revision", "selected")

    def draw(self) -> GrantsState:
        labels = labels_of(self.model.grants)
        return {
            "chips": [
                self._chip(index, grant, labels[index])
                for index, grant in enumerate(self.model.grants)
            ],
            "selected": self.model.selected,
            "stale": not self.model.is_good,
        }

    def _chip(self, index: int, grant: Grant, label: str) -> ChipState:
        unfinished = any(complaint.grant == index for complaint in self.model.complaints)
        return {
            "label": label,
            "title": label,
            "unfinished": unfinished,
            "byHand": not grant.pattern,
        }

    @message
    def do_add(self, pattern: str) -> None:
        """Add a grant with nothing answered yet."""
        self.model.add_grant(Grant(pattern))

    @message
    def do_select(self, index: int) -> None:
        """Open a grant's form."""
        if 0 <= index < len(self.model.grants):  # a click may come after the grant is gone
            self.model.choose(index)

    @message
    def do_remove(self, index: int) -> None:
        """Take a grant away, with its statements."""
        if 0 <= index < len(self.model.grants):
            self.model.change_grant(index, None)

    def still(self) -> Html:
        labels = [*labels_of(self.model.grants)] or ["No callers yet"]
        chips = [tag("li", label) for label in labels]
        return tag("div", tag("b", "Who can assume this role?"), tag("ul", *chips))


class GrantsView(View, GrantsPart):
    """The grants as chips, and a picker grouped by who. Choosing a chip opens its form.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> view = tw.GrantsView()
        >>> view.do_add("aws_service")
        >>> view.model.grants[0].pattern
        'aws_service'
    """
