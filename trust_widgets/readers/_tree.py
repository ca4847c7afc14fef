"""A value as some file has it, with places, and with holes where the file does not say it.

A hole in a text is one private character, `chr(FIRST_HOLE + i)` for the `i`th of the text's holes.
An object or a list with holes may have more members or items than are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from trust_widgets.policy import Scalar

FIRST_HOLE = 0xE000
LAST_HOLE = 0xF8FF
EMPTY = "empty default of "  # the tag of a collection that is empty by default
NOTHING = frozenset[str]()


class Hole(NamedTuple):
    """What the file does not say.

    Args:
        expression: as it is written: `var.subjects`.
        start, end: its place.
        own: what of the role's own it is: `"account"`, `"partition"`, `"region"`, `"suffix"`,
            `"name"`, `"organization"`; `""` for what is not known.
        reason: why it is not known, as a sentence; `""` for the usual one.
        is_missing: whether it is an error in the file's language: there is no such member.
    """

    expression: str
    start: int
    end: int
    own: str = ""
    reason: str = ""
    is_missing: bool = False


class Entry(NamedTuple):
    """A member of an object."""

    key: Tree
    value: Tree


@dataclass(frozen=True, slots=True)
class Tree:
    """A value.

    Args:
        start, end: its place.
        kind: `"scalar"`, `"object"`, `"list"`, `"unknown"`, `"json"` (a text that is the JSON of
            its one item) or `"choice"` (one of its items, as `labels` say).
        value: of a scalar.
        holes: what is not known of it.
        places: of a text, the place of each of its characters and of its end, where they are known.
        members: of an object. items: of a list, or as above.
        labels: of a choice, when each of its items is used.
        tag: YAML's, `"!Sub"`.
        defaults: variables whose default it rests on.
    """

    start: int
    end: int
    kind: str = "scalar"
    value: Scalar | None = None
    holes: tuple[Hole, ...] = ()
    places: Sequence[int] | None = None
    members: tuple[Entry, ...] = ()
    items: tuple[Tree, ...] = ()
    labels: tuple[str, ...] = ()
    tag: str = ""
    defaults: frozenset[str] = NOTHING

    @property
    def is_text(self) -> bool:
        """Whether it is a text, with or without holes."""
        return self.kind == "scalar" and isinstance(self.value, str)

    @property
    def known_text(self) -> str:
        """The text without holes that it is; `""` for anything else."""
        known = self.kind == "scalar" and isinstance(self.value, str) and not self.holes
        if known:
            return str(self.value)
        return ""

    def member(self, name: str) -> Tree | None:
        """The member of that name, the last if there are several."""
        for entry in reversed(self.members):
            if entry.key.known_text == name:
                return entry.value
        return None

    def at(self, *names: str) -> Tree | None:
        """The member of a member."""
        tree: Tree | None = self
        for name in names:
            tree = tree.member(name) if tree is not None else None
        return tree

    def text_at(self, *names: str) -> str:
        """The known text of a member of a member; `""` without one."""
        tree = self.at(*names)
        if tree is not None:
            return tree.known_text
        return ""

    def placed(self, start: int, end: int) -> Tree:
        """The same at another place; the characters of a text keep theirs."""
        return replace(self, start=start, end=end)

    def resting_on(self, defaults: frozenset[str]) -> Tree:
        """The same, resting on more defaults."""
        if defaults:
            return replace(self, defaults=self.defaults | defaults)
        return self


def with_empty_defaults(tree: Tree) -> Tree:
    """A tree whose collections that are empty by default may hold more."""
    if tree.tag.startswith(EMPTY):
        hole = hole_of_empty(tree)
        if tree.kind == "scalar":
            return unknown(tree.start, tree.end, [hole])
        return replace(tree, holes=(hole,), tag="")
    if not tree.items and not tree.members:
        return tree
    return replace(
        tree,
        items=tuple(map(with_empty_defaults, tree.items)),
        members=tuple(Entry(key, with_empty_defaults(value)) for key, value in tree.members),
    )


def hole_of_empty(tree: Tree) -> Hole:
    """What is not known of a collection that is empty by default."""
    name = tree.tag.removeprefix(EMPTY)
    return Hole(name, tree.start, tree.end, reason="The default value of the variable is empty.")


# -- making them


def scalar(value: Scalar | None, start: int, end: int, defaults: frozenset[str] = NOTHING) -> Tree:
    """A value that is known."""
    return Tree(start, end, value=value, defaults=defaults)


def unknown(start: int, end: int, holes: Iterable[Hole], defaults: Any = NOTHING) -> Tree:
    """A value that is not known."""
    return Tree(start, end, "unknown", holes=tuple(dict.fromkeys(holes)), defaults=defaults)


def not_told(hole: Hole) -> Tree:
    """A value that is one hole."""
    return Tree(hole.start, hole.end, "unknown", holes=(hole,))


def listed(items: Iterable[Tree], start: int, end: int, holes: tuple[Hole, ...] = ()) -> Tree:
    """A list."""
    return Tree(start, end, "list", items=tuple(items), holes=holes)


def mapped(members: Iterable[Entry], start: int, end: int, holes: tuple[Hole, ...] = ()) -> Tree:
    """An object."""
    return Tree(start, end, "object", members=tuple(members), holes=holes)


def entry(name: str, value: Tree, at: Tree | None = None) -> Entry:
    """A member whose name is not written, and so has the place of something near it."""
    near = at or value
    return Entry(scalar(name, near.start, near.end), value)


def concatenated(parts: Iterable[Tree], start: int, end: int) -> Tree:
    """Texts one after the other, as one text with the holes of all."""
    values, places, holes = list[str](), list[int](), list[Hole]()
    defaults = NOTHING
    for part in parts:
        defaults |= part.defaults
        if values:
            before = values[-1][-1:]
        else:
            before = ""
        if part.tag.startswith(EMPTY) and (part.value is None or before == ":"):
            part = not_told(hole_of_empty(part))
        if part.kind == "scalar":
            text = shifted(part, len(holes))
            holes += part.holes
        else:
            text = chr(FIRST_HOLE + len(holes))
            holes += part.holes[:1] or (Hole("?", part.start, part.end),)
        values.append(text)
        places += _places_of(part, text)
        if len(holes) > LAST_HOLE - FIRST_HOLE:
            return unknown(start, end, holes[:1])
    value = "".join(values)
    if is_hole(value) and not holes[0].own:
        return unknown(start, end, holes, defaults)
    places.append(end)
    return Tree(
        start, end, value=value, holes=tuple(holes), places=tuple(places), defaults=defaults
    )


def _places_of(part: Tree, text: str) -> Sequence[int]:
    if part.places is not None and len(part.places) == len(text) + 1:
        return part.places[:-1]
    return [part.start] * len(text)


def shifted(text: Tree, by: int) -> str:
    """A text's characters, with its holes counted from a number on."""
    value = text_of_scalar(text.value)
    if not text.holes or not by:
        return value
    return "".join(chr(ord(c) + by) if is_hole(c) else c for c in value)


def text_of_scalar(value: Any) -> str:
    """A scalar as Terraform and CloudFormation write it into a text."""
    if isinstance(value, bool):
        if value:
            return "true"
        return "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if value is None:
        return ""
    return str(value)


def is_hole(text: str) -> bool:
    """Whether a text is one hole."""
    return len(text) == 1 and FIRST_HOLE <= ord(text) <= LAST_HOLE


def own(name: str, expression: str, start: int, end: int) -> Tree:
    """What is the role's own: its account, its partition."""
    return Tree(
        start,
        end,
        value=chr(FIRST_HOLE),
        holes=(Hole(expression, start, end, name),),
    )


# -- reading them


def from_plain(value: Any, start: int, end: int, defaults: frozenset[str] = NOTHING) -> Tree:
    """Plain JSON values as a tree, all at one place."""
    if isinstance(value, dict):
        members = [
            entry(str(name), from_plain(inner, start, end, defaults))
            for name, inner in value.items()
        ]
        return replace(mapped(members, start, end), defaults=defaults)
    if isinstance(value, (list, tuple)):
        items = [from_plain(inner, start, end, defaults) for inner in value]
        return replace(listed(items, start, end), defaults=defaults)
    return scalar(value, start, end, defaults)
