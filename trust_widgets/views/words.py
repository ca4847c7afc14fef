"""What several views say in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trust_widgets.views.state.common import Truth

OLD = "The policy's text is invalid. This is based on the last valid version."
NOT_KNOWN = "Who can assume this role is not known: the analysis failed. See the findings."
TRUTHS: dict[bool | None, Truth] = {True: "yes", False: "no", None: "unknown"}
"""How the browser side calls true, false and not known."""
