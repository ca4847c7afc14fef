"""The policy that is being edited: the only thing that changes."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from trust_widgets.model.complaints import Complaint
from trust_widgets.model.grants import Grant, kind_of, label_of, statements_of

if TYPE_CHECKING:
    from trust_widgets.model.model import EMPTY as EMPTY
    from trust_widgets.model.model import TrustModel as TrustModel

__all__ = ["EMPTY", "Complaint", "Grant", "TrustModel", "kind_of", "label_of", "statements_of"]

# Loaded when first asked for: the model needs Jupyter, and what else is here does not.
_LAZY = {"EMPTY": "trust_widgets.model.model", "TrustModel": "trust_widgets.model.model"}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
