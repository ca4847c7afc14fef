"""Whether a text fits one of many values, without trying each of them: values by what a text that
fits them begins with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from trust_widgets.text.globs import Pattern, Test

T = TypeVar("T")
FEW = 8
"""So many values are tried one by one."""


class ByHead(Generic[T]):
    """Things by what each text begins with that concerns them.

    Args:
        things: each with its head.

    Example:
        >>> list(ByHead([("ab", 1), ("a", 2), ("b", 3)]).for_text("abc"))
        [2, 1]
    """

    def __init__(self, things: Iterable[tuple[str, T]]) -> None:
        found: dict[str, list[T]] = defaultdict(list)
        for head, thing in things:
            found[head].append(thing)
        self._found = dict(found)
        self._lengths = sorted({len(head) for head in found})

    def for_text(self, text: str) -> Iterator[T]:
        """The things whose head a text begins with, those with the shortest head first."""
        for length in self._lengths:
            if length > len(text):
                return
            yield from self._found.get(text[:length], ())


class TestsByHead(ByHead[Test]):
    """Tests by what each text begins with that they admit."""

    __test__ = False  # pytest takes a class with such a name for tests

    def is_met(self, text: str) -> bool:
        """Whether a text meets one of them."""
        return any(test(text) for test in self.for_text(text))


def literal_head(pattern: Pattern) -> str:
    """What each text of a pattern begins with.

    Example:
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> literal_head(pattern_from_text("octo-*"))
        'octo-'
    """
    if pattern and isinstance(pattern[0], str):
        return pattern[0]
    return ""
