"""The picture of a widget as a separate output, which the live widget hides.

Where a notebook is opened without its kernel, Jupyter writes "model not found" over the widget's
output; this one stays. It is sent again when the reader has made a change and then paused.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from IPython.display import display

from trust_widgets.text.html import Html, tag

PAUSE = 2.0  # seconds without a change


class PictureOutput:
    """An output that holds what a widget is without a kernel.

    Args:
        draw: the picture as it is now. words: the widget in a line.
    """

    def __init__(self, draw: Callable[[], Html], words: Callable[[], str]) -> None:
        self._draw = draw
        self._words = words
        self._handle: Any = None
        self._timer: asyncio.TimerHandle | None = None

    def show(self) -> None:
        """Send it as a new output of the cell that runs."""
        send: Any = display
        self._handle = send(self._data(), raw=True, display_id=True)

    def update_soon(self) -> None:
        """Send it again where it was shown, unless it is to change again soon."""
        if self._handle is None:
            return
        self.stop()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # no kernel runs this
            return
        self._timer = loop.call_later(PAUSE, self._update)

    def stop(self) -> None:
        """Send nothing more, if something was to be sent soon."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _update(self) -> None:
        self._timer = None
        self._handle.update(self._data(), raw=True)

    def _data(self) -> dict[str, str]:
        figure = tag("figure", self._draw(), **{"class": "tw-still", "style": "margin: 0"})
        return {"text/html": figure, "text/plain": self._words()}
