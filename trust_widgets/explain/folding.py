"""How a long list is said in a sentence: whole, or counted.

What is counted claims the same of its items, and nothing of what else they are. A sentence that is
shown takes the first of these forms that fits on two lines; the whole one is available too.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from trust_widgets.text.english import MOST_LISTED, listed_briefly

TWO_LINES = 200
"""How many characters fit on two lines of the builder."""


class Fold(IntEnum):
    """How far the lists of a sentence are folded.

    Attributes:
        WHOLE: each list has all its items.
        LONG: lists of more than five items are counted.
        EVERY: each list is counted.
        KEYS: of conditions, only the keys are named.
        COUNTS: of conditions, only how many there are.
    """

    WHOLE = 0
    LONG = 1
    EVERY = 2
    KEYS = 3
    COUNTS = 4


def is_counted(number: int, fold: Fold) -> bool:
    """Whether a list of so many items is counted.

    Example:
        >>> [is_counted(80, fold) for fold in Fold]
        [False, True, True, True, True]
        >>> is_counted(3, Fold.LONG), is_counted(3, Fold.EVERY), is_counted(1, Fold.EVERY)
        (False, True, False)
    """
    if fold is Fold.WHOLE:
        return False
    if fold is Fold.LONG:
        return number > MOST_LISTED
    return number > 1


def alternatives(values: Iterable[str], fold: Fold = Fold.WHOLE) -> str:
    """Values of which one is enough, as a sentence lists them.

    Example:
        >>> alternatives("ab"), alternatives("abcdefgh", Fold.LONG)
        ('a or b', 'a, b or 6 others')
        >>> alternatives("abc", Fold.EVERY)
        'a or 2 others'
    """
    every = list(values)
    if not is_counted(len(every), fold):
        return listed_briefly(every, "or", most=len(every))
    return listed_briefly(every, "or", most=1, named=2 if fold is Fold.LONG else 1)


def shortest_form(forms: Iterable[str], most: int = TWO_LINES) -> str:
    """The first form that fits, or the shortest.

    Args:
        forms: the same in ever fewer words.
        most: how many characters fit.

    Example:
        >>> shortest_form(["a, b, c, d, e and f", "6 letters"], 12)
        '6 letters'
    """
    every = list(forms)
    return next((form for form in every if len(form) <= most), min(every, key=len, default=""))
