"""A view that works only while somebody looks at it: under a hidden tab it costs nothing at a
key.
"""

from __future__ import annotations

from typing import Any

from trust_widgets.evaluation import Request
from trust_widgets.model import TrustModel
from trust_widgets.views.base import View


class SeenView(View):
    """A view whose browser side says when it can be seen.

    Until then it stays as it was drawn at first.

    Args:
        model: a `TrustModel`; a new one when none is given.
    """

    redraw_on: tuple[str, ...] = ("revision", "triers")

    def __init__(self, model: TrustModel | None = None) -> None:
        self._seen = True  # to be drawn once
        super().__init__(model)
        self.do_close()

    def draw(self) -> dict[str, Any]:
        return {**self.draw_seen(), "seen": self._seen, "canTry": self.model.triers > 0}

    def draw_seen(self) -> dict[str, Any]:
        """What to draw while somebody looks."""
        raise NotImplementedError

    def _redraw(self, _: object = None) -> None:
        if self._seen:
            super()._redraw()

    def do_open(self) -> None:
        """Somebody looks at this view now."""
        self._seen = True
        self._draw()

    def do_close(self) -> None:
        """Nobody looks at it any more."""
        self._seen = False
        self.state = {**self.state, "seen": False}

    def do_show(self, path: list[str | int]) -> None:
        """Ask the editor to show a place in the policy."""
        self.model.show(tuple(path))

    def _try(self, witness: Request | None) -> None:
        """Hand a call to the view that tries callers."""
        if witness:
            self.model.try_caller(witness)
