"""A role's trust policy as JSON to look at and to edit; what is not known stays as it is written.

An expression that the file does not say is in the text as `${expression}`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from trust_widgets.policy import dedented
from trust_widgets.readers._document import Document, document_of, tree_of_value
from trust_widgets.readers._tree import (
    FIRST_HOLE,
    Entry,
    Hole,
    Tree,
    concatenated,
    is_hole,
    not_told,
    text_of_scalar,
)
from trust_widgets.readers._tree_contents import walk
from trust_widgets.text.json.strict import pretty, read_strictly

EMPTY = '{\n  "Version": "2012-10-17",\n  "Statement": []\n}'
_UNKNOWN_CONDITION = "StringEquals"


@dataclass(frozen=True, slots=True)
class ShownPolicy:
    """A trust policy to be shown.

    Args:
        text: its JSON text.
        tree: the policy as a value of the file; of a JSON text its values, with places in it;
            `None` where it cannot be read, or nothing is known of it.
        holes: what is in the text as `${expression}`.
        missing: what is not known and has no place in the text, such as whole statements.
        conditions: under which conditions of the file it is the policy, in words.
    """

    text: str
    tree: Tree | None = None
    holes: tuple[Hole, ...] = ()
    missing: tuple[Hole, ...] = ()
    conditions: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing of it is unknown."""
        return not any(not hole.own for hole in (*self.holes, *self.missing))


def shown_document(document: Document) -> ShownPolicy:
    """A trust policy as it is shown.

    Example:
        >>> from trust_widgets.readers import read_text
        >>> policy = '{"Statement": [{"Principal": {"AWS": "${x}"}}]}'
        >>> [record] = read_text("trust.json.tpl", policy).records
        >>> shown_document(record.document).holes[0].expression
        'x'
    """
    if document.tree is not None:
        return _of_tree(document.tree, document.possible)
    if not document.text:
        return ShownPolicy(EMPTY, missing=document.holes)
    text = document.text.strip("\ufeff \t\r\n")
    is_long = "\n" in text
    start = len(document.text) - len(document.text.lstrip("\ufeff \t\r\n"))
    root = read_strictly(document.text, start)
    if root is None or not isinstance(root.plain, dict):
        return ShownPolicy(text)
    try:
        tree = tree_of_value(root, lambda at: at)
    except RecursionError:
        return ShownPolicy(text)
    return ShownPolicy(dedented(text) if is_long else pretty(text), tree)


# -- trees


def placeholder(hole: Hole) -> str:
    """What represents an expression.

    Example:
        >>> placeholder(Hole("var.x", 0, 5))
        '${var.x}'
    """
    return f"${{{hole.expression}}}"


def shown_text(tree: Tree) -> str:
    """A text with its expressions."""
    return shown_pieces(tree)[0]


def shown_pieces(tree: Tree) -> tuple[str, list[int | None] | None]:
    """A text with its expressions, and the place of each of its characters and of its end.

    The characters of an expression have no place; without the places of a text there are none.
    """
    text = text_of_scalar(tree.value)
    made, places = "", list[int | None]()
    if tree.places is not None and len(tree.places) == len(text) + 1:
        known = tree.places
    else:
        known = None
    for number, char in enumerate(text):
        index = ord(char) - FIRST_HOLE
        is_known = not is_hole(char) or index >= len(tree.holes)
        piece = char if is_known else placeholder(tree.holes[index])
        made += piece
        place = known[number] if known is not None and is_known else None
        places += [place] * len(piece)
    if known is None:
        return made, None
    return made, [*places, known[-1]]


def _true_ones(labels: frozenset[str]) -> int:
    """How many conditions are true."""
    return sum(label.endswith(" is true") for label in labels)


class _Missing:
    """Gathers what has no place in the text."""

    def __init__(self, preferred: frozenset[str]) -> None:
        self.preferred = preferred
        self.holes: list[Hole] = []
        self.conditions: list[str] = []

    def chosen(self, tree: Tree) -> Tree:
        """A tree with one of each choice, and without what has no place."""
        if tree.kind == "choice":
            label = next(filter(self.preferred.__contains__, tree.labels), tree.labels[0])
            self.conditions.append(label)
            return self.chosen(tree.items[tree.labels.index(label)])
        if tree.kind == "json":
            return self.chosen(tree.items[0])
        chosen = [Entry(member.key, self.chosen(member.value)) for member in tree.members]
        members = [member for member in chosen if member.value.kind != "absent"]
        items = [one for one in map(self.chosen, tree.items) if one.kind != "absent"]
        if tree.kind == "object":
            self.holes += tree.holes
        return replace(tree, members=tuple(members), items=tuple(items))

    def statements(self, policy: Tree) -> Tree:
        """A policy without the statements that are not known."""
        members = []
        for key, value in policy.members:
            if key.known_text == "Statement":
                value = self._known(value)
            members.append(Entry(key, value))
        return replace(policy, members=tuple(members))

    def _known(self, statements: Tree) -> Tree:
        if statements.kind == "unknown":
            self.holes += statements.holes
            return replace(statements, kind="list", holes=())
        if statements.kind != "list":
            return statements
        self.holes += statements.holes
        for item in statements.items:
            if item.kind == "unknown":
                self.holes += item.holes
            else:
                self.holes += ()
        kept = tuple(item for item in statements.items if item.kind != "unknown")
        return replace(statements, items=kept, holes=())


def _of_tree(tree: Tree, possible: tuple[frozenset[str], ...]) -> ShownPolicy:
    most_true = max(possible, key=_true_ones, default=frozenset[str]())
    missing = _Missing(most_true)
    policy = missing.statements(missing.chosen(tree))
    plain = plain_shown(policy)
    holes = tuple(dict.fromkeys(hole for one in walk(policy) for hole in one.holes))
    without = tuple(dict.fromkeys(hole for hole in missing.holes if hole not in holes))
    text = json.dumps(plain, indent=2, ensure_ascii=False)
    return ShownPolicy(text, policy, holes, without, tuple(dict.fromkeys(missing.conditions)))


def document_of_shown(text: str, holes: tuple[Hole, ...]) -> Document:
    """A policy's text in which some expressions are not known, as a document.

    Args:
        text: the policy. holes: what `${expression}` in it may represent.

    Example:
        >>> text = '{"Statement": [{"Principal": {"AWS": "${var.x}"}}]}'
        >>> [hole] = document_of_shown(text, (Hole("var.x", 0, 5),)).unknown
        >>> hole.expression, hole.start
        ('var.x', 38)
    """
    by_text: dict[str, Hole] = {}
    for hole in holes:
        written = json.dumps(placeholder(hole), ensure_ascii=False)
        by_text[written[1:-1]] = hole
    longest_first = sorted(by_text, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)) or "$^")
    pieces, at = [], 0
    for found in pattern.finditer(text):
        pieces.append(_piece(text, at, found.start()))
        start, end = found.span()
        hole = by_text[found[0]]
        pieces.append(not_told(hole._replace(start=start, end=end)))
        at = end
    pieces.append(_piece(text, at, len(text)))
    return document_of(concatenated(pieces, 0, len(text)))


def _piece(text: str, start: int, end: int) -> Tree:
    return Tree(start, end, value=text[start:end], places=range(start, end + 1))


def plain_shown(tree: Tree, name: str = "") -> Any:
    """A tree as plain JSON values, with expressions for what is not known.

    Args:
        tree: it. name: of the element that it is; a principal and a condition that are not known
            are an object as well.
    """
    if tree.kind == "unknown":
        return _plain_unknown(tree, name)
    if tree.kind == "object":
        return {
            shown_text(member.key): plain_shown(member.value, shown_text(member.key))
            for member in tree.members
        }
    if tree.kind == "list":
        items = [plain_shown(item) for item in tree.items]
        return [*items, *map(placeholder, tree.holes)]
    if isinstance(tree.value, str):
        return shown_text(tree)
    return tree.value


def _plain_unknown(tree: Tree, name: str) -> Any:
    text = placeholder(tree.holes[0])
    if name in ("Principal", "NotPrincipal"):
        return {"AWS": text}
    if name == "Condition":
        return {_UNKNOWN_CONDITION: {text: text}}
    return text
