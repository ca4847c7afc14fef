"""Shapes of a picture, as HTML and as plain values for the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from trust_widgets.pictures.style import SMALL, STRONG
from trust_widgets.text.html import Html, tag

_PAGE_VALUE = re.compile(r"var\(--jp-[a-z0-9-]+, ([^()]+)\)")
"""A value that a page may have, with its fallback."""

Part = tuple[str, bool]  # some text, and whether it is heavy
Line = tuple[Part, ...]


class Shape(NamedTuple):
    """One element of a picture, from our own code; only its texts are an external caller's."""

    name: str
    attributes: dict[str, str]
    children: tuple[Shape | str, ...] = ()

    def html(self) -> Html:
        """The element and all in it."""
        return tag(
            self.name,
            *(c if isinstance(c, str) else c.html() for c in self.children),
            **self.attributes,
        )

    def as_image(self) -> Shape:
        """The element for an image, which has neither tooltips nor the colors of a page."""
        children = [c if isinstance(c, str) else c.as_image() for c in self.children if _is_seen(c)]
        style = _PAGE_VALUE.sub(r"\1", self.attributes.get("style", ""))
        if style:
            attributes = {**self.attributes, "style": style}
        else:
            attributes = self.attributes
        return Shape(self.name, attributes, tuple(children))


def _is_seen(child: Shape | str) -> bool:
    return isinstance(child, str) or child.name != "title"


def shape(name: str, *children: Shape | str, **attributes: str | float) -> Shape:
    """A shape; numbers are written with at most one decimal.

    Example:
        >>> shape("line", x1=0, y1=2.25, style="stroke: #000").html()
        '<line x1="0" y1="2.2" style="stroke: #000"></line>'
    """
    said = {
        key: value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
        for key, value in attributes.items()
    }
    return Shape(name, said, children)


def words(
    lines: tuple[Line, ...], x: float, y: float, size: float, style: str = "", leading: float = 1.3
) -> Shape:
    """Lines of text, the first with its foot at `y`; small ones have the size of the picture."""
    styles = [*([] if size == SMALL else [f"font-size: {size:g}px"]), *([style] if style else [])]
    if styles:
        more = {"style": "; ".join(styles)}
    else:
        more = {}
    if len(lines) == 1:
        return shape("text", *_parts(lines[0]), x=x, y=y, **more)
    spans = [
        shape("tspan", *_parts(line), x=x, y=y + index * size * leading)
        for index, line in enumerate(lines)
        if line
    ]
    return shape("text", *spans, **more)


def _parts(line: Line) -> Iterator[Shape | str]:
    for text, heavy in line:
        if heavy:
            yield shape("tspan", text, style=f"font-weight: 700; fill: {STRONG}")
        else:
            yield text


def plain(text: str) -> tuple[Part, ...]:
    """A text of one weight."""
    return ((text, False),)


@lru_cache(maxsize=1024)
def wrapped(parts: tuple[Part, ...], width: float, most: int) -> tuple[Line, ...]:
    """A text in lines; what is more than `most` of them is cut off with an ellipsis.

    Args:
        parts: the text. width: characters on a line. most: lines.

    Example:
        >>> wrapped((("any branch", True), (" of octo-org/app", False)), 16, 2)
        ((('any branch', True), (' of', False)), (('octo-org/app', False),))
    """
    letters = [(letter, heavy) for text, heavy in parts for letter in text]
    lines: list[list[tuple[str, bool]]] = [[]]
    for word in _words(letters, width):
        if lines[-1] and _width(lines[-1]) + _width(_stripped(word)) > width:
            lines.append([])
        lines[-1] += word
    shown = [_stripped(line) for line in lines[:most]]
    if len(lines) > most:
        last = shown[-1][: int(width) - 1]
        shown[-1] = [*last, ("…", bool(last) and last[-1][1])]
    return tuple(tuple(_joined(line)) for line in shown)


def _words(letters: list[tuple[str, bool]], width: float) -> Iterator[list[tuple[str, bool]]]:
    """Yield pieces after which a line may end: at spaces, else after punctuation, else anywhere."""
    text = "".join(letter for letter, _ in letters)
    for found in re.finditer(r"\s*[^\s:/.,@=_-]*[\s:/.,@=_-]*", text):
        piece = letters[found.start() : found.end()]
        for start in range(0, len(piece), int(width)):
            yield piece[start : start + int(width)]


def _width(letters: list[tuple[str, bool]]) -> float:
    """Heavy letters are wider."""
    return sum(1.18 if heavy else 1 for _, heavy in letters)


def _stripped(line: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    text = "".join(letter for letter, _ in line)
    return line[len(text) - len(text.lstrip()) : len(text.rstrip())]


def _joined(line: list[tuple[str, bool]]) -> Iterator[Part]:
    text = ""
    for index, (letter, heavy) in enumerate(line):
        text += letter
        if index + 1 == len(line) or line[index + 1][1] != heavy:
            yield text, heavy
            text = ""
