"""The other half: what must exist with the role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.exporters import companions_to_make
from trust_widgets.policy import policy_html
from trust_widgets.text.html import Html, join, tag
from trust_widgets.views.base import View
from trust_widgets.views.lazy import LazyPart
from trust_widgets.views.words import NOT_KNOWN

if TYPE_CHECKING:
    from trust_widgets.views.state.common import TitledFile
    from trust_widgets.views.state.policy import CompanionsState

NONE = (
    "This trust policy needs no other resources. The role still needs a permissions policy "
    "before it can do anything."
)
NOBODY = "First choose who can assume this role."


class CompanionsPart(LazyPart):
    """What `CompanionsView` shows."""

    part = "companions"

    def draw_seen(self) -> CompanionsState:
        shown: list[TitledFile] = [
            {"title": c.title, "note": c.note, "filename": c.filename, "text": c.text}
            for c in self.model.role.companions
        ]
        return {
            "companions": shown,
            "empty": self._empty(),
            "stale": not self.model.is_good,
        }

    def _empty(self) -> str:
        if companions_to_make(self.model.role):
            return ""
        if not self.model.are_callers_known:
            return NOT_KNOWN
        return NONE if self.model.callers else NOBODY

    def still(self) -> Html:
        parts = [
            join(tag("p", tag("b", c.title), ": ", c.note), policy_html(c.text))
            for c in self.model.role.companions
        ]
        return tag("div", *([tag("p", self._empty())] if self._empty() else []), *parts)


class CompanionsView(View, CompanionsPart):
    """The `companions` of the role in tabs, such as the caller's permissions policy.

    Args:
        model: a `TrustModel`; a new one when none is given.

    Example:
        >>> import trust_widgets as tw
        >>> answers = {"vendor": "999988887777", "external_id": "b2f6c3de-9a41-4b55"}
        >>> view = tw.CompanionsView(tw.TrustModel(grants=[tw.Grant("vendor", answers)]))
        >>> [companion["title"] for companion in view.state["companions"]]
        ['For the vendor', 'Revoke existing sessions']
    """
