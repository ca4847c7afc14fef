"""A part of what a person sees: it draws a `TrustModel` as JSON, and hears what the reader does.

A part knows no widget. `base.View` makes it a widget by itself; `builder.TrustBuilder` has many in
one widget. The kernel alone writes `state`, what to draw; the browser alone writes `typed`, the
newest of what the reader typed, which ipywidgets sends on as fast as the kernel takes it. A click
is a message, and carries the newest `typed` too, so that nothing typed is lost when a click
overtakes it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from trust_widgets.model import TrustModel
from trust_widgets.names import helps_with_names
from trust_widgets.policy import Given
from trust_widgets.text.html import Html
from trust_widgets.views.messages import call_handler, revision_of, typed_in

if TYPE_CHECKING:
    from trust_widgets.views.state.common import FaultState


def model_of(given: Given | None) -> TrustModel:
    """The model to draw: the one that is given, that of a view, or a new one of a policy.

    Raises:
        TypeError: for what is no policy, with what to write.
    """
    shown = given if isinstance(given, TrustModel) else getattr(given, "model", None)
    if isinstance(shown, TrustModel):
        return shown
    return TrustModel(given)


@helps_with_names()
class ViewPart(traitlets.HasTraits):
    """A part that draws a model again when its revision grows.

    Args:
        model: what to draw; a new one when none is given, and one made of a policy: its text, its
            document, a `TrustPolicy` or a `Role`.

    Raises:
        TypeError: for what is no policy, with what to write.
    """

    part = ""
    """Its name: the browser draws it with the component of that name."""

    state = traitlets.Dict().tag(sync=True)
    typed = traitlets.Dict().tag(sync=True)

    redraw_on: tuple[str, ...] = ("revision",)
    """The model's traits that this part draws itself again for."""

    draws_at_once = False
    """Whether it is drawn as soon as it is made. A builder draws its parts when it needs them."""

    _is_following = False

    def __init__(self, model: Given | None = None) -> None:
        drawn = model_of(model)
        super().__init__()
        self.model = drawn
        self._model_is_set()
        self._taken = 0
        self._is_taking = False
        self._is_drawn = False  # as the model is now
        self._fault: FaultState | None = None
        self._is_following = True
        self.model.observe(self._redraw, list(self.redraw_on))
        if self.draws_at_once:
            self._redraw()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.model.summary!r})"

    @property
    def taken(self) -> int:
        """The number of the newest typing that was taken in."""
        return self._taken

    def _model_is_set(self) -> None:
        """What a separate widget does with its model, before anything is drawn."""

    def unfollow(self) -> None:
        """Stop following the model."""
        if self._is_following:
            self._is_following = False
            self.model.unobserve(self._redraw, list(self.redraw_on))

    # -- what a part defines -----------------------------------------------------------------------

    def draw(self) -> Mapping[str, Any]:
        """Return what to draw, as plain JSON values; `views/state/` has its type."""
        raise NotImplementedError

    def take(self, typed: dict[str, Any]) -> None:
        """Put what the reader typed into the model."""

    def still(self) -> Html:
        """The part as HTML that needs no kernel and no script."""
        raise NotImplementedError

    # -- how it is drawn, and how it hears ---------------------------------------------------------

    def redraw(self) -> None:
        """Draw it as the model is now."""
        self._guarded(self._draw)

    def hear(self, content: Any) -> None:
        """Do what a message says, if the part declares it."""

        def act() -> None:
            self._take_newest(typed_in(content))
            call_handler(self, content)

        self._guarded(act)

    def _redraw(self, _: object = None) -> None:
        if not self._is_taking:
            self.redraw()

    def _draw(self) -> None:
        self._is_drawn = False
        self.state = {**self.draw(), "revision": self._taken, "fault": self._fault}
        self._is_drawn = True

    @traitlets.observe("typed")
    def _typed(self, change: Any) -> None:
        self._guarded(lambda: self._take_newest(change.new))

    def _take_newest(self, typed: dict[str, Any]) -> None:
        revision = revision_of(typed)
        if revision > self._taken:
            self._taken = revision
            self._is_taking = True  # drawn once, when all that was typed is in the model
            try:
                self.take(typed)
            finally:
                self._is_taking = False
            self._draw()

    def _guarded(self, act: Callable[[], None]) -> None:
        """Run a callback; show an exception in the view, and log it.

        Jupyter would drop it.
        """
        try:
            act()
        except Exception as error:
            logging.getLogger(__name__).exception("in %s", type(self).__name__)
            title = f"Internal error: {type(error).__name__}: {error}"
            self._fault = {"title": title, "detail": traceback.format_exc()}
            old = {"stale": True} if "stale" in self.state and not self._is_drawn else {}
            self.state = {**self.state, **old, "revision": self._taken, "fault": self._fault}
            return
        if self._fault:
            self._fault = None
            self.state = {**self.state, "fault": None}
