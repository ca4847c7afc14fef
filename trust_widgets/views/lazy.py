"""A part that works only while it is visible: under a hidden tab it costs nothing at a key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.evaluation import Request
from trust_widgets.policy import Given
from trust_widgets.views.messages import message
from trust_widgets.views.part import ViewPart


class LazyPart(ViewPart):
    """A part whose browser side says when it is visible.

    Args:
        model: a `TrustModel`; a new one when none is given.
    """

    redraw_on: tuple[str, ...] = ("revision", "triers")

    is_costly = False
    """Whether it is not drawn again by itself until the browser says that it is visible."""

    def __init__(self, model: Given | None = None) -> None:
        self._is_visible = self.draws_at_once
        super().__init__(model)
        if self.is_costly:
            self.do_close()

    def draw(self) -> dict[str, Any]:
        return {**self.draw_seen(), "seen": True, "canTry": self.model.triers > 0}

    def draw_seen(self) -> Mapping[str, Any]:
        """Return what to draw while the part is visible."""
        raise NotImplementedError

    def _redraw(self, _: object = None) -> None:
        if self._is_visible:
            super()._redraw()
        elif self.state.get("seen"):
            self.state = {**self.state, "seen": False}

    @message
    def do_open(self) -> None:
        """The part is visible now."""
        self._is_visible = True
        self._draw()

    @message
    def do_close(self) -> None:
        """The part is hidden now."""
        self._is_visible = False

    @message
    def do_show(self, path: list[str | int]) -> None:
        """Ask the editor to show a place in the policy."""
        self.model.show(tuple(path))

    def _try(self, witness: Request | None) -> None:
        """Hand a request to the view that tries callers."""
        if witness:
            self.model.try_caller(witness)
