"""The operator for truth values."""

from __future__ import annotations

from trust_widgets.evaluation.operators import Operator, reads_text
from trust_widgets.text.globs import Test

TRUTHS = ("true", "false")


def _is(text: str) -> Test | None:
    wanted = text.lower()
    if wanted in TRUTHS:
        return lambda given: given.lower() == wanted
    return None


def _measured(text: str) -> str | None:
    """Every other word may be read as false."""
    if text.lower() not in TRUTHS:
        return "false"
    return None


# Whether Bool reads variables: the page on operators says so, the page on variables does not.
OPERATORS = (Operator("Bool", reads_text(_is), variables=None, as_measured=_measured),)
