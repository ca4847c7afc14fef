"""YAML documents as trees with places. Only this module knows `ruamel.yaml`.

Nothing is constructed: tags such as `!Sub` are kept, and numbers and dates stay as written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trust_widgets.readers._document import Document
from trust_widgets.readers._records import FileContents, FileRequest, Note, record_of
from trust_widgets.readers._sources import SourceText
from trust_widgets.readers._tree import Entry, Hole, Tree, listed, mapped

_DEEPEST = 60
_MOST_BRACES = 250
_BRACE = re.compile(r"[\[\]{}]")
_MOST_NODES = 100_000
_CORE = "tag:yaml.org,2002:"
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}|\{%[^%]*%\}")
_ALONE = re.compile(r"^[ \t]*(?:\{\{[^{}\n]*\}\}|\{%[^%\n]*%\})[ \t]*$", re.MULTILINE)
_RENDER = "The file is a template. Render it, and read the result."
_TRUTHS = {"true": True, "false": False}


class NotYaml(ValueError):
    """A text that cannot be read as YAML, from this character on."""

    def __init__(self, at: int, reason: str, is_too_large: bool = False) -> None:
        super().__init__(reason)
        self.at = at
        self.is_too_large = is_too_large


def documents_of(request: FileRequest) -> list[Tree]:
    """The documents in a file.

    Raises:
        NotYaml: for a text that cannot be read.
        ModuleNotFoundError: without ruamel.yaml.
    """
    kept = request.folder.last_yaml
    if kept is None or kept[0] != request.source.base:
        try:
            kept = request.source.base, yaml_documents(request.source)
        except NotYaml as error:
            kept = request.source.base, error
        request.folder.last_yaml = kept
    if isinstance(kept[1], NotYaml):
        raise kept[1]
    return kept[1]


def cannot_be_read(request: FileRequest, error: NotYaml) -> FileContents:
    """What is said of a file that cannot be read as YAML; of a template, that it is one."""
    mark = _TEMPLATE.search(request.source.clean)
    if mark is not None and not error.is_too_large and _is_template(request.source):
        start, end = (request.source.base + at for at in mark.span())
        hole = Hole(" ".join(mark[0].split()), start, end, reason=_RENDER)
        name = os.path.basename(request.source.file)
        record = record_of(request, "A Helm or Jinja template", name, Document(holes=(hole,)))
        return FileContents((record,))
    place = request.source.at(error.at)
    message = f"this is not YAML: {error}"
    if error.is_too_large:
        message = f"this YAML is too large to read: {error}"
    return FileContents(notes=(Note(place, message, is_fault=True),))


def _is_template(source: SourceText) -> bool:
    """Whether a text is YAML but for the marks of a template in it."""
    text = _ALONE.sub(lambda found: " " * len(found[0]), source.clean)
    text = _TEMPLATE.sub(lambda found: "x" * len(found[0]), text)
    try:
        yaml_documents(SourceText(source.file, text, source.base))
    except NotYaml:
        return False
    return True


_AS_VALUE = re.compile(r"(?<=[:-][ ])\{\{(-?)[ ]([^{}'\n]*)[ ](-?)\}\}(?=[ \t]*$)", re.MULTILINE)


def template_documents(source: SourceText) -> tuple[list[Tree], list[Hole]]:
    """The documents of a template of Helm, without the lines that are statements alone.

    Returns:
        The documents, in which `{{ ... }}` is part of a text; and the lines that were left out.

    Raises:
        NotYaml: where it is no YAML even so.
    """
    left_out = [
        Hole(found[0].strip(), source.base + found.start(), source.base + found.end())
        for found in _ALONE.finditer(source.clean)
    ]
    text = _ALONE.sub(lambda found: " " * len(found[0]), source.clean)
    text = _AS_VALUE.sub(_quoted, text)
    return yaml_documents(SourceText(source.file, text, source.base)), left_out


def _quoted(found: re.Match[str]) -> str:
    """A value in quotes, which is as long as without them."""
    return f"'{{{{{found[1]}{found[2]}{found[3]}}}}}'"


def yaml_documents(source: SourceText) -> list[Tree]:
    """The documents in a text."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    text = source.clean
    if _is_nested_too_deeply(text):
        raise NotYaml(0, "it is nested too deeply")
    try:
        nodes = _composed(yaml, text)
        sizes = _Sizes()
        if sum(sizes.of(node) for node in nodes if node is not None) > _MOST_NODES:
            reason = f"with all aliases expanded it has more than {_MOST_NODES:,} values"
            raise NotYaml(0, reason, is_too_large=True)
        return [_Composer(source).tree(node, 0) for node in nodes if node is not None]
    except NotYaml:
        raise
    except RecursionError:
        raise NotYaml(0, "it is nested too deeply") from None
    except Exception as error:  # of ruamel.yaml, of several kinds, for a hostile text of any kind
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = str(getattr(error, "problem", None) or type(error).__name__)
        at = min(int(getattr(mark, "index", 0)), len(text))
        raise NotYaml(at, f"{reason} in line {text.count(chr(10), 0, at) + 1}") from None


def _is_nested_too_deeply(text: str) -> bool:
    """Whether far more braces are open than any file has; ruamel.yaml takes quadratic time then."""
    depth = 0
    for found in _BRACE.finditer(text):
        depth += 1 if found[0] in "{[" else -1
        if depth > _MOST_BRACES:
            return True
        depth = max(depth, 0)
    return False


# A line of spaces alone behind the header of a block, with fewer spaces than the block's own lines.
_SHORT_LINES = re.compile(r"([|>][-+0-9]*[ ]*\n)((?:[ ]*\n)+)")


_TABS = re.compile(r"(?<=[^\s])[ ]*\t[ \t]*")


def _composed(yaml: Any, text: str) -> list[Any]:
    """The nodes of all documents.

    ruamel.yaml refuses a block whose first line has spaces alone, and fewer than the next one.
    YAML allows it. Such lines are read as empty ones, as many as they have characters, so that the
    places of all others stay. https://yaml.org/spec/1.2.2/#8111-block-indentation-indicator
    It refuses tabs behind a value as well, which are read as spaces.
    https://yaml.org/spec/1.2.2/#62-separation-spaces
    """
    try:
        return list(yaml.compose_all(text))
    except Exception as error:
        if "cannot start any token" in str(error) and "\t" in text:
            return list(yaml.compose_all(_TABS.sub(lambda found: " " * len(found[0]), text)))
        if "more indented follow up line" not in str(error):
            raise
    emptied = _SHORT_LINES.sub(lambda found: found[1] + "\n" * len(found[2]), text)
    return list(yaml.compose_all(emptied))


class _Sizes:
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


class _Composer:
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
                else:
                    at = at
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
