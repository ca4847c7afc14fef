"""The domain of each condition key: the values that it can have, whatever a policy requires.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from ipaddress import ip_address
from typing import NamedTuple

from trust_widgets.access.value_kinds import ADDRESS, DATE, NUMBER, TEXT, TRUTH
from trust_widgets.aws.keys.condition_keys import key_named
from trust_widgets.aws.keys.record_fields import ANYTHING as ANY_FORM
from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import network_from_text, seconds_from_text
from trust_widgets.text.tokens import ANY, Glob, GlobItem, admits, tokens_of_form


class Domain(NamedTuple):
    """The values that a key can have.

    Args:
        kind: as in `ValueSet.kind`.
        forms: for texts, their forms; a text has one of them.
        examples: likely ones.
        filler: what a wildcard is likely to represent.
        only: the values, when there are but a few.
        inside: whether an address may be one that stays inside a network, as in a VPC.
        since: of dates, the first second, counted from 1970.
    """

    kind: str = TEXT
    forms: tuple[Glob, ...] = ()
    examples: tuple[str, ...] = ()
    filler: str = "other"
    only: tuple[str, ...] = ()
    inside: bool = False
    since: int | None = None

    def has(self, text: str) -> bool:
        """Whether a text can be a value of the key."""
        if self.only:
            return text in self.only
        if self.kind == TEXT:
            return any(admits(form, text) for form in self.forms)
        if self.since is not None:
            seconds = seconds_from_text(text)
            return seconds is not None and seconds >= self.since
        if self.inside:
            return _is_ip(text)
        return _IS[self.kind](text)


def only(text: str) -> Domain:
    """The domain of a key that has this one value.

    Example:
        >>> only("false").has("true")
        False
    """
    return Domain(only=(text,), examples=(text,))


# The outside address of a caller: never one of those that stay inside a network.
_INSIDE = tuple(
    network
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "0.0.0.0/8",
        "100.64.0.0/10",
        "224.0.0.0/3",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
        "::/127",
    )
    if (network := network_from_text(text))
)


def _is_ip(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_address(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return not any(address in network for network in _INSIDE)


def _borders() -> Iterator[str]:
    for network in _INSIDE:
        first, last = network.network_address, network.broadcast_address
        has_next = not int(last) + 1 >> network.max_prefixlen
        beside: list[str] = []
        if int(first):
            beside.append(str(first - 1))
        if has_next:
            beside.append(str(last + 1))
        yield from filter(_is_address, beside)


BORDERS = tuple(_borders())
"""Addresses just outside those that are never seen from outside."""

_IS = {
    TRUTH: lambda text: text in ("true", "false"),
    NUMBER: lambda text: re.fullmatch("[0-9]+", text) is not None,
    DATE: lambda text: seconds_from_text(text) is not None,
    ADDRESS: _is_address,
}
ANYTHING = Domain(forms=((GlobItem(ANY, True),),), examples=("other",))
_TYPES = {"Bool": TRUTH, "Numeric": NUMBER, "Date": DATE, "IPAddress": ADDRESS}


def domain_of(key: str) -> Domain:
    """What a key can hold.

    Args:
        key: in lower case.

    Example:
        >>> domain_of("sts:externalid").has("b2f6c3de"), domain_of("sts:externalid").has("*")
        (True, False)
    """
    known, record = key_named(key), key_record(key)
    if known is None or record.form == ANY_FORM:
        return ANYTHING
    kind = _TYPES.get(known.type, TEXT)
    if record.only_value is not None:
        return only(record.only_value)
    if kind == ADDRESS and not record.public_address:
        return Domain(kind, examples=("10.0.0.7", "fd00::7", *_EXAMPLES[kind]), inside=True)
    if kind != TEXT:
        return Domain(kind, examples=_EXAMPLES[kind])
    forms = tuple(map(tokens_of_form, record.forms))
    return Domain(TEXT, forms, (record.example or "other",), record.filler or "other")


def domain_since(day: date) -> Domain:
    """The moments from the start of a day on.

    Example:
        >>> domain_since(date(2026, 11, 29)).has("2026-11-28T23:59:59Z")
        False
    """
    seconds = (day - date(1970, 1, 1)).days * 86_400
    return Domain(DATE, examples=(f"{day}T12:00:00Z", f"{day}", str(seconds)), since=seconds)


_EXAMPLES = {
    TRUTH: ("true", "false"),
    NUMBER: ("60",),
    DATE: ("2026-01-01T00:00:00Z",),
    ADDRESS: ("203.0.113.7", "198.51.100.7", "2001:db8::7", *BORDERS),
}
