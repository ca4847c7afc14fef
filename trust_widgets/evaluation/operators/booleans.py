"""The operator for truth values."""

from __future__ import annotations

from trust_widgets.evaluation.operators import Operator
from trust_widgets.evaluation.operators._readers import READS_TRUTH, TRUTHS


def _measured(text: str) -> str | None:
    """Every other word may be read as false."""
    if text.lower() not in TRUTHS:
        return "false"
    return None


# Whether Bool reads variables: the page on operators says so, the page on variables does not.
OPERATORS = (Operator("Bool", READS_TRUTH, variables=None, as_measured=_measured),)
