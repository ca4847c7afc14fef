"""A role's trust policy as a file has it: a JSON text, or a value of the file's own language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from trust_widgets.readers._tree import FIRST_HOLE, Entry, Hole, Tree, is_hole, listed, mapped
from trust_widgets.readers._tree_contents import holes_of, is_known, unknown_holes
from trust_widgets.text.json.strict import Value, read_strictly

_STRING_OR_HOLE = re.compile(r'"(?:[^"\\]|\\.)*"|[\ue000-\uf8ff]', re.DOTALL)
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Document:
    """A trust policy with the places of its parts.

    Args:
        text: the JSON text, where the file has one that is known whole; else `""`.
        places: of each of the text's characters, and of its end.
        tree: the policy as a value, where it is not a text that is known whole.
        holes: what is not known, where nothing of the policy is known.
        possible: which of the tree's choices go together, where that is known.
    """

    text: str = ""
    places: Sequence[int] = ()
    tree: Tree | None = None
    holes: tuple[Hole, ...] = ()
    possible: tuple[frozenset[str], ...] = ()

    @property
    def unknown(self) -> tuple[Hole, ...]:
        """All that is not known of it."""
        if self.tree is None:
            return self.holes
        return unknown_holes(self.tree)

    @property
    def start(self) -> int:
        """The place of its first character."""
        if self.tree is not None:
            return self.tree.start
        if self.holes:
            return self.holes[0].start
        if self.places:
            return self.places[0]
        return 0


def document_of(tree: Tree) -> Document:
    """The trust policy that a value is."""
    if tree.kind == "unknown":
        return Document(holes=tree.holes)
    if not tree.is_text:
        if tree.kind == "json":
            return Document(tree=tree.items[0])
        return Document(tree=tree)
    if not tree.holes:
        text = str(tree.value)
        return Document(text, _places(tree, text))
    read = tree_of_text(tree)
    if read is not None and read.kind in ("object", "list"):
        return Document(tree=read)
    return Document(holes=unknown_holes(tree) or tree.holes)


def tree_of_text(tree: Tree) -> Tree | None:
    """The JSON that a text is, with the text's holes; `None` for a text that is no JSON."""
    if tree.kind == "json":
        return tree.items[0]
    if not tree.is_text:
        if tree.kind == "object":
            return tree
        return None
    value = str(tree.value)
    text, places = _with_quotes(value, _places(tree, value))
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    root = read_strictly(text, start)
    if root is None:
        return None
    try:
        return tree_of_value(root, places.__getitem__, tree.holes)
    except RecursionError:
        return None


def _places(tree: Tree, text: str) -> Sequence[int]:
    if tree.places is not None and len(tree.places) == len(text) + 1:
        return tree.places
    return [*[tree.start] * len(text), tree.end]


def _with_quotes(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """A text whose holes are all in quotes."""
    made, made_places, at = [], list[int](), 0
    for found in _STRING_OR_HOLE.finditer(text):
        if not is_hole(found[0]):
            continue
        made += [text[at : found.start()], '"', found[0], '"']
        place = places[found.start()]
        made_places += [*places[at : found.start()], place, place, place]
        at = found.end()
    made.append(text[at:])
    made_places += places[at:]
    return "".join(made), made_places


def tree_of_value(
    value: Value,
    place: Callable[[int], int],
    holes: tuple[Hole, ...] = (),
    depth: int = _DEEPEST,
) -> Tree:
    """A JSON value as a tree.

    Args:
        value: it. place: the number of a character of its text.
        holes: those of its text. depth: how many levels may follow.

    Raises:
        RecursionError: when it is nested too deeply.
    """
    if not depth:
        raise RecursionError
    start, end = place(value.start), place(value.end)
    if isinstance(value.plain, dict):
        members = [
            Entry(
                tree_of_value(name, place, holes, depth - 1),
                tree_of_value(inner, place, holes, depth - 1),
            )
            for name, inner in value.pairs()
        ]
        return mapped(members, start, end)
    if isinstance(value.plain, list):
        items = [tree_of_value(item, place, holes, depth - 1) for item in value.items()]
        return listed(items, start, end)
    if isinstance(value.plain, str) and holes:
        return _text_with_holes(value.plain, holes, start, end)
    return Tree(start, end, value=value.plain)


def _text_with_holes(text: str, holes: tuple[Hole, ...], start: int, end: int) -> Tree:
    """A text with its own holes, out of those of the whole document."""
    used: list[Hole] = []
    made = []
    for char in text:
        if is_hole(char) and ord(char) - FIRST_HOLE < len(holes):
            used.append(holes[ord(char) - FIRST_HOLE])
            made.append(chr(FIRST_HOLE + len(used) - 1))
        else:
            made.append(char)
    value = "".join(made)
    if is_hole(value) and not used[0].own:
        return Tree(start, end, "unknown", holes=tuple(used))
    return Tree(start, end, value=value, holes=tuple(used))


def text_with_places(value: Value, place: Callable[[int], int]) -> Tree:
    """A JSON string as a text, each of whose characters has its place in the file."""
    from trust_widgets.policy import unquoted

    inner = unquoted(value)
    places = [place(at) for at in inner.places]
    start, end = place(value.start), place(value.end)
    return Tree(start, end, value=inner.text, places=places)


def without_own(tree: Tree) -> Tree:
    """A tree with the role's own as it is written."""
    if tree.is_text and tree.holes:
        return replace(tree, value=_with_expressions(tree), holes=())
    members = [Entry(without_own(key), without_own(value)) for key, value in tree.members]
    items = map(without_own, tree.items)
    return replace(tree, members=tuple(members), items=tuple(items))


def _with_expressions(tree: Tree) -> str:
    """A text with each of its holes as `${expression}`."""
    pieces: list[str] = []
    for char in str(tree.value):
        if is_hole(char):
            hole = tree.holes[ord(char) - FIRST_HOLE]
            pieces.append(f"${{{hole.expression}}}")
        else:
            pieces.append(char)
    return "".join(pieces)


__all__ = ["Document", "document_of", "holes_of", "is_known", "tree_of_text", "tree_of_value"]
