"""Edits of a JSON text that keep every other character, and write as the document is written.

Each gives the new text, or `None` when the place is not there.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from trust_widgets.text.json.reader import read
from trust_widgets.text.json.tree import JsonNode, Member, Path, member_at, node_at, plain
from trust_widgets.text.json.writer import json_text

WIDTH = 120
"""What is written on one line stays there while the line is no longer than this."""


def replace(text: str, path: Path, value: Any) -> str | None:
    """Put another value in a value's place.

    Example:
        >>> replace('{"Effect" : "allow"}', ("Effect",), "Allow")
        '{"Effect" : "Allow"}'
    """
    node = node_at(read(text).root, path)
    if node is None:
        return None
    return _put(text, node, value)


def rename(text: str, path: Path, key: str) -> str | None:
    """Give a member another name."""
    member = member_at(read(text).root, path)
    if member is None:
        return None
    return _spliced(text, member.key_span.start, member.key_span.end, _quoted(key))


def remove(text: str, path: Path) -> str | None:
    """Take a member out of its object, or a value out of its list, with its comma.

    A value without a list takes its name with it.
    """
    if not path:
        return None
    root = read(text).root
    parent = node_at(root, path[:-1])
    if parent is None or node_at(root, path) is None:
        return None
    if isinstance(path[-1], int):
        if parent.items is None:
            return remove(text, path[:-1])
        return replace_slice(text, path[:-1], path[-1], path[-1] + 1, [])
    members = parent.members or ()
    at = next(i for i, member in enumerate(members) if member.key == path[-1])
    return _cut(text, _spans_of_members(members), at, at + 1)


def insert(text: str, path: Path, value: Any, order: Sequence[str] = ()) -> str | None:
    """Add a member to an object, or a value to a list before the one of that index.

    Args:
        text: the document.
        path: of what will be there.
        value: plain JSON values.
        order: names that a new member is put after, if they are there: those before its own.

    Example:
        >>> insert('{"Effect": "Allow"}', ("Sid",), "One", ("Sid", "Effect"))
        '{"Sid": "One", "Effect": "Allow"}'
    """
    if not path:
        return None
    if isinstance(path[-1], int):
        return replace_slice(text, path[:-1], path[-1], path[-1], [value])
    parent = node_at(read(text).root, path[:-1])
    if parent is None or parent.members is None or parent.member(path[-1]) is not None:
        return None
    at = _place_in_order(parent.members, path[-1], order)
    layout = _Layout(text, parent, _spans_of_members(parent.members))
    entry = f"{_quoted(path[-1])}: {layout.written(value)}"
    return layout.insert(at, [entry])


def replace_slice(text: str, path: Path, start: int, stop: int, values: Sequence[Any]) -> str:
    """Replace a range of a list's values; the others keep their text.

    A value without a list counts as a list of one, and gets its brackets when it has
    company. A list that is not there yet is made. The text stays as it is when there is no place
    for one.

    Example:
        >>> replace_slice('{"Statement": [ 1,  2 ]}', ("Statement",), 1, 2, [3, 4])
        '{"Statement": [ 1,  3,  4 ]}'
    """
    node = node_at(read(text).root, path)
    if node is None:
        return insert(text, path, list(values)) or text
    if node.items is None:
        return _replace_single(text, path, node, start, stop, values)
    spans = [(item.span.start, item.span.end) for item in node.items]
    layout = _Layout(text, node, spans)
    written = [layout.written(value) for value in values]
    if stop - start == len(values):
        for index, value in enumerate(values, start):
            text = _updated(text, (*path, index), value)
        return text
    if start == 0 and stop == len(spans) and not values:
        return _spliced(text, node.span.start, node.span.end, "[]")
    if not values:
        return _cut(text, spans, start, stop)
    if start == stop:
        return layout.insert(start, written)
    begin, _ = spans[start]
    _, end = spans[stop - 1]
    return _spliced(text, begin, end, layout.joined(written))


def _replace_single(
    text: str, path: Path, node: JsonNode, start: int, stop: int, values: Sequence[Any]
) -> str:
    if (start, stop) == (0, 1) and len(values) == 1:
        return _updated(text, path, values[0])
    old = [plain(node)]
    return _put(text, node, [*old[:start], *values, *old[stop:]])


def _updated(text: str, path: Path, value: Any) -> str:
    """Give a value's place to another one; what both say keeps its characters."""
    node = node_at(read(text).root, path)
    if node is None or _alone(plain(node)) == _alone(value):
        return text
    names = [member.key for member in node.members or ()]
    if not names or not isinstance(value, dict) or not value or len(names) > len(set(names)):
        return _put(text, node, value)
    if _is_short(text, node) and set(value) - set(names):
        return _put(text, node, value)  # which looks whether it still fits on its line
    for key in value:  # before the others go, so that the layout can still be seen
        place = (*path, key)
        added = None
        if key not in names:
            added = insert(text, place, value[key], tuple(value))
        if added is None:
            added = _updated(text, place, value[key])
        text = added
    for key in names:
        if key not in value:
            text = remove(text, (*path, key)) or text
    return text


def _alone(value: Any) -> str:
    """A value to compare; a list of one says what its value says, everywhere in a policy."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return json.dumps(value)


def _put(text: str, node: JsonNode, value: Any) -> str:
    """Return the text of a value in a node's place, on one line if that fits there."""
    indent = _indent_at(text, node.span.start)
    column = node.span.start - text.rfind("\n", 0, node.span.start)
    fits = _is_short(text, node) and column + len(_dumped(text, value, "", True)) <= WIDTH
    written = _dumped(text, value, indent, fits or _is_on_one_line(text))
    return _spliced(text, node.span.start, node.span.end, written)


def _spliced(text: str, start: int, end: int, new: str) -> str:
    """The text with a range replaced."""
    return text[:start] + new + text[end:]


def _spans_of_members(members: Sequence[Member]) -> list[tuple[int, int]]:
    """Where each member begins and ends."""
    return [(member.key_span.start, member.node.span.end) for member in members]


def _cut(text: str, spans: list[tuple[int, int]], start: int, stop: int) -> str:
    """Take entries out, with the comma on that side where others stay."""
    begins = [begin for begin, _ in spans]
    ends = [end for _, end in spans]
    if start > 0:
        return _spliced(text, ends[start - 1], ends[stop - 1], "")
    if stop < len(spans):
        return _spliced(text, begins[0], begins[stop], "")
    before, after = text[: begins[0]], text[ends[-1] :]
    return before.rstrip() + after.lstrip()


def _place_in_order(members: tuple[Member, ...], key: str, order: Sequence[str]) -> int:
    if key not in order:
        return len(members)
    before = order[: order.index(key)]
    return max((i + 1 for i, member in enumerate(members) if member.key in before), default=0)


class _Layout:
    """How an object or a list is written, and how entries are put into it in the same way."""

    def __init__(self, text: str, node: JsonNode, spans: list[tuple[int, int]]) -> None:
        self.text = text
        self.node = node
        self.spans = spans
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.outer = _indent_at(text, node.span.start)
        if len(spans) > 1:
            between = text[spans[0][1] : spans[1][0]].strip(",")
        else:
            between = ""
        if spans:
            lead = text[node.span.start + 1 : spans[0][0]]
        else:
            lead = ""
        self.one_line = "\n" not in lead if spans else _is_on_one_line(text)
        if self.one_line:
            self.indent = self.outer
        else:
            self.indent = self.outer + _unit(text)
        if "\n" in lead and not lead.strip():
            self.indent = lead.rpartition("\n")[2]
        if self.one_line and between and not between.strip():
            self.gap = between
        else:
            self.gap = " "
        if not self.one_line:
            self.gap = self.newline + self.indent
        # `[{` and its values' names below: the brackets are on one line, what they hold is not.
        self.flat = self.one_line and not any("\n" in text[start:end] for start, end in spans)

    def written(self, value: Any) -> str:
        """A value as an entry of this container."""
        return _dumped(self.text, value, self.indent, self.flat)

    def insert(self, at: int, written: list[str]) -> str:
        """The text with entries put in before the one of that index."""
        joined = self.joined(written)
        if not self.spans:
            return self._fill(joined)
        if at < len(self.spans):
            begin, _ = self.spans[at]
            return _spliced(self.text, begin, begin, f"{joined},{self.gap}")
        _, end = self.spans[-1]
        return _spliced(self.text, end, end, f",{self.gap}{joined}")

    def joined(self, written: list[str]) -> str:
        """Several entries, with what is between them here."""
        return f",{self.gap}".join(written)

    def _fill(self, entries: str) -> str:
        """The text with entries in a container that was empty."""
        inside = self.node.span.start + 1, self.node.span.end - 1
        if not self.one_line:
            entries = self.gap + entries + self.newline + self.outer
        return _spliced(self.text, *inside, entries)


def _dumped(text: str, value: Any, indent: str, one_line: bool) -> str:
    if one_line:
        return json_text(value)
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = json_text(value, indent=_unit(text)).split("\n")
    return (newline + indent).join(lines)


def _is_short(text: str, node: JsonNode) -> bool:
    """Whether an object or a list, and not an empty one, is written on one line of several."""
    written = text[node.span.start : node.span.end]
    return bool(node.members or node.items) and "\n" not in written and not _is_on_one_line(text)


def _quoted(key: str) -> str:
    return json_text(key)


def _is_on_one_line(text: str) -> bool:
    return "\n" not in text.strip()


def _indent_at(text: str, offset: int) -> str:
    """The white space that the line of an offset begins with."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _unit(text: str) -> str:
    """One step of indentation: that of the first name in the document."""
    root = read(text).root
    if root is None or not root.members:
        return "  "
    start = root.members[0].key_span.start
    step = _indent_at(text, start).removeprefix(_indent_at(text, root.span.start))
    own_line = "\n" in text[root.span.start : start]
    if own_line and step:
        return step
    return "  "
