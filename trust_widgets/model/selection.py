"""Where the reader is: what is selected in the model, and what the views have to show."""

from __future__ import annotations

from typing import Any

import traitlets

from trust_widgets.evaluation import Request
from trust_widgets.policy import Path


class SelectionTraits(traitlets.HasTraits):
    """The traits of a model that say nothing of its policy.

    Attributes:
        selected: the index of the grant whose form is open, or -1.
        chosen: grows when a grant was chosen, whose statements are to be seen.
        asked: grows when someone was added, whose first question takes the focus.
        shown: the place that a view has to show, and how often one was shown.
        tried: the request to try, and how often one was.
        triers: how many views try such requests.
    """

    selected = traitlets.Int(-1)
    chosen = traitlets.Int()
    asked = traitlets.Int()
    shown: tuple[Any, ...] = traitlets.Tuple()  # type: ignore[assignment]
    tried: tuple[Any, ...] = traitlets.Tuple()  # type: ignore[assignment]
    triers = traitlets.Int()

    def choose(self, index: int) -> None:
        """Open a grant's form, and ask the views to show its statements."""
        with self.hold_trait_notifications():
            self.selected = index
            self.chosen += 1

    def show(self, path: Path) -> None:
        """Ask the views to show a place in the document, also when it was shown just before."""
        self.shown = (path, self.shown[1] + 1 if self.shown else 1)

    def try_caller(self, request: Request) -> None:
        """Ask the views to try a request, also when it was tried just before."""
        self.tried = (request, self.tried[1] + 1 if self.tried else 1)
