"""Files that are read together: one number for each character of all of them, and its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\r|\n")
# Characters that represent what is not known (see `_tree`); a file's own ones are replaced.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Place(NamedTuple):
    """A place in a file.

    Args:
        file: the file's name as it was given, or found below a folder that was given.
        line, column: from 1.
        offset: in characters of the file, from 0.
    """

    file: str
    line: int
    column: int
    offset: int


class SourceText:
    """The text of one file.

    Args:
        file: its name. text: its characters. base: the number of its first character.
    """

    def __init__(self, file: str, text: str, base: int) -> None:
        self.file = file
        self.text = text
        self.base = base
        # what readers read: as long as the text, without marks and private characters
        clean = _PRIVATE.sub("\ufffd", text)
        if clean.startswith("\ufeff"):
            self.clean = " " + clean[1:]
        else:
            self.clean = clean
        self._lines: list[int] = []

    def at(self, offset: int) -> Place:
        """The place of a character of this file."""
        if not self._lines:
            self._lines = [0, *(found.end() for found in _BREAK.finditer(self.text))]
        line = bisect_right(self._lines, offset)
        return Place(self.file, line, offset - self._lines[line - 1] + 1, offset)


class Sources:
    """Texts one after the other, so that one number says both the file and the character.

    Example:
        >>> sources = Sources()
        >>> first, second = sources.add("a.tf", "one"), sources.add("b.tf", "two\\nlines")
        >>> sources.place(second.base + 4)
        Place(file='b.tf', line=2, column=1, offset=4)
    """

    def __init__(self) -> None:
        self._texts: list[SourceText] = []
        self._bases: list[int] = []
        self._end = 0
        self.root: Path | None = None  # the folder that was given
        self.var_files: tuple[str, ...] = ()  # with values for Terraform's variables

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(dict.fromkeys(source.file for source in self._texts))

    def add(self, file: str, text: str) -> SourceText:
        """Take a text in."""
        source = SourceText(file, text, self._end)
        self._texts.append(source)
        self._bases.append(source.base)
        self._end += len(text) + 1  # its end is a place as well
        return source

    def of(self, number: int) -> SourceText:
        """The text that holds a character."""
        return self._texts[max(bisect_right(self._bases, number) - 1, 0)]

    def text_of(self, file: str) -> str:
        """The text of a file; `""` for one that is not among them."""
        found = [source.text for source in self._texts if source.file == file]
        if found:
            return found[-1]
        return ""

    def place(self, number: int) -> Place:
        """The file, line and column of a character."""
        source = self.of(number)
        return source.at(min(number - source.base, len(source.text)))

    def between(self, start: int, end: int) -> str:
        """The characters from `start` up to `end`, of the file that holds `start`."""
        source = self.of(start)
        return source.text[start - source.base : end - source.base]
