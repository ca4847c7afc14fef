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


MOST_LISTED = 5
"""How many words of a list a sentence has; of a longer list it names some and counts the others."""


def listed_briefly(
    words: Iterable[str], joint: str = "and", *, most: int = MOST_LISTED, named: int = 2
) -> str:
    """Words as a sentence lists them; a long list is not listed whole, its others are counted.

    Args:
        words: the words.
        joint: the word before the last one, `"and"` or `"or"`.
        most: how many are listed whole.
        named: how many of a longer list are named.

    Example:
        >>> listed_briefly("abc", "or"), listed_briefly("abcdefg"), listed_briefly("abcdefg", "or")
        ('a, b or c', 'a, b and 5 more', 'a, b or 5 others')
    """
    each = list(words)
    if len(each) > most:
        rest = len(each) - named
        others = "more" if joint == "and" else "others"
        each = [*each[:named], f"{rest:,} {others if rest > 1 or joint == 'and' else 'other'}"]
    if len(each) < 2:
        return "".join(each)
    return f"{', '.join(each[:-1])} {joint} {each[-1]}"


def capital(text: str) -> str:
    """A text as a sentence begins it; an ARN stays as it is.

    Example:
        >>> capital("any branch of octo-org/app")
        'Any branch of octo-org/app'
    """
    if text.startswith("arn:"):
        return text
    return text[:1].upper() + text[1:]


def count_of(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    Args:
        number: how many. one: the noun for one. many: for others; with an s when none is given.

    Example:
        >>> count_of(1, "role"), count_of(2000, "role"), count_of(0, "policy", "policies")
        ('1 role', '2,000 roles', '0 policies')
    """
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}"
