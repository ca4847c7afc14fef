"""What several views say in the same words."""

from __future__ import annotations

TRUTHS = {True: "yes", False: "no", None: "unknown"}
"""How the browser side calls true, false and not known; see `frontend/src/state.ts`."""

OLD = "The policy's text can't be read; this is of the last good one."
