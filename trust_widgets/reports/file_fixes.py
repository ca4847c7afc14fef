"""Fixes as edits of the file that a person has: of its own characters, in its own language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from trust_widgets.policy import Fix, Insert, Path, Remove, Rename, Replace, change
from trust_widgets.readers import Document, Sources, SourceText, Tree
from trust_widgets.text.json.tree import Splice
from trust_widgets.text.quoting import hcl, yaml

HCL, YAML, JSON = "hcl", "yaml", "json"


@dataclass(frozen=True, slots=True)
class FileFix:
    """A fix of a file.

    Args:
        title: what it does, in a few words. file: the file's name.
        splices: what replaces which characters of it.
    """

    title: str
    file: str
    splices: tuple[Splice, ...]

    def apply(self, text: str) -> str:
        """The file's text with the fix made; each other character stays.

        Example:
            >>> FileFix("Write Allow", "a.json", (Splice(11, 18, '"Allow"'),)).apply(
            ...     '{"Effect": "allow"}'
            ... )
            '{"Effect": "Allow"}'
        """
        for splice in sorted(self.splices, reverse=True):
            text = text[: splice.start] + splice.text + text[splice.end :]
        return text

    def diff(self, text: str) -> str:
        """The change as a unified diff."""
        old, new = text.splitlines(keepends=True), self.apply(text).splitlines(keepends=True)
        lines = [
            line if line.endswith("\n") else f"{line}\n"
            for line in unified_diff(old, new, f"a/{self.file}", f"b/{self.file}")
        ]
        return "".join(lines)


class _NoPlace(Exception):
    """An edit whose place is written in another way in the file than in the policy."""


# -- policies that are a text of the file


def fix_of_text(fix: Fix, document: Document, sources: Sources) -> FileFix | None:
    """A fix of a JSON text that the file holds; `None` where its characters are not its own."""
    after = fix.apply(document.text)
    if after == document.text:
        return None
    splice = change(document.text, after)
    start, end = document.places[splice.start], document.places[splice.end]
    source = sources.of(start)
    old = document.text[splice.start : splice.end]
    encode = _encoding(document, source)
    written = sources.between(start, end)
    if sources.of(max(end - 1, start)) is not source or written != encode(old):
        return None
    new = encode(_indented(splice, document, source, start))
    local = Splice(start - source.base, end - source.base, new)
    return FileFix(fix.title, source.file, (local,))


def _encoding(document: Document, source: SourceText) -> Callable[[str], str]:
    """How the file writes the characters of a policy's text."""
    at = document.text.find('"')
    place = document.places[at] - source.base if at >= 0 else 0
    char = source.text[place : place + 1] if at >= 0 else '"'
    if char == "\\":
        return lambda text: json.dumps(text, ensure_ascii=False)[1:-1]
    if char == "%":
        return lambda text: quote(text, safe="")
    if source.file.endswith((".tf", ".tofu")):
        return lambda text: text.replace("${", "$${").replace("%{", "%%{")
    return lambda text: text


def _indented(splice: Splice, document: Document, source: SourceText, start: int) -> str:
    """New lines behind the spaces that the file has before each line of the policy."""
    line = document.text.rfind("\n", 0, splice.start) + 1
    column = source.at(start - source.base).column - 1
    more = column - (splice.start - line)
    if line:
        return splice.text.replace("\n", "\n" + " " * max(more, 0))
    return splice.text


# -- policies that are values of the file's language


def fix_of_tree(fix: Fix, tree: Tree, sources: Sources) -> FileFix | None:
    """A fix of a policy in the file's own language; `None` where the place does not allow it.

    Args:
        fix: the fix, by paths of the policy. tree: the policy as the fix is about it.
        sources: the files.
    """
    editor = _Editor(tree, sources)
    try:
        for edit in fix.edits:
            editor.make(edit)
    except _NoPlace:
        return None
    files = {source.file for source, _ in editor.made}
    if len(files) != 1:
        return None
    splices = sorted(splice for _, splice in editor.made)
    for one, other in pairwise(splices):
        if one.end > other.start:
            return None
    return FileFix(fix.title, files.pop(), tuple(splices))


class _Editor:
    """Turns edits of a policy into edits of its file."""

    def __init__(self, tree: Tree, sources: Sources) -> None:
        self.tree = tree
        self.sources = sources
        self.made: list[tuple[SourceText, Splice]] = []

    def make(self, edit: Any) -> None:
        match edit:
            case Replace(path, value):
                self._replace(path, value)
            case Rename(path, key):
                self._rename(path, key)
            case Insert(path, value):
                self._insert(path, value)
            case Remove(path):
                self._remove(path)
            case _:
                raise _NoPlace

    # -- places

    def _at(self, path: Path) -> Tree:
        tree: Tree | None = self.tree
        for step in path:
            if isinstance(step, str):
                tree = tree.member(step) if tree is not None else None
            elif tree is not None and tree.kind == "list":
                tree = tree.items[step] if step < len(tree.items) else None
            elif step:
                tree = None
            if tree is None:
                raise _NoPlace
        assert tree is not None
        return tree

    def _written(self, tree: Tree) -> str:
        return self.sources.between(tree.start, tree.end)

    def _language(self, tree: Tree) -> str:
        source = self.sources.of(tree.start)
        if source.file.endswith((".tf", ".tofu")):
            return HCL
        if source.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            return JSON
        return YAML

    def _put(self, start: int, end: int, text: str) -> None:
        source = self.sources.of(start)
        self.made.append((source, Splice(start - source.base, end - source.base, text)))

    def _is_literal(self, tree: Tree) -> bool:
        """Whether a text stands in the file as it is, in quotes or without."""
        written = self._written(tree)
        value = str(tree.value)
        if self._language(tree) == HCL:
            return written in (hcl.value(value), json.dumps(value))
        return written in (value, f"'{value}'", json.dumps(value, ensure_ascii=False))

    def _is_braced(self, tree: Tree) -> bool:
        return self._written(tree)[:1] in ("{", "[")

    # -- edits

    def _replace(self, path: Path, value: Any) -> None:
        tree = self._at(path)
        is_single = isinstance(value, str) or (isinstance(value, list) and tree.kind == "list")
        if not is_single and not self._is_braced(self._at(path[:-1])):
            if self._language(tree) == HCL:
                raise _NoPlace
        is_container = tree.kind in ("object", "list") and self._is_braced(tree)
        if not is_container and not (tree.kind == "scalar" and self._is_literal(tree)):
            raise _NoPlace
        self._put(tree.start, tree.end, self._value(tree, value))

    def _value(self, near: Tree, value: Any) -> str:
        """A value in the language of the file, on one line where that is usual."""
        language = self._language(near)
        if language == HCL:
            column = self.sources.place(near.start).column - 1
            return hcl.value(value, _indent_of_line(self.sources, near, column))
        if language == YAML and isinstance(value, str):
            quoted = self._written(near)[:1] == '"'
            if quoted:
                return json.dumps(value, ensure_ascii=False)
            return yaml.string(value)
        return json.dumps(value, ensure_ascii=False)

    def _rename(self, path: Path, key: str) -> None:
        parent = self._at(path[:-1])
        for member in parent.members:
            if member.key.known_text == path[-1]:
                if not self._is_key(member.key):
                    raise _NoPlace
                self._put(member.key.start, member.key.end, self._key(member.key, key))
                return
        raise _NoPlace

    def _is_key(self, key: Tree) -> bool:
        return self._written(key) == str(key.value) or self._is_literal(key)

    def _key(self, near: Tree, key: str) -> str:
        written = self._written(near)
        is_quoted = written[:1] in ('"', "'")
        if self._language(near) == HCL:
            if is_quoted or not key.isidentifier():
                return hcl.string(key)
            return key
        if is_quoted:
            return json.dumps(key, ensure_ascii=False)
        return yaml.string(key)

    def _insert(self, path: Path, value: Any) -> None:
        statement = self._statement_block(path)
        if statement is not None:
            self._insert_condition(statement, path, value)
            return
        parent = self._at(path[:-1])
        spans = list(self._spans(parent))
        if not spans:
            raise _NoPlace
        if self._is_braced(parent):
            self._insert_in_braces(parent, spans, path[-1], value)
        elif self._language(parent) == YAML:
            self._insert_in_block(parent, spans, path[-1], value)
        else:
            raise _NoPlace

    def _spans(self, parent: Tree) -> Iterator[tuple[int, int]]:
        """Where members or items stand, all of which are written in their container."""
        pairs = [(member.key.start, member.value.end) for member in parent.members]
        pairs += [(item.start, item.end) for item in parent.items]
        for start, end in pairs:
            if not parent.start <= start <= end <= parent.end:
                raise _NoPlace
            yield start, end

    def _insert_in_braces(
        self, parent: Tree, spans: list[tuple[int, int]], name: str | int, value: Any
    ) -> None:
        is_hcl = self._language(parent) == HCL
        first = min(start for start, _ in spans)
        last = max(end for _, end in spans)
        before = self.sources.between(parent.start, first)
        is_long = "\n" in before
        column = self.sources.place(first).column - 1
        if is_hcl:
            text = hcl.value(value, column)
        else:
            text = json.dumps(value, ensure_ascii=False)
        if isinstance(name, str):
            if is_hcl:
                text = f"{_hcl_key(name)} = {text}"
            else:
                text = f"{json.dumps(name)}: {text}"
        gap = "\n" + " " * column if is_long else " "
        comma = "" if is_hcl and is_long and isinstance(name, str) else ","
        self._put(last, last, f"{comma}{gap}{text}")

    def _insert_in_block(
        self, parent: Tree, spans: list[tuple[int, int]], name: str | int, value: Any
    ) -> None:
        column = self.sources.place(parent.start).column - 1
        last = self._end_of_line(max(end for _, end in spans))
        held = {name: value} if isinstance(name, str) else [value]
        self._put(last, last, "\n" + yaml.value(held, column).rstrip("\n"))

    def _end_of_line(self, at: int) -> int:
        source = self.sources.of(at)
        local = at - source.base
        end = source.text.find("\n", local)
        end = len(source.text) if end < 0 else end
        rest = source.text[local:end].strip()
        if rest and not rest.startswith("#"):
            raise _NoPlace
        return at + len(source.text[local:end].rstrip("\r"))

    # -- Terraform's blocks

    def _statement_block(self, path: Path) -> Tree | None:
        """The statement that a condition belongs to, if it is a block of Terraform's."""
        if "Condition" not in path:
            return None
        statement = self._at(path[: path.index("Condition")])
        is_block = self._language(statement) == HCL and not self._is_braced(statement)
        return statement if is_block else None

    def _insert_condition(self, statement: Tree, path: Path, value: Any) -> None:
        written = self._written(statement)
        if not written.startswith("statement") or not written.endswith("}"):
            raise _NoPlace
        rest = path[path.index("Condition") + 1 :]
        block: Any = value
        for step in reversed([step for step in rest if isinstance(step, str)]):
            block = {step: block}
        column = self.sources.place(statement.start).column - 1
        text = ""
        for operator, keys in block.items():
            for key, values in keys.items():
                text += _condition_block(operator, key, values, column + 2)
        line = statement.end - 1 - len(written[:-1].rpartition("\n")[2])
        self._put(line, line, text)

    # -- taking out

    def _remove(self, path: Path) -> None:
        parent = self._at(path[:-1])
        if isinstance(path[-1], int) and parent.kind != "list":
            self._remove(path[:-1])
            return
        spans = list(self._spans(parent))
        number = self._number(parent, path[-1])
        if not self._is_braced(parent):
            self._remove_lines(parent, spans, number)
            return
        start, end = spans[number]
        if number + 1 < len(spans):
            end = spans[number + 1][0]
        elif number:
            start = spans[number - 1][1]
        self._put(start, end, "")

    def _remove_lines(self, parent: Tree, spans: list[tuple[int, int]], number: int) -> None:
        """Take a member of a block of YAML out, with its lines; never the only one."""
        if self._language(parent) != YAML or len(spans) < 2:
            raise _NoPlace
        start, end = spans[number]
        source = self.sources.of(start)
        line = source.text.rfind("\n", 0, start - source.base) + 1
        if source.text[line : start - source.base].strip():
            raise _NoPlace  # behind the dash of a list
        self._put(source.base + line, min(self._end_of_line(end) + 1, self._end(source)), "")

    def _end(self, source: SourceText) -> int:
        return source.base + len(source.text)

    def _number(self, parent: Tree, step: str | int) -> int:
        if isinstance(step, int):
            return step
        names = [member.key.known_text for member in parent.members]
        if step not in names:
            raise _NoPlace
        return names.index(step)


def _hcl_key(name: str) -> str:
    if name.isidentifier():
        return name
    return hcl.string(name)


def _indent_of_line(sources: Sources, near: Tree, column: int) -> int:
    """The spaces at the start of the line on which a value begins."""
    source = sources.of(near.start)
    begin = near.start - source.base - column
    line = source.text[begin : begin + column]
    return len(line) - len(line.lstrip(" "))


def _condition_block(operator: str, key: str, values: Any, indent: int) -> str:
    pad, inner = " " * indent, " " * (indent + 2)
    listed = values if isinstance(values, list) else [values]
    return (
        f"\n{pad}condition {{\n{inner}test     = {hcl.string(operator)}\n"
        f"{inner}variable = {hcl.string(key)}\n{inner}values   = {hcl.value(listed, indent + 2)}\n"
        f"{pad}}}\n"
    )
