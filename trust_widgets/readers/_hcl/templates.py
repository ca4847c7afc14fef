"""Terraform's templates: what is in quotes, in heredocs, and in files for `templatefile`.

https://developer.hashicorp.com/terraform/language/expressions/strings
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trust_widgets.readers._hcl.blocks import Unclosed, after_braces

_HEREDOC = re.compile(r"<<(-?)([A-Za-z_][\w.-]*)\r?\n")
_MARK = re.compile(r"\$\$\{|%%\{|\$\{~?|%\{~?")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))|[$%]{1,2}\{", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_DIRECTIVE = re.compile(r"\s*(if|else|endif|for|endfor)\b(.*)", re.DOTALL)
_FOR = re.compile(r"\s*([A-Za-z_][\w-]*)\s*(?:,\s*([A-Za-z_][\w-]*)\s*)?in\b", re.DOTALL)


class Chars(NamedTuple):
    """Characters, with the place of each and of their end."""

    text: str
    places: Sequence[int]

    def cut(self, start: int, end: int) -> Chars:
        """Some of them."""
        return Chars(self.text[start:end], self.places[start : end + 1])


@dataclass
class TemplatePart:
    """A part of a template.

    Args:
        kind: `"text"`, `"value"`, `"if"` or `"for"`.
        chars: the text, or the expression.
        names: of a `for`, the names that its parts know the items by.
        parts, other: what is between the marks, and what is behind `else`.
        whole: all of it as it is written.
    """

    kind: str
    chars: Chars
    names: tuple[str, ...] = ()
    parts: list[TemplatePart] = field(default_factory=list)
    other: list[TemplatePart] = field(default_factory=list)
    start: int = 0
    end: int = 0


class NotATemplate(ValueError):
    """Marks that do not match."""


def of_string(chars: Chars) -> list[TemplatePart]:
    """The parts of a quoted string, given with its quotes."""
    return _parts(chars.cut(1, len(chars.text) - 1), unescaped)


def of_file(chars: Chars) -> list[TemplatePart]:
    """The parts of a template file."""
    return _parts(chars, lambda chars: chars)


def of_heredoc(chars: Chars) -> list[TemplatePart]:
    """The parts of a heredoc, given with its marks."""
    text = chars.text
    begin = _HEREDOC.match(text)
    if begin is None:
        raise NotATemplate(text[:20])
    end = re.compile(rf"^[ \t]*{re.escape(begin[2])}[ \t]*\r?$", re.MULTILINE)
    last = end.search(text, begin.end())
    stop = last.start() if last else len(text)
    body = chars.cut(begin.end(), stop)
    return _parts(_outdented(body) if begin[1] else body, lambda chars: chars)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _outdented(chars: Chars) -> Chars:
    """Without the spaces that all lines begin with."""
    lines = chars.text.split("\n")
    indents = [_indent(line) for line in lines if line.strip()]
    indent = min(indents, default=0)
    text, places, at = list[str](), list[int](), 0
    for number, line in enumerate(lines):
        skip = min(indent, _indent(line))
        kept = line[skip:] + ("\n" if number < len(lines) - 1 else "")
        text.append(kept)
        places += chars.places[at + skip : at + skip + len(kept)]
        at += len(line) + 1
    return Chars(
        "".join(text),
        [*places, chars.places[len(chars.text)]],
    )


def unescaped(chars: Chars) -> Chars:
    """What the escapes of a quoted string represent.

    Example:
        >>> unescaped(Chars('a\\\\"b', range(5))).text
        'a"b'
    """
    if "\\" not in chars.text:
        return chars
    text, places, at = [], list[int](), 0
    for mark in _ESCAPE.finditer(chars.text):
        if mark[0][0] != "\\":
            continue
        text.append(chars.text[at : mark.start()])
        places += chars.places[at : mark.start()]
        text.append(_escaped(mark))
        places += [chars.places[mark.start()]] * len(text[-1])
        at = mark.end()
    text.append(chars.text[at:])
    return Chars("".join(text), [*places, *chars.places[at:]])


def _escaped(mark: re.Match[str]) -> str:
    digits = mark[1] or mark[2]
    if digits:
        number = int(digits, 16)
        if number < 0x110000 and not 0xD800 <= number < 0xE000:
            return chr(number)
        return "\ufffd"
    return _ESCAPES.get(mark[3], mark[0])


def _parts(chars: Chars, unescape: Callable[[Chars], Chars]) -> list[TemplatePart]:
    """The parts of a template.

    Raises:
        NotATemplate: when its marks do not match.
    """
    flat = _flat(chars, unescape)
    root: list[TemplatePart] = []
    opened: list[tuple[TemplatePart, list[TemplatePart]]] = []
    here = root
    for part in flat:
        if part.kind in ("if", "for"):
            here.append(part)
            opened.append((part, here))
            here = part.parts
        elif part.kind == "else" and opened:
            here = opened[-1][0].other
        elif part.kind in ("endif", "endfor") and opened:
            outer, here = opened.pop()
            outer.end = part.end
        elif part.kind in ("text", "value"):
            here.append(part)
        else:
            raise NotATemplate(part.kind)
    if opened:
        raise NotATemplate(opened[-1][0].kind)
    return root


def _flat(chars: Chars, unescape: Callable[[Chars], Chars]) -> list[TemplatePart]:
    """The parts in their order, marks of directives among them."""
    found: list[TemplatePart] = []
    at, trims = 0, False
    while mark := _MARK.search(chars.text, at):
        literal = chars.cut(at, mark.start())
        escaped = len(mark[0]) > 2 and mark[0][2] == "{"
        if escaped:  # "$${" is "${"
            literal = _joined(literal, chars.cut(mark.start() + 1, mark.end()))
        _add_text(found, unescape(literal), trims, mark[0].endswith("~"))
        at, trims = mark.end(), False
        if escaped:
            continue
        try:
            end = after_braces(chars.text, at)
        except Unclosed:
            raise NotATemplate(mark[0]) from None
        stop = end - 1
        trims = chars.text[stop - 1] == "~" and stop > at
        inner = chars.cut(at, stop - 1 if trims else stop)
        found.append(
            _marked(
                mark[0],
                inner,
                chars.places[mark.start()],
                chars.places[end],
            )
        )
        at = end
    _add_text(found, unescape(chars.cut(at, len(chars.text))), trims, False)
    return found


def _joined(one: Chars, other: Chars) -> Chars:
    return Chars(
        one.text + other.text,
        [*one.places[: len(one.text)], *other.places],
    )


def _add_text(found: list[TemplatePart], chars: Chars, left: bool, right: bool) -> None:
    start, end = 0, len(chars.text)
    if left:
        start = end - len(chars.text.lstrip())
    if right:
        end = max(len(chars.text.rstrip()), start)
    if end > start:
        found.append(TemplatePart("text", chars.cut(start, end)))


def _marked(mark: str, inner: Chars, start: int, end: int) -> TemplatePart:
    """A value or a mark of a directive."""
    if mark[0] == "$":
        return TemplatePart("value", inner, start=start, end=end)
    directive = _DIRECTIVE.fullmatch(inner.text)
    if directive is None:
        raise NotATemplate(inner.text)
    kind, at = directive[1], directive.start(2)
    names: tuple[str, ...] = ()
    if kind == "for":
        loop = _FOR.match(directive[2])
        if loop is None:
            raise NotATemplate(inner.text)
        names = tuple(filter(None, loop.groups()))
        at += loop.end()
    rest = inner.cut(at, len(inner.text))
    return TemplatePart(kind, rest, names, start=start, end=end)
