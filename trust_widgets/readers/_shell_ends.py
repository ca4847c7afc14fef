"""Where a quoted text, a word, a command or a here-document of a shell script ends.

https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
"""

from __future__ import annotations

import re

from trust_widgets.readers._shell_files import HEREDOC

ENDS_OF_WORDS = " \t\r\n;|&<>()"


def last_line(mark: re.Match[str], is_indented: bool) -> re.Pattern[str]:
    """The line that ends a here-document, which another file may hold with spaces before it."""
    blank = "[ \t]*" if is_indented else "\t*"
    return re.compile(rf"^{blank}{re.escape(mark[3])}\r?$", re.MULTILINE)


def after_single_quotes(text: str, at: int) -> int:
    """The place behind a text in single quotes, which begins at a place."""
    end = text.find("'", at)
    if end < 0:
        return len(text) + 1
    return end + 1


def after_quotes(text: str, at: int, is_indented: bool) -> int:
    """The place behind a text in double quotes, in which commands may hold further ones."""
    while at < len(text):
        if text[at] == '"':
            return at + 1
        at = after_char(text, at, is_indented)
    return len(text) + 1


def after_bare(text: str, at: int, is_indented: bool) -> int:
    """The place behind the part of a word that has no quotes."""
    while at < len(text) and text[at] not in ENDS_OF_WORDS + "'\"":
        at = after_char(text, at, is_indented)
    return min(at, len(text))


def after_char(text: str, at: int, is_indented: bool) -> int:
    """The place behind a character, one behind a backslash, or a whole command."""
    if text[at] == "\\":
        return at + 2
    if text.startswith("$(", at):
        return _after_command(text, at + 2, is_indented)
    if text[at] == "`":
        end = text.find("`", at + 1)
        if end < 0:
            return len(text)
        return end + 1
    return at + 1


def _after_command(text: str, at: int, is_indented: bool) -> int:
    """The place behind `$(...)`, in which quotes and here-documents may hold brackets."""
    depth = 1
    while at < len(text):
        char = text[at]
        heredoc = HEREDOC.match(text, at)
        if heredoc is not None:
            end = last_line(heredoc, is_indented).search(text, heredoc.end())
            at = end.end() if end else len(text)
        elif char == "(":
            depth += 1
            at += 1
        elif char == ")":
            depth -= 1
            at += 1
            if not depth:
                return at
        elif char == "'":
            at = min(after_single_quotes(text, at + 1), len(text))
        elif char == "\\":
            at += 2
        else:
            at += 1
    return len(text)
