"""A JSON text as a tree in which every value knows its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

Scalar = str | int | float | bool | None
Path = tuple[str | int, ...]


class Span(NamedTuple):
    """A range of characters: from `start` up to, but without, `end`."""

    start: int
    end: int


class Splice(NamedTuple):
    """A replacement of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class JsonNode:
    """One value in the text: an object with `members`, a list with `items`, or a scalar `value`."""

    span: Span
    value: Scalar = None
    members: tuple[Member, ...] | None = None
    items: tuple[JsonNode, ...] | None = None

    def member(self, key: str) -> Member | None:
        """The member of that name, the last if there are several."""
        return next((m for m in reversed(self.members or ()) if m.key == key), None)


@dataclass(frozen=True, slots=True)
class Member:
    """A name and its value in an object."""

    key: str
    key_span: Span
    node: JsonNode


@dataclass(frozen=True, slots=True)
class JsonFault:
    """One thing that is no JSON.

    Args:
        kind: its name, for example `"trailing_comma"`.
        message: what is wrong, for someone who has never read the JSON standard.
        span: the place.
        title: what `splices` would do; `""` when no machine can know.
        splices: the repair.
    """

    kind: str
    message: str
    span: Span
    title: str = ""
    splices: tuple[Splice, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedJson:
    """What a text says, as far as it can be read, and its faults in the order of their places."""

    root: JsonNode | None
    faults: tuple[JsonFault, ...]


def node_at(root: JsonNode | None, path: Path) -> JsonNode | None:
    """The node at a path, below a root."""
    node = root
    for step in path:
        if node is None:
            return None
        if isinstance(step, str):
            member = node.member(step)
            node = member.node if member else None
        elif node.items is not None:
            if 0 <= step < len(node.items):
                node = node.items[step]
            else:
                node = None
        elif step != 0:
            return None
    return node


def member_at(root: JsonNode | None, path: Path) -> Member | None:
    """The member that a path's last name represents."""
    if not path or not isinstance(path[-1], str):
        return None
    parent = node_at(root, path[:-1])
    if parent:
        return parent.member(path[-1])
    return None


def path_at(root: JsonNode | None, offset: int) -> Path:
    """The path of the innermost value that holds an offset."""
    path: list[str | int] = []
    node = root
    while node is not None:
        inside = next(
            (child for child in _children(node) if child[1].start <= offset < child[1].end), None
        )
        if inside is None:
            break
        path.append(inside[0])
        node = inside[2]
    return tuple(path)


def _children(node: JsonNode) -> Iterator[tuple[str | int, Span, JsonNode]]:
    for member in node.members or ():
        yield member.key, Span(member.key_span.start, member.node.span.end), member.node
    for index, item in enumerate(node.items or ()):
        yield index, item.span, item


def plain(node: JsonNode) -> Any:
    """A node as plain JSON values."""
    if node.members is not None:
        return {member.key: plain(member.node) for member in node.members}
    if node.items is not None:
        return [plain(item) for item in node.items]
    return node.value
