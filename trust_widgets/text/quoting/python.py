"""Python source, laid out as ruff and black lay it out."""

from __future__ import annotations

import keyword
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from trust_widgets.text.quoting._text import quoted

WIDTH = 88
STEP = 4
Entries: TypeAlias = "Sequence[tuple[str, Any]]"
"""What is between two brackets: what is written before a value, and the value."""


class Code(str):
    """Source that is put in as it is.

    Its string literals must not span lines: it is indented as a whole.

    Example:
        >>> print(literal([Code("tw.Guard"), "tw.Guard"]))
        [tw.Guard, "tw.Guard"]
    """

    __slots__ = ()


def literal(value: Any, indent: int = 0) -> str:
    r"""A JSON-like value, a tuple or `Code` as an expression; `eval` gives an equal value back.

    Args:
        value: `None`, a boolean, number or string; a list, tuple or dict of such values; `Code`.
        indent: spaces before the line that it begins on; the line is assumed to begin with it.

    Raises:
        TypeError: for a value of another type.

    Example:
        >>> print(literal({"owner": "octo-org", "branches": ("main",)}))
        {"owner": "octo-org", "branches": ("main",)}
        >>> print(literal('He said "no"\n'))
        'He said "no"\n'
    """
    return _laid(value, indent, indent)


def call(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> str:
    """A call: one line if it fits 88 columns, else one argument a line.

    Args:
        name: what is called, for example `"tw.TrustBuilder"`.
        args, kwargs: values as `literal` takes them.

    Raises:
        ValueError: for a keyword that cannot be written before `=`.

    Example:
        >>> answers = {"services": ("ec2.amazonaws.com",)}
        >>> print(call("tw.Grant", ["aws_service", answers], {"sids": ("A",)}))
        tw.Grant("aws_service", {"services": ("ec2.amazonaws.com",)}, sids=("A",))
    """
    for word in kwargs:
        is_name = word.isascii() and word.isidentifier() and not keyword.iskeyword(word)
        if not is_name or word == "__debug__":
            raise ValueError(f"{word!r} cannot be the name of an argument")
    entries = [("", value) for value in args] + [
        (f"{word}=", value) for word, value in kwargs.items()
    ]
    line = f"{name}({_joined(entries)})"
    if _fits(line, 0):
        return line
    return _wrapped(f"{name}(", entries, ")", 0)


def _laid(value: Any, indent: int, column: int) -> str:
    """A value that begins at `column` of a line indented by `indent`."""
    line = _line(value)
    if _fits(line, column):
        return line
    if isinstance(value, Code):
        return value.replace("\n", "\n" + " " * indent)
    if isinstance(value, str):
        pieces = [Code(_string(piece)) for piece in value.splitlines(keepends=True)]
        if pieces[1:]:
            return _wrapped("(", [("", piece) for piece in pieces], ")", indent, "")
        return line
    if not isinstance(value, (list, tuple, dict)) or not value:
        return line
    opening, entries, closing = _brackets(value)
    return _wrapped(opening, entries, closing, indent)


def _fits(line: str, column: int) -> bool:
    return "\n" not in line and column + len(line) <= WIDTH


def _wrapped(opening: str, entries: Entries, closing: str, indent: int, comma: str = ",") -> str:
    inner = indent + STEP
    lines = (
        f"{' ' * inner}{before}{_laid(value, inner, inner + len(before) + len(comma))}{comma}\n"
        for before, value in entries
    )
    return f"{opening}\n{''.join(lines)}{' ' * indent}{closing}"


def _line(value: Any) -> str:
    """A value on one line (a `Code` keeps its lines)."""
    if isinstance(value, str):
        if isinstance(value, Code):
            return value
        return _string(value)
    if isinstance(value, (list, tuple, dict)):
        opening, entries, closing = _brackets(value)
        if closing == ")" and len(entries) == 1:
            comma = ","
        else:
            comma = ""
        return f"{opening}{_joined(entries)}{comma}{closing}"
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    raise TypeError(f"no literal for {type(value).__name__}")


def _joined(entries: Entries) -> str:
    return ", ".join(before + _line(value) for before, value in entries)


def _brackets(value: list[Any] | tuple[Any, ...] | dict[Any, Any]) -> tuple[str, Entries, str]:
    if isinstance(value, dict):
        return "{", [(f"{_line(key)}: ", inner) for key, inner in value.items()], "}"
    opening, closing = "()" if isinstance(value, tuple) else "[]"
    return opening, [("", inner) for inner in value], closing


def _string(text: str) -> str:
    return quoted(text, "'" if '"' in text and "'" not in text else '"')
