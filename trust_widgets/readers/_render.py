"""A tree as JSON text, with the places of its characters in the files."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from trust_widgets.readers._tree import Tree, text_of_scalar


@dataclass
class Rendered:
    """A JSON text.

    Args:
        text: it. places: of each of its characters, and of its end, in the files.
        nodes: each value and each name with its first character, in their order.
    """

    text: str = ""
    places: list[int] = field(default_factory=list)
    nodes: list[tuple[int, int, Tree]] = field(default_factory=list)

    def innermost(self, start: int, end: int) -> Tree | None:
        """The smallest value or name that holds some characters."""
        holding = [node for node in self.nodes if node[0] <= start and end <= node[1]]
        if holding:
            return min(
                holding,
                key=lambda node: node[1] - node[0],
            )[2]
        return None


def rendered(tree: Tree) -> Rendered:
    """The JSON text of a tree without holes.

    Example:
        >>> rendered(Tree(3, 9, value="a")).text
        '"a"'
    """
    writer = _Writer()
    writer.write(tree)
    made = Rendered("".join(writer.parts), writer.places, writer.nodes)
    made.places.append(tree.end)
    return made


class _Writer:
    """Writes a tree; what follows a value has the place of the value's end."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places: list[int] = []
        self.nodes: list[tuple[int, int, Tree]] = []

    def put(self, text: str, place: int) -> None:
        self.parts.append(text)
        self.places += [place] * len(text)

    def write(self, tree: Tree) -> None:
        begin = len(self.places)
        if tree.kind == "object":
            self._object(tree)
        elif tree.kind == "list":
            self._list(tree)
        else:
            value = tree.value if tree.kind == "scalar" else None
            self.put(json.dumps(value, ensure_ascii=False, default=str), tree.start)
        self.nodes.append((begin, len(self.places), tree))

    def _object(self, tree: Tree) -> None:
        self.put("{", tree.start)
        last = tree.start
        for number, (key, value) in enumerate(tree.members):
            if number:
                self.put(", ", last)
            begin = len(self.places)
            self.put(json.dumps(text_of_scalar(key.value), ensure_ascii=False), key.start)
            self.nodes.append((begin, len(self.places), key))
            self.put(": ", key.end)
            self.write(value)
            last = value.end
        self.put("}", last if tree.members else tree.start)

    def _list(self, tree: Tree) -> None:
        self.put("[", tree.start)
        last = tree.start
        for number, item in enumerate(tree.items):
            if number:
                self.put(", ", last)
            self.write(item)
            last = item.end
        self.put("]", last if tree.items else tree.start)
