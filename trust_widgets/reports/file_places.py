"""Where the values of a policy are written in the file that holds it, and in which language."""

from __future__ import annotations

import json
from collections.abc import Iterator

from trust_widgets.policy import Path
from trust_widgets.readers import Entry, Sources, SourceText, Tree, walk
from trust_widgets.text.json.tree import Splice
from trust_widgets.text.quoting import hcl

HCL, YAML, JSON = "hcl", "yaml", "json"


class NoPlace(Exception):
    """An edit whose place is written in another way in the file than in the policy."""


class FilePlaces:
    """The places of a policy in its file, and the edits of the file made so far.

    Args:
        tree: the policy as a value of the file. sources: the files.
    """

    def __init__(self, tree: Tree, sources: Sources) -> None:
        self.tree = tree
        self.sources = sources
        self.made: list[tuple[SourceText, Splice]] = []

    def put(self, start: int, end: int, text: str) -> None:
        """Write a text in place of some characters."""
        source = self.sources.of(start)
        self.made.append((source, Splice(start - source.base, end - source.base, text)))

    # -- values

    def at(self, path: Path) -> Tree:
        """The value at a path.

        Raises:
            NoPlace: where there is none.
        """
        tree: Tree | None = self.tree
        for step in path:
            if isinstance(step, str):
                tree = tree.member(step) if tree is not None else None
            elif tree is not None and tree.kind == "list":
                if step < len(tree.items):
                    tree = tree.items[step]
                else:
                    tree = None
            elif step:
                tree = None
            if tree is None:
                raise NoPlace
        assert tree is not None
        return tree

    def entry(self, parent: Tree, name: str) -> Entry:
        """The member of a name."""
        for member in parent.members:
            if member.key.known_text == name:
                return member
        raise NoPlace

    def written(self, tree: Tree) -> str:
        """A value's characters in the file."""
        return self.sources.between(tree.start, tree.end)

    def language(self, tree: Tree) -> str:
        """The language of the file that a value is in."""
        source = self.sources.of(tree.start)
        if source.file.endswith((".tf", ".tofu")):
            return HCL
        if source.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            return JSON
        return YAML

    def is_literal(self, tree: Tree) -> bool:
        """Whether a text is in the file as it is, in quotes or without."""
        written = self.written(tree)
        value = str(tree.value)
        if self.language(tree) == HCL:
            return written in (hcl.value(value), json.dumps(value))
        return written in (value, f"'{value}'", json.dumps(value, ensure_ascii=False))

    def is_braced(self, tree: Tree) -> bool:
        """Whether a value is an object or a list with its braces."""
        return self.written(tree)[:1] in ("{", "[")

    def is_all_here(self, tree: Tree) -> bool:
        """Whether all of a value is written between its first and its last character."""
        return all(tree.start <= one.start <= one.end <= tree.end for one in walk(tree))

    # -- lines and columns

    def spans(self, parent: Tree) -> Iterator[tuple[int, int]]:
        """The places of members or items, all of which are written in their container."""
        pairs = [(member.key.start, member.value.end) for member in parent.members]
        pairs += [(item.start, item.end) for item in parent.items]
        for start, end in pairs:
            if not parent.start <= start <= end <= parent.end:
                raise NoPlace
            yield start, end

    def column(self, at: int) -> int:
        """How many characters precede a place in its line."""
        return self.sources.place(at).column - 1

    def indent_of_line(self, near: Tree, column: int) -> int:
        """The spaces at the start of the line on which a value begins."""
        source = self.sources.of(near.start)
        begin = near.start - source.base - column
        line = source.text[begin : begin + column]
        return len(line) - len(line.lstrip(" "))

    def start_of_line(self, at: int) -> int:
        """The place of the first character of a line on which nothing precedes a place."""
        source = self.sources.of(at)
        line = source.text.rfind("\n", 0, at - source.base) + 1
        if source.text[line : at - source.base].strip():
            raise NoPlace  # behind the dash of a list, or another value
        return source.base + line

    def end_of_line(self, at: int) -> int:
        """The end of the line on which a place is, if only a comment follows it."""
        source = self.sources.of(at)
        local = at - source.base
        end = source.text.find("\n", local)
        end = len(source.text) if end < 0 else end
        rest = source.text[local:end].strip()
        if rest and not rest.startswith("#"):
            raise NoPlace
        return at + len(source.text[local:end].rstrip("\r"))

    def behind_line(self, at: int) -> int:
        """The first character of the next line."""
        source = self.sources.of(at)
        return min(self.end_of_line(at) + 1, source.base + len(source.text))
