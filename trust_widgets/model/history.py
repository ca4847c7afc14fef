"""Undo and redo over snapshots, one step an edit burst."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BURST = (
    1.0  # seconds: changes of the same thing that follow one another faster than this are one step
)
STEPS = 200  # how far back undo goes

Snapshot = dict[str, Any]


class History:
    """The snapshots before the present one, and those that were undone."""

    def __init__(self) -> None:
        self.past: list[Snapshot] = []
        self.future: list[Snapshot] = []
        self._what = ""
        self._when = 0.0
        self._step = ""  # what all changes belong to, while they are made as one step

    def remember(self, before: Snapshot, what: str, when: float) -> None:
        """Note that a change was made.

        Args:
            before: what was there before it.
            what: what was changed; a change of the same thing soon after belongs to the same step.
            when: seconds, on any clock that never goes back.
        """
        what = self._step or what
        same_burst = bool(self.past) and what == self._what and when - self._when < BURST
        if not same_burst:
            self.past = [*self.past[1 - STEPS :], before]
        self.future.clear()
        self._what, self._when = what, when

    def end_burst(self) -> None:
        """Let the next change be a separate step, however soon it comes."""
        self._what = ""

    @contextmanager
    def one_step(self) -> Iterator[None]:
        """Let all changes that are made meanwhile be one separate step."""
        self.end_burst()
        self._step = "several"
        try:
            yield
        finally:
            self._step = ""
            self.end_burst()

    def back(self, now: Snapshot) -> Snapshot | None:
        """The snapshot to go back to, if there is one."""
        self.end_burst()
        if not self.past:
            return None
        self.future.append(now)
        return self.past.pop()

    def forth(self, now: Snapshot) -> Snapshot | None:
        """The snapshot that was undone last, if nothing was changed since."""
        self.end_burst()
        if not self.future:
            return None
        self.past.append(now)
        return self.future.pop()
