"""Values near the borders of what a condition on a number, a date or an address matches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from ipaddress import ip_address
from itertools import pairwise

from trust_widgets.access.value_kinds import ADDRESS, BYTES, DATE, NUMBER, TRUTH
from trust_widgets.evaluation import (
    network_from_text,
    number_from_text,
    seconds_from_text,
)


def _numbers(texts: list[str]) -> Iterator[str]:
    """Each border, and between and around all borders, exact however many digits they have."""
    digits = 2 * max(map(len, texts), default=0) + 10
    with localcontext(prec=digits):
        found = tuple(_around_borders(texts))
    yield from found


def _around_borders(texts: list[str]) -> Iterator[str]:
    borders = sorted({number for text in texts if (number := number_from_text(text)) is not None})
    if not borders:
        yield from ("1", "0")
        return
    for border in borders:
        yield from (f"{border:f}", f"{border - 1:f}", f"{border + 1:f}")
        whole = border.to_integral_value()
        yield from (f"{whole:f}", f"{whole + 1:f}", f"{whole - 1:f}")
    for low, high in pairwise(borders):
        yield f"{(low + high) / 2:f}"


_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def date_text(seconds: Decimal) -> str:
    """A moment as ISO 8601, or as seconds where no calendar has it.

    Example:
        >>> date_text(Decimal(86400))
        '1970-01-02T00:00:00Z'
    """
    try:
        moment = _BEGINNING + timedelta(seconds=int(seconds))
    except OverflowError:
        return str(int(seconds))
    if moment.year >= 1000:
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(int(seconds))


def _dates(texts: list[str]) -> Iterator[str]:
    borders = sorted({moment for text in texts if (moment := seconds_from_text(text)) is not None})
    for border in borders:
        whole = border.to_integral_value()
        for step in (-1, 0, 1):
            yield date_text(whole + step)
    if not borders:
        yield "2026-01-01T00:00:00Z"


def _addresses(texts: list[str]) -> Iterator[str]:
    """The first and last address of each range, and those before and behind it."""
    for text in texts:
        found = network_from_text(text)
        if found is None:
            continue
        first, last = int(found.network_address), int(found.broadcast_address)
        most = (1 << found.max_prefixlen) - 1
        inside = first + 7
        if inside > last:
            inside = first
        for number in (inside, first, last, first - 1, last + 1):
            if 0 <= number <= most:
                yield _address(number, found.version)
    yield from ("203.0.113.7", "198.51.100.7", "192.0.2.7", "2001:db8::7")


def _address(number: int, version: int) -> str:
    if version == 4:
        return str(ip_address(number))
    return str(ip_address(number.to_bytes(16, "big")))


POINTS: dict[str, Callable[[list[str]], Iterator[str]]] = {
    NUMBER: _numbers,
    DATE: _dates,
    ADDRESS: _addresses,
    TRUTH: lambda texts: iter(("true", "false")),
    BYTES: lambda texts: iter((*texts, "b3RoZXI=", "c29tZXRoaW5n")),
}
