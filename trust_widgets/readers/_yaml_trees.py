"""Trees of a YAML document's nodes, with the place of each character."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._tree import Entry, Tree, listed, mapped

_DEEPEST = 60


_MOST_NODES = 100_000


_CORE = "tag:yaml.org,2002:"


_TRUTHS = {"true": True, "false": False}


class NotYaml(ValueError):
    """A text that cannot be read as YAML, from this character on."""

    def __init__(self, at: int, reason: str, is_too_large: bool = False) -> None:
        super().__init__(reason)
        self.at = at
        self.is_too_large = is_too_large


class NodeSizes:
    """How many values nodes have with their aliases written out, each node counted once."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, node: Any) -> int:
        """The number of values in a node, itself among them."""
        known = self._known.get(id(node))
        if known is not None:
            return known
        self._known[id(node)] = _MOST_NODES + 1  # until it is known: a node may hold itself
        size = 1
        for child in _children(node):
            size += self.of(child)
        self._known[id(node)] = size
        return size


def _children(node: Any) -> Iterator[Any]:
    if node.id == "mapping":
        for pair in node.value:
            yield from pair
    elif node.id == "sequence":
        yield from node.value


class TreeComposer:
    """Makes trees of nodes; an alias is the same tree again."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.left = _MOST_NODES

    def tree(self, node: Any, depth: int) -> Tree:
        self.left -= 1
        if depth > _DEEPEST or self.left < 0:
            raise NotYaml(0, "it is nested too deeply, or an alias repeats too much")
        base = self.source.base
        start, end = base + node.start_mark.index, base + node.end_mark.index
        tag = str(node.tag or "")
        own_tag = "" if tag.startswith(_CORE) else tag
        if node.id == "mapping":
            members = tuple(self._members(node, depth))
            return replace(mapped(members, start, self._end(start, end)), tag=own_tag)
        if node.id == "sequence":
            items = [self.tree(item, depth + 1) for item in node.value]
            return replace(listed(items, start, self._end(start, end)), tag=own_tag)
        return self._scalar(node, start, end, tag, own_tag)

    def _end(self, start: int, end: int) -> int:
        """The end of a block without the line breaks behind it."""
        text = self.source.clean[start - self.source.base : end - self.source.base]
        return start + len(text.rstrip())

    def _scalar(
        self,
        node: Any,
        start: int,
        end: int,
        tag: str,
        own_tag: str,
    ) -> Tree:
        value: Any = node.value
        plain = node.style in (None, "") and not own_tag
        if plain and tag == f"{_CORE}bool":
            value = _TRUTHS.get(str(value).lower(), value)
        elif plain and tag == f"{_CORE}null":
            value = None
        places = None
        if isinstance(value, str) and "{" in value:
            places = self._aligned(value, start, end)
        if own_tag and self.source.clean[start - self.source.base] == "!":
            start += self._length_of_tag(start)
        return Tree(
            start,
            self._end(start, end),
            value=value,
            places=places,
            tag=own_tag,
        )

    def _length_of_tag(self, start: int) -> int:
        text = self.source.clean
        at = start - self.source.base
        stop = at
        while stop < len(text) and not text[stop].isspace():
            stop += 1
        while stop < len(text) and text[stop].isspace():
            stop += 1
        return stop - at

    def _aligned(self, value: str, start: int, end: int) -> list[int]:
        """The place of each character of a text that may be folded, indented or escaped."""
        raw = self.source.clean[start - self.source.base : end - self.source.base]
        at, places = _after_header(raw), []
        for char in value:
            if not char.isspace():
                found = raw.find(char, at)
                at = found if found >= 0 else at
            elif char == "\n" and at < len(raw):
                found = raw.find("\n", at)
                if found >= 0 and not raw[at:found].strip():
                    at = found
            places.append(start + min(at, len(raw)))
            at += 1
        return [*places, start + min(at, len(raw))]

    def _members(self, node: Any, depth: int) -> list[Entry]:
        own: list[Entry] = []
        merged: dict[str, Entry] = {}
        for key, value in node.value:
            if key.id == "scalar" and key.value == "<<" and key.style in (None, ""):
                for entry in self._merged(value, depth + 1):
                    merged.setdefault(str(entry.key.value), entry)
                continue
            name = self.tree(key, depth + 1)
            own.append(Entry(name, self.tree(value, depth + 1)))
        names = {str(entry.key.value) for entry in own}
        return [entry for name, entry in merged.items() if name not in names] + own

    def _merged(self, node: Any, depth: int) -> list[Entry]:
        if node.id == "sequence":
            return [entry for each in node.value for entry in self._merged(each, depth + 1)]
        return list(self.tree(node, depth).members)


def _after_header(raw: str) -> int:
    """The place behind a block's header, `|-`, or behind a quote."""
    if raw[:1] in ("|", ">"):
        return max(raw.find("\n"), 0) + 1
    if raw[:1] in ("'", '"'):
        return 1
    return 0
