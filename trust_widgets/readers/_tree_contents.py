"""What is known and what is not known in a tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trust_widgets.readers._tree import NOTHING, Hole, Tree, text_of_scalar


def walk(tree: Tree) -> Iterator[Tree]:
    """A tree and all below it, keys too, in their order."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        below = [*one.items]
        for member in one.members:
            below += member
        waiting += reversed(below)


def holes_of(tree: Tree) -> tuple[Hole, ...]:
    """All that is not known in a tree, each once."""
    return tuple(dict.fromkeys(hole for one in walk(tree) for hole in one.holes))


def unknown_holes(tree: Tree) -> tuple[Hole, ...]:
    """The same without what is the role's own."""
    return tuple(hole for hole in holes_of(tree) if not hole.own)


def is_known(tree: Tree) -> bool:
    """Whether a tree has no hole and no choice."""
    return all(not one.holes and one.kind not in ("unknown", "choice") for one in walk(tree))


def plain(tree: Tree) -> Any:
    """A known tree as plain JSON values."""
    if tree.kind == "object":
        return {text_of_scalar(member.key.value): plain(member.value) for member in tree.members}
    if tree.kind == "list":
        return [plain(item) for item in tree.items]
    if tree.kind == "json":
        return plain(tree.items[0])
    return tree.value


def defaults_of(tree: Tree) -> frozenset[str]:
    """The variables whose defaults a tree rests on."""
    found = NOTHING
    for one in walk(tree):
        found |= one.defaults
    return found
