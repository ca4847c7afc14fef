"""What every view is: an anywidget that draws a `TrustModel` when its revision grows.

The kernel alone writes `state`, what to draw; the browser alone writes `typed`, the newest of what
the reader typed, which ipywidgets sends on as fast as the kernel takes it. A click is a message,
and carries the newest `typed` too, so that nothing typed is lost when a click overtakes it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from trust_widgets.model import TrustModel
from trust_widgets.names import helps_with_names
from trust_widgets.policy import Given, PolicySource
from trust_widgets.text.html import STILL, Html, tag
from trust_widgets.views.messages import call_handler, revision_of, typed_in

if TYPE_CHECKING:
    from trust_widgets.views.state.common import FaultState

STATIC = Path(__file__).parent / "static"


def bundle(name: str) -> Path:
    """A file of the built front end.

    Raises:
        RuntimeError: when the front end was not built.
    """
    path = STATIC / name
    if not path.exists():
        raise RuntimeError(
            f"The front end is not built ({path.name} is missing): run `make build`."
        )
    return path


def model_of(given: Given | None) -> TrustModel:
    """The model to draw: the one that is given, that of a view, or a new one of a policy.

    Raises:
        TypeError: for what is no policy, with what to write.
    """
    if isinstance(given, TrustModel):
        return given
    return given.model if isinstance(given, View) else TrustModel(given)


@helps_with_names()
class View(anywidget.AnyWidget):
    """A view of a model.

    Args:
        model: what to draw; a new one when none is given, and one made of a policy: its text, its
            document, a `TrustPolicy` or a `Role`.

    Raises:
        TypeError: for what is no policy, with what to write.
    """

    state = traitlets.Dict().tag(sync=True)
    typed = traitlets.Dict().tag(sync=True)

    redraw_on: tuple[str, ...] = ("revision",)
    """The model's traits that this view draws itself again for."""

    def __init__(self, model: Given | None = None) -> None:
        drawn = model_of(model)
        super().__init__()
        self.model = drawn
        self._taken = 0
        self._is_taking = False
        self._is_drawn = False  # as the model is now
        self._fault: FaultState | None = None
        self.on_msg(self._hear)
        self.model.observe(self._redraw, list(self.redraw_on))
        self._redraw()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.model.summary!r})"

    def __trust_policy__(self) -> PolicySource:
        return self.model.__trust_policy__()

    def close(self) -> None:
        """Stop following the model, and take the view off the page."""
        if getattr(self, "comm", None) is not None:
            self.model.unobserve(self._redraw, list(self.redraw_on))
        super().close()

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the state for pages and saved notebooks, without what was typed.

        A pasted token or record may be in `typed`. What the view keeps of it is in `state`; of
        `typed` only the revision is needed again, so that a page that is opened later counts on.
        """
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        if "typed" in state:
            state["typed"] = {"revision": self._taken} if "revision" in self.typed else {}
        return state

    # -- what a view defines -----------------------------------------------------------------------

    def draw(self) -> Mapping[str, Any]:
        """Return what to draw, as plain JSON values; `views/state/` has its type."""
        raise NotImplementedError

    def take(self, typed: dict[str, Any]) -> None:
        """Put what the reader typed into the model."""

    def still(self) -> Html:
        """The view as HTML that needs no kernel and no script."""
        raise NotImplementedError

    # -- how it is drawn, and how it hears ---------------------------------------------------------

    def _redraw(self, _: object = None) -> None:
        if not self._is_taking:
            self._guarded(self._draw)

    def _draw(self) -> None:
        self._is_drawn = False
        self.state = {**self.draw(), "revision": self._taken, "fault": self._fault}
        self._is_drawn = True

    @traitlets.observe("typed")
    def _typed(self, change: Any) -> None:
        self._guarded(lambda: self._take_newest(change.new))

    def _hear(self, _: object, content: Any, __: object) -> None:
        """Do what a message says, if the view declares it."""

        def act() -> None:
            self._take_newest(typed_in(content))
            call_handler(self, content)

        self._guarded(act)

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
            title = f"Something went wrong here: {type(error).__name__}: {error}"
            self._fault = {"title": title, "detail": traceback.format_exc()}
            old = {"stale": True} if "stale" in self.state and not self._is_drawn else {}
            self.state = {**self.state, **old, "revision": self._taken, "fault": self._fault}
            return
        if self._fault:
            self._fault = None
            self.state = {**self.state, "fault": None}

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The live widget, and for readers without a kernel the same as still HTML."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        page = tag("div", self.still(), style=STILL)
        return {**data, "text/plain": repr(self), "text/html": page}, metadata
