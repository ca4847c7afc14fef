"""Which files a shell script writes, and in which line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

HEREDOC = re.compile(r"<<(-?)[ \t]*(\\?['\"]?)([A-Za-z_]\w*)['\"]?")
_WRITES = re.compile(
    r"(?<![<>&\d-])>{1,2}\s*(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'<>|;&()]+)"
    r"|\btee\b(?:\s+-\w+)*\s+(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'<>|;&()]+)"
)
# A command that changes files in place; their names are at the end of its line.
_CHANGES = re.compile(r"\b(?:sed|perl|yq)[ \t]+(?:-{1,2}[\w-]+[ \t]+)*?-(?:\w*i|-in-?place)\b")
_LAST_WORD = re.compile(r"([^\s\"';|&]+)[\"']?[ \t]*(?:[;|&][^\n]*)?\Z")
_MOST_HEREDOCS = 200
_ECHO = re.compile(
    r"[ \t]*(?:echo|printf)[ \t]+(?:-[neE]+[ \t]+|['\"]%s(?:\\n)?['\"][ \t]+)?(?=['\"])"
)
# A folder that is the script's own, or the one that it runs in.
_HERE = re.compile(r"\A(?:\./|\$PWD/|\$\{PWD\}/|\$\(pwd\)/|`pwd`/)+")
_BRACED = re.compile(r"\$\{(\w+)\}")


class FileWrite(NamedTuple):
    """A place at which a file is written or changed.

    Args:
        at: it. name: of the file, as `bare_name` gives it.
        heredoc: the mark of the here-document that is written; `None` for another text.
        word: where a word begins that is written, of `echo`; -1 for none.
    """

    at: int
    name: str
    heredoc: re.Match[str] | None = None
    word: int = -1


def written_files(text: str) -> Iterator[FileWrite]:
    """The places at which a script writes files, in their order."""
    found = [*_redirected(text), *_changed(text)]
    yield from sorted(found, key=lambda one: one.at)


def _redirected(text: str) -> Iterator[FileWrite]:
    marks = islice(HEREDOC.finditer(text), _MOST_HEREDOCS)
    bodies = [_body(text, mark) for mark in marks]
    inside = [span for span in bodies if span is not None]
    for write in _WRITES.finditer(text):
        if any(start <= write.start() < end for start, end in inside):
            continue
        name = bare_name(write[1] or write[2])
        begin = text.rfind("\n", 0, write.start()) + 1
        end = text.find("\n", write.end())
        line_end = end if end >= 0 else len(text)
        is_added = write[0].startswith(">>")
        mark = HEREDOC.search(text, begin, line_end)
        echo = _ECHO.match(text, begin)
        if is_added or (mark is None and echo is None):
            yield FileWrite(write.start(), name)
        elif mark is not None:
            yield FileWrite(write.start(), name, heredoc=mark)
        elif echo is not None:
            yield FileWrite(write.start(), name, word=echo.end())


def _changed(text: str) -> Iterator[FileWrite]:
    for change in _CHANGES.finditer(text):
        rest, _, _ = text[change.end() :].partition("\n")
        last = _LAST_WORD.search(rest[-200:])
        if last is not None:
            yield FileWrite(change.start(), bare_name(last[1]))


def _body(text: str, mark: re.Match[str]) -> tuple[int, int] | None:
    """The lines of a here-document."""
    begin = text.find("\n", mark.end()) + 1
    end = re.compile(rf"^\t*{re.escape(mark[3])}\r?$", re.MULTILINE).search(text, begin)
    if begin and end is not None:
        return (begin, end.start())
    return None


def bare_name(name: str) -> str:
    """A file's name without its quotes, and without what only says that it is here.

    Example:
        >>> bare_name('"${DIR}/trust.json"'), bare_name("./a.json")
        ('$DIR/trust.json', 'a.json')
    """
    return _HERE.sub("", _BRACED.sub(r"$\1", name.strip("\"'")))
