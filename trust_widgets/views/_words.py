"""What several views say in the same words."""

from __future__ import annotations

OLD = "The policy's text can't be read; this is of the last good one."
