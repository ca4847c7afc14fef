"""A text of AWS that has one cause."""

from __future__ import annotations

from typing import NamedTuple


class OtherRefusal(NamedTuple):
    """A text of AWS that has one cause.

    Args:
        pattern: a regular expression that finds it, whatever its letter case.
        cause: what is wrong, what follows from it, and what to do; `{0}` is the pattern's group.
    """

    pattern: str
    cause: str
