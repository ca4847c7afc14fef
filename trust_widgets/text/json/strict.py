"""Valid JSON with the place of each value, read by the standard library, which is fast.

`reader.py` is the reader for texts that a person is still writing. This one stops at the first
fault. A value's members and items are found when they are needed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


class Value(NamedTuple):
    """A JSON value and where it is.

    Args:
        text: the whole text.
        plain: the value as Python has it.
        start: the place of its first character in the text.
        end: the place after its last one.
    """

    text: str
    plain: Any
    start: int
    end: int

    @property
    def source(self) -> str:
        """The value as it is written."""
        return self.text[self.start : self.end]

    def members(self) -> dict[str, Value]:
        """The members of an object, by name; of two with one name the last.

        None of anything else.
        """
        if not isinstance(self.plain, dict):
            return {}
        return {name.plain: value for name, value in self.pairs()}

    def pairs(self) -> Iterator[tuple[Value, Value]]:
        """The names and values of an object's members, in their order; none of anything else."""
        if isinstance(self.plain, dict):
            for name in self._entries():
                yield name, self._behind_colon(name)

    def items(self) -> tuple[Value, ...]:
        """The items of a list; none of anything else."""
        if isinstance(self.plain, list):
            return tuple(self._entries())
        return ()

    def children(self) -> Iterator[Value]:
        """The items of a list or the values of an object's members."""
        yield from self.members().values()
        yield from self.items()

    def _entries(self) -> Iterator[Value]:
        """A list's items, or the names of an object's members."""
        if not self.plain:
            return
        at = self.start + 1
        while at < self.end:
            entry = value_at(self.text, at)
            yield entry
            if isinstance(self.plain, list):
                last = entry
            else:
                last = self._behind_colon(entry)
            at = _after_space(self.text, last.end) + 1  # behind the comma, or the bracket

    def _behind_colon(self, name: Value) -> Value:
        return value_at(self.text, _after_space(self.text, name.end) + 1)


def value_at(text: str, at: int) -> Value:
    """The value that begins at a place, or after the space there.

    Raises:
        ValueError: if there is none.
        RecursionError: if it is nested too deeply.

    Example:
        >>> value_at('{"a": [1, 2]}', 6).items()[1].start
        10
    """
    start = _after_space(text, at)
    value, end = _DECODER.raw_decode(text, start)
    return Value(text, value, start, end)


def read_strictly(text: str, at: int = 0) -> Value | None:
    """The value of a whole text from a place on; None if that is not JSON, or is nested too deeply.

    Example:
        >>> read_strictly('{"a": 1}').members()["a"].start
        6
        >>> read_strictly('{"a": 1,}') is None
        True
    """
    try:
        root = value_at(text, at)
    except (ValueError, RecursionError):
        return None
    if text[root.end :].strip():
        return None
    return root


def pretty(text: str) -> str:
    """JSON text as IAM's console lays it out; other text as it is.

    Example:
        >>> print(pretty('{"a": 1}'))
        {
          "a": 1
        }
    """
    try:
        return json.dumps(json.loads(text), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    if space:
        return space.end()
    return at
