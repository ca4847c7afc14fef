"""What several views say in the same words."""

from __future__ import annotations

OLD = "The policy's text can't be read; this is of the last good one."
NOT_KNOWN = "Who can assume this role is not known: the analysis failed. See the findings."
TRUTHS = {True: "yes", False: "no", None: "unknown"}
"""How the browser side calls true, false and not known; see `frontend/src/state.ts`."""
