"""What is neither true nor false: a result with three or more outcomes, which says what to write.

Every object is true in Python, so that `if` and `assert` of such a result would always succeed.
https://docs.python.org/3/reference/datamodel.html#object.__bool__
"""

from __future__ import annotations

import warnings
from dataclasses import fields
from typing import ClassVar


class NoTruthValue:
    """The base of results that have no truth value.

    It also compares their fields, in place of `dataclass`, so that a comparison with a text or a
    truth value is never equal, and a warning says so.

    Args:
        ASK: what to write instead, with what it gives.

    Example:
        >>> from dataclasses import dataclass
        >>> @dataclass(frozen=True, eq=False)
        ... class Toss(NoTruthValue):
        ...     side: str
        ...     ASK = 'toss.side == "heads"'
        >>> bool(Toss("tails"))
        Traceback (most recent call last):
        ...
        TypeError: A Toss is neither true nor false; write toss.side == "heads"
        >>> Toss("tails") == Toss("tails")
        True
    """

    __slots__ = ()
    ASK: ClassVar[str]

    def __bool__(self) -> bool:
        raise TypeError(f"{_named(self)} is neither true nor false; write {self.ASK}")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (str, bool)):
            kind = "text" if isinstance(other, str) else "truth value"
            message = f"{_named(self)} never equals a {kind}; write {self.ASK}"
            warnings.warn(message, UserWarning, stacklevel=2)
        if type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))


def _named(value: object) -> str:
    """A value's class with its article."""
    name = type(value).__name__
    article = "An" if name[0] in "AEIO" else "A"
    return f"{article} {name}"


def _values(value: object) -> tuple[object, ...]:
    names = [field.name for field in fields(value)]  # type: ignore[arg-type]
    return tuple(getattr(value, name) for name in names)
