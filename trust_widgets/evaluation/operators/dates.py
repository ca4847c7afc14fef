"""Operators for dates, written as ISO 8601 or as seconds since 1970."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from trust_widgets.evaluation.operators._readers import ordered

_EPOCH = re.compile(r"-?[0-9]{5,15}(?:\.[0-9]{1,9})?")
# https://www.w3.org/TR/NOTE-datetime, to which AWS's page points: the shorter forms are whole
# years, months, days.
_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?)?)?",
    re.IGNORECASE,
)


def seconds_from_text(text: str) -> Decimal | None:
    """A moment as seconds since 1970; `None` for a text that is no date.

    Example:
        >>> (
        ...     seconds_from_text("1970-01-02"),
        ...     seconds_from_text("2026-11-24T00:00:00Z"),
        ...     seconds_from_text("tomorrow"),
        ... )
        (Decimal('86400'), Decimal('1795478400'), None)
    """
    if _EPOCH.fullmatch(text):
        return Decimal(text)
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        moment = datetime(
            int(year),
            int(month or 1),
            int(day or 1),
            int(hour or 0),
            int(minute or 0),
            int(second or 0),
            tzinfo=_zone(zone),
        )
        return Decimal(int(moment.timestamp())) + Decimal(fraction or "0")
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone:
    if not text or text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:])
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if text[0] == "-" else ahead)


OPERATORS = ordered("Date", seconds_from_text)
