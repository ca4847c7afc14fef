"""The region in a service principal's name, where it is misspelt or an availability zone."""

from __future__ import annotations

import re
from difflib import get_close_matches

from trust_widgets.aws import services

# Every region reads us-east-1: where in the world, where in there, and a number.
_PLACES = (
    "central",
    "north",
    "south",
    "east",
    "west",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
)
_NAME = re.compile(
    r"(?P<service>[a-z0-9.-]+)\.(?P<area>[a-z]{2,4}(?:-(?:gov|iso[a-z]?|de))?)-(?P<place>[a-z]+)-?(?P<number>\d)[a-z]?"
    r"\.(?P<suffix>amazonaws\.com(?:\.cn)?)"
)


def with_real_region(value: str) -> str | None:
    """The name with a region that has the form of one; `None` where it has, and where we cannot
    tell.

    Example:
        >>> (
        ...     with_real_region("logs.eu-cental-1.amazonaws.com"),
        ...     with_real_region("lambda.us-east-1a.amazonaws.com"),
        ... )
        ('logs.eu-central-1.amazonaws.com', 'lambda.us-east-1.amazonaws.com')
        >>> with_real_region("lambda.eu-central-7.amazonaws.com") is None
        True
    """
    found = _NAME.fullmatch(value)
    place = _place(found["place"]) if found else None
    if found is None or place is None:
        return None
    right = f"{found['service']}.{found['area']}-{place}-{found['number']}.{found['suffix']}"
    if right != value and services.is_known(right):
        return right
    return None


def _place(word: str) -> str | None:
    """The point of the compass that a word is, or is near to; `None` where two are as near."""
    if word in _PLACES:
        return word
    swapped = [place for place in _PLACES if sorted(place) == sorted(word)]
    near = swapped or get_close_matches(word, _PLACES, n=2, cutoff=0.85)
    if len(near) == 1:
        return near[0]
    return None
