"""The widgets: how the browser gets their code, and what they are without a kernel."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets
from ipywidgets import Widget, widget_serialization

from trust_widgets.names import helps_with_names
from trust_widgets.policy import PolicySource
from trust_widgets.text.html import STILL, Html, tag
from trust_widgets.views.code import CODE, LOADER, is_marimo, shared_code
from trust_widgets.views.handles import Handles
from trust_widgets.views.part import ViewPart


@helps_with_names()
class Drawn(Handles, anywidget.AnyWidget):
    """A widget that the shared code draws."""

    _esm = traitlets.Unicode().tag(sync=True)
    _code = traitlets.Instance(Widget, allow_none=True).tag(sync=True, **widget_serialization)
    _draws = traitlets.Unicode().tag(sync=True)
    """The name of the part that is drawn, or `builder`."""

    part = ""

    def __init__(self) -> None:
        if is_marimo():
            super().__init__(_draws=self.part, _esm=CODE)
        else:
            super().__init__(_draws=self.part, _esm=LOADER, _code=shared_code())
        self._own_layout = self.layout
        self.on_msg(self._hear)

    def close(self) -> None:
        """Take the widget off the page, with the layout it was made with."""
        self._unfollow_model()
        super().close()
        if "_own_layout" in self.__dict__:
            self._own_layout.close()

    def __trust_policy__(self) -> PolicySource:
        return self.model.__trust_policy__()

    def _hear(self, _: object, content: Any, __: object) -> None:
        """Do what a message from the browser says."""
        raise NotImplementedError

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the state for pages and saved notebooks, without what was typed.

        A pasted token or record may be in what was typed. What a part keeps of it is in its state;
        of what was typed only the revision is needed again, so that a page that is opened later
        counts on.
        """
        state: dict[str, Any] = super().get_state(key, drop_defaults)
        for name in filter(_is_typed, state):
            has_typed = "revision" in getattr(self, name)
            state[name] = {"revision": self._part_typed_in(name).taken} if has_typed else {}
        return state

    def _part_typed_in(self, trait: str) -> ViewPart:
        """The part that a trait brings what was typed."""
        raise NotImplementedError

    def still(self) -> Html:
        """The widget as HTML that needs no kernel and no script."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The live widget, and for readers without a kernel the same as still HTML."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        return {**data, "text/plain": repr(self), "text/html": self.framed_still()}, metadata

    def framed_still(self) -> Html:
        """The same HTML in a frame."""
        return tag("div", self.still(), style=STILL)


def _is_typed(name: str) -> bool:
    return name == "typed" or name.endswith("_typed")


class View(ViewPart, Drawn):
    """A part as a separate widget."""

    draws_at_once = True

    def _model_is_set(self) -> None:
        self._follow_model(self.model)

    def _part_typed_in(self, trait: str) -> ViewPart:
        return self

    def _hear(self, _: object, content: Any, __: object) -> None:
        self.hear(content)

    def close(self) -> None:
        """Stop following the model, and take the view off the page."""
        self.unfollow()
        super().close()
