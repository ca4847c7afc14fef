"""The policy that is being edited: the only thing that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trust_widgets.families import lazy_names
from trust_widgets.model.complaints import Complaint
from trust_widgets.model.grants import Grant, complaints_of, kind_of, label_of, statements_of
from trust_widgets.model.labels import labels_of

if TYPE_CHECKING:
    from trust_widgets.model.analysis import EMPTY as EMPTY
    from trust_widgets.model.analysis import unreadable_now as unreadable_now
    from trust_widgets.model.model import TrustModel as TrustModel
    from trust_widgets.model.traits import PolicyText as PolicyText
    from trust_widgets.model.traits import all_written as all_written
    from trust_widgets.model.traits import known_of as known_of

__all__ = [
    "EMPTY",
    "Complaint",
    "Grant",
    "PolicyText",
    "TrustModel",
    "all_written",
    "complaints_of",
    "kind_of",
    "known_of",
    "label_of",
    "labels_of",
    "statements_of",
    "unreadable_now",
]

# Loaded when first needed: the model needs Jupyter, and what else is here does not.
__getattr__ = lazy_names(
    __name__,
    {
        "EMPTY": "analysis",
        "unreadable_now": "analysis",
        "TrustModel": "model",
        "PolicyText": "traits",
        "all_written": "traits",
        "known_of": "traits",
    },
)
