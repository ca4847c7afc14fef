"""The blocks of a Terraform file, found without reading what is in them.

A file may have thousands of lines, and few of them say who may assume a role: a block is parsed
when it is needed. A mistake in one block hides no other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile(
    r"""\#[^\n]*|//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)|<<-?(?P<heredoc>[A-Za-z_][\w.-]*)\r?\n|["{}]"""
)
_LONGEST_HEADER = 2000  # characters
_HEADER = re.compile(
    r'(?<![\w-])([A-Za-z_][\w-]*)((?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*)[ \t]*\Z'
)
_LABEL = re.compile(r'"([^"\n]*)"|([A-Za-z_][\w-]*)')
_IN_STRING = re.compile(r'\\.|["\n]|[$%]\{|[$%]{2}\{', re.DOTALL)


class BlockSpan(NamedTuple):
    """A block at the outermost level, from its first word to its closing brace."""

    kind: str
    labels: tuple[str, ...]
    start: int
    end: int


class Unclosed(ValueError):
    """A brace, a string or a heredoc that is never closed begins at this place."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def blocks_of(text: str) -> list[BlockSpan]:
    """The blocks of a file, in their order.

    Raises:
        Unclosed: when a block is never closed.

    Example:
        >>> [block.labels for block in blocks_of('data "a" "b" {\\n x = "}${f("}")}"\\n}\\n')]
        [('a', 'b')]
    """
    found: list[BlockSpan] = []
    opened: list[int] = []
    at = 0
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark["heredoc"]:
            at = after_heredoc(text, mark["heredoc"], at)
        elif mark[0] == '"':
            at = after_string(text, at)
        elif mark[0] == "{":
            opened.append(mark.start())
        elif mark[0] == "}" and opened:
            start = opened.pop()
            if not opened:
                found += _block(text, start, at)
    if opened:
        raise Unclosed(opened[0])
    return found


def _block(text: str, brace: int, end: int) -> list[BlockSpan]:
    """The block whose body begins at a brace; an object of an attribute is none."""
    first = max(brace - _LONGEST_HEADER, 0)
    ends = (text.rfind(mark, first, brace) + 1 for mark in ("\n", "}", "*/"))
    line = max(first, *ends)
    header = _HEADER.search(text, line, brace)
    if header is None:
        return []
    labels = tuple(one or other for one, other in _LABEL.findall(header[2]))
    return [BlockSpan(header[1], labels, header.start(), end)]


def after_heredoc(text: str, name: str, at: int) -> int:
    """The place after a heredoc's end mark."""
    end = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*\r?$", re.MULTILINE).search(text, at)
    if end is None:
        raise Unclosed(at)
    return end.end()


def after_string(text: str, at: int) -> int:
    """The place after a string's closing quote, from behind its opening one."""
    begin = at - 1
    while mark := _IN_STRING.search(text, at):
        at = mark.end()
        if mark[0] == '"':
            return at
        if mark[0] in ("${", "%{"):
            at = after_braces(text, at)
        elif mark[0] == "\n":
            break
    raise Unclosed(begin)


def after_braces(text: str, at: int) -> int:
    """The place after the brace that closes what is open at a place; strings may hold braces."""
    begin, depth = at - 1, 1
    while mark := _MARK.search(text, at):
        at = mark.end()
        if mark["heredoc"]:
            at = after_heredoc(text, mark["heredoc"], at)
        elif mark[0] == '"':
            at = after_string(text, at)
        elif mark[0] in "{}":
            depth += 1 if mark[0] == "{" else -1
            if not depth:
                return at
    raise Unclosed(begin)
