"""Large files of roles as IAM describes them, read role by role in bounded memory.

They are JSON lines, and what `list-roles` and `get-account-authorization-details` print, in pages
that may follow one another. Files of other kinds are left to the other readers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TextIO

from trust_widgets.policy import POLICY_DOCUMENT, unquoted
from trust_widgets.readers._json import is_policy
from trust_widgets.text.json.strict import Value

PIECE = 1 << 20
LONGEST_VALUE = 64 * PIECE
_SPACE = re.compile(r"[ \t\r\n,]*")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_KEY = re.compile(r'[ \t\r\n,]*"([^"\\]*)"[ \t\r\n]*:[ \t\r\n]*')
_ROLE_LISTS = ("RoleDetailList", "Roles")
_PAGE_KEYS = (*_ROLE_LISTS, "UserDetailList", "GroupDetailList", "Policies", "IsTruncated")
_PAGE_STARTS = frozenset((*_PAGE_KEYS, "Marker", "NextToken", "ResponseMetadata"))
_DOCUMENT = f'"{POLICY_DOCUMENT}"'
_DECODER = json.JSONDecoder()


class NoExport(Exception):
    """A file is no export of roles, or stops to be one."""


class ExportedRole(NamedTuple):
    """A role of an export.

    Args:
        plain: the role as JSON has it.
        text: its trust policy as written there.
        line, column: where the policy begins, from 1.
    """

    plain: dict[str, Any]
    text: str
    line: int
    column: int


class Exported(NamedTuple):
    """An item of an export that is no role: a user, a group or a managed policy.

    Args:
        kind: the name of its list: `"UserDetailList"`. plain: the item.
    """

    kind: str
    plain: dict[str, Any]


def exported_roles(file: TextIO) -> Iterator[ExportedRole]:
    """The roles of an export, in order.

    Args:
        file: the opened file; line breaks are kept as they are.

    Raises:
        NoExport: for a file of another kind, once that is seen.

    Example:
        >>> import io
        >>> line = '{"RoleName": "app", "AssumeRolePolicyDocument": {"Statement": []}}'
        >>> [(role.text, role.line) for role in exported_roles(io.StringIO(f"{line}\\n{line}"))]
        [('{"Statement": []}', 1), ('{"Statement": []}', 2)]
    """
    for item in exported_items(file, _ROLE_LISTS):
        if isinstance(item, ExportedRole):
            yield item


def exported_items(
    file: TextIO, lists: tuple[str, ...] = _PAGE_KEYS
) -> Iterator[ExportedRole | Exported]:
    """The roles of an export with the users, groups and policies in the lists that are named.

    Raises:
        NoExport: for a file of another kind, once that is seen.
    """
    text = _Buffer(file)
    is_empty = True
    while text.skip():
        is_empty = False
        yield from _document(text, lists)
    if is_empty:
        raise NoExport


def _document(text: _Buffer, lists: tuple[str, ...]) -> Iterator[ExportedRole | Exported]:
    if text.peek() == "[":
        yield from _roles(text)
        return
    key = text.first_key()
    if key in _PAGE_STARTS:
        yield from _page(text, lists)
    elif key == "Role":
        text.step_over_key()
        yield _role(text)
        text.close("}")
    else:
        yield _role(text)


def _page(text: _Buffer, lists: tuple[str, ...]) -> Iterator[ExportedRole | Exported]:
    """The items of one answer, whose lists may be long."""
    text.step()
    while text.skip() and text.peek() != "}":
        key = text.step_over_key()
        if key in _ROLE_LISTS and text.peek() == "[":
            yield from _roles(text)
        elif key in lists and text.peek() == "[":
            yield from _others(text, key)
        elif text.peek() == "[":
            for _ in text.items():
                pass
        else:
            text.value()
    text.close("}")


def _roles(text: _Buffer) -> Iterator[ExportedRole]:
    for plain, start, end in text.items():
        yield _exported(text, plain, start, end)


def _others(text: _Buffer, kind: str) -> Iterator[Exported]:
    for plain, _, _ in text.items():
        if isinstance(plain, dict):
            yield Exported(kind, plain)


def _role(text: _Buffer) -> ExportedRole:
    return _exported(text, *text.value())


def _exported(text: _Buffer, plain: Any, start: int, end: int) -> ExportedRole:
    if not isinstance(plain, dict) or not is_policy(plain.get(POLICY_DOCUMENT)):
        raise NoExport
    value = _document_in(text.text, plain, start, end)
    if isinstance(value.plain, str):
        return ExportedRole(plain, unquoted(value).text, *text.place(value.start + 1))
    return ExportedRole(plain, value.source, *text.place(value.start))


def _document_in(text: str, plain: dict[str, Any], start: int, end: int) -> Value:
    """The trust policy in the text of a role."""
    at = text.find(_DOCUMENT, start, end)
    if at >= 0:
        colon = _COLON.match(text, at + len(_DOCUMENT))
    else:
        colon = None
    if colon is None or text.find(_DOCUMENT, at + 1, end) >= 0:  # the name may be a value as well
        return Value(text, plain, start, end).members()[POLICY_DOCUMENT]
    begin = colon.end()
    policy, stop = _DECODER.raw_decode(text, begin)
    return Value(text, policy, begin, stop)


class _Buffer:
    """The part of a file that is being read, with the lines before it."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.text = ""
        self._at = 0
        self._is_over = False
        self._counted, self._line = 0, 1
        self._line_start = 0  # of the text; negative where the line began before it
        self._more()

    def _more(self) -> None:
        """Read on, without what was read already."""
        piece = self._file.read(max(PIECE, len(self.text) - self._at))
        self._is_over = not piece
        self._count_lines(self._at)
        self._line_start -= self._at
        self.text = self.text[self._at :] + piece
        self._at = self._counted = 0
        if len(self.text) > LONGEST_VALUE + PIECE:
            raise NoExport

    def _count_lines(self, end: int) -> None:
        breaks = self.text.count("\n", self._counted, end)
        if breaks:
            self._line += breaks
            self._line_start = self.text.rfind("\n", self._counted, end) + 1
        self._counted = max(self._counted, end)

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a character, no earlier than the one before."""
        self._count_lines(at)
        return self._line, at - self._line_start + 1

    def skip(self) -> bool:
        """Go to the next character that is no space; false at the end of the file."""
        while True:
            found = _SPACE.match(self.text, self._at)
            assert found is not None  # it matches nothing as well
            self._at = found.end()
            if self._at < len(self.text):
                return True
            if self._is_over:
                return False
            self._more()

    def peek(self) -> str:
        """The character that is next."""
        return self.text[self._at : self._at + 1]

    def step(self) -> None:
        """Go over one character."""
        self._at += 1

    def close(self, bracket: str) -> None:
        """Go over a bracket.

        Raises:
            NoExport: where there is another character.
        """
        if not self.skip() or self.peek() != bracket:
            raise NoExport
        self.step()

    def first_key(self) -> str:
        """The name of an object's first member, which is not gone over; `""` without one."""
        if len(self.text) - self._at < PIECE and not self._is_over:
            self._more()
        found = _KEY.match(self.text, self._at + 1)
        if found and self.peek() == "{":
            return found[1]
        return ""

    def step_over_key(self) -> str:
        """Go to the value of an object's next member, and return its name."""
        if self.peek() == "{":
            self.step()
        if len(self.text) - self._at < PIECE and not self._is_over:
            self._more()
        found = _KEY.match(self.text, self._at)
        if found is None:
            raise NoExport
        self._at = found.end()
        return found[1]

    def items(self) -> Iterator[tuple[Any, int, int]]:
        """The items of a list, each with its place in the text as it is then."""
        self.step()
        while self.skip() and self.peek() != "]":
            yield self.value()
        self.close("]")

    def value(self) -> tuple[Any, int, int]:
        """Go over a value, and return it with its place in the text."""
        while True:
            try:
                plain, end = _DECODER.raw_decode(self.text, self._at)
            except (ValueError, RecursionError) as error:
                if self._is_over or isinstance(error, RecursionError):
                    raise NoExport from None
            else:
                if end < len(self.text) or self._is_over:
                    start, self._at = self._at, end
                    return plain, start, end
            self._more()
