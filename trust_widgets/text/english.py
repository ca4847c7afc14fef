"""Words put together as English puts them."""

from __future__ import annotations

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """Words as a sentence lists them.

    Example:
        >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
        ('a', 'a and b', 'a, b and c')
    """
    each = list(words)
    if len(each) < 3:
        return " and ".join(each)
    return f"{', '.join(each[:-1])} and {each[-1]}"


def capital(text: str) -> str:
    """A text as a sentence begins it.

    Example:
        >>> capital("any branch of octo-org/app")
        'Any branch of octo-org/app'
    """
    return text[:1].upper() + text[1:]
