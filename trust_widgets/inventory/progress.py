"""How far a scan is: one line in a terminal or a notebook, which is written over."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import NamedTuple, TextIO

FIRST = 1.5
"""Seconds before anything is shown: a short scan shows nothing."""
EVERY = 0.25


class ScanProgress(NamedTuple):
    """How far a scan is.

    Args:
        roles: how many were read. policies: how many distinct ones they have.
        analysed: how many of these were analyzed.
        share: of all bytes, how much was read, from 0 to 1.
        seconds: since the start.
    """

    roles: int
    policies: int
    analysed: int
    share: float
    seconds: float

    @property
    def line(self) -> str:
        """The same as a line.

        Example:
            >>> ScanProgress(3000, 40, 30, 0.5, 2.0).line
            '3,000 roles (1,500 per second), 30 of 40 distinct policies analyzed, 50 %, 2 s left'
        """
        rate = self.roles / self.seconds if self.seconds else 0.0
        parts = [
            f"{self.roles:,} roles ({rate:,.0f} per second)",
            f"{self.analysed:,} of {self.policies:,} distinct policies analyzed",
        ]
        if 0 < self.share < 1:
            left = self.seconds * (1 - self.share) / self.share
            parts += [f"{self.share:.0%}".replace("%", " %"), f"{left:.0f} s left"]
        return ", ".join(parts)


ProgressGiven = bool | Callable[[ScanProgress], None]


class ProgressLine:
    """Shows how far a scan is, at most four times a second.

    Args:
        given: whether to show it, or what is called with each `ScanProgress`.
        stream: where the line goes; the standard error output when none is given.
    """

    def __init__(self, given: ProgressGiven = True, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._given = given
        self._start = time.monotonic()
        self._next = self._start + (0.0 if callable(given) else FIRST)
        self._width = 0
        self._shows = given is True and (_is_seen(self._stream))

    @property
    def is_due(self) -> bool:
        """Whether it is time to show something."""
        return (self._shows or callable(self._given)) and time.monotonic() >= self._next

    def show(self, roles: int, policies: int, analysed: int, share: float) -> None:
        """Show how far the scan is."""
        now = time.monotonic()
        self._next = now + EVERY
        progress = ScanProgress(roles, policies, analysed, share, now - self._start)
        if callable(self._given):
            self._given(progress)
        elif self._shows:
            self._write(progress.line)

    def _write(self, line: str) -> None:
        self._stream.write(f"\r{line:{self._width}}")
        self._stream.flush()
        self._width = max(self._width, len(line))

    def close(self) -> None:
        """Take the line away."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()


def _is_seen(stream: TextIO) -> bool:
    """Whether a person watches: a terminal, or a notebook's kernel."""
    return stream.isatty() or "ipykernel" in sys.modules
