"""Operators for numbers, whole or decimal."""

from __future__ import annotations

import re
from decimal import Decimal

from trust_widgets.evaluation.operators._readers import ordered

_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(?:\.[0-9]{1,400})?")
_OF_JAVA = re.compile(r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?")


def number_from_text(text: str) -> Decimal | None:
    """A number; `None` for a text that is none.

    Example:
        >>> number_from_text("3600"), number_from_text("an hour")
        (Decimal('3600'), None)
    """
    if _NUMBER.fullmatch(text):
        return Decimal(text)
    return None


def _measured(text: str) -> str | None:
    """A number as Java writes it, with an exponent or without digits on one side of the point."""
    if _NUMBER.fullmatch(text) or not _OF_JAVA.fullmatch(text):
        return None
    return f"{Decimal(text):f}"


OPERATORS = ordered("Numeric", number_from_text, _measured)
