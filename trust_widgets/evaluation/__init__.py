"""One call against one trust policy: what is decided, as codes.

`Request` is the call; the outcome and the tree of reason codes are its decision, and all text is rendered from the
codes. Nothing here was tried against a live AWS: each rule rests on the page it names.
"""

from __future__ import annotations

import warnings
from importlib import import_module
from typing import Any

from trust_widgets.evaluation.reasons import Node, Outcome, Reason
from trust_widgets.evaluation.request import Request

__all__ = ["Node", "Outcome", "Reason", "Request"]

# Names that stood here in 0.1, and the module that has them now. To be removed in the next version but one.
_MOVED = {
    "evaluate": "trust_widgets.evaluation.decision",
    "Decision": "trust_widgets.evaluation.decision",
    "ASSUMPTIONS": "trust_widgets.evaluation.assumptions",
    "Assumption": "trust_widgets.evaluation.assumptions",
}


def __getattr__(name: str) -> Any:
    home = _MOVED.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    message = f"{__name__}.{name} has moved: import it from {home}"
    warnings.warn(message, DeprecationWarning, stacklevel=2)
    return getattr(import_module(home), name)
