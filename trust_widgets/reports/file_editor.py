"""Edits of a policy as edits of the file that holds it, in that file's own language."""

from __future__ import annotations

import json
import re
from typing import Any

from trust_widgets.policy import Insert, Path, Remove, Rename, Replace, change
from trust_widgets.readers import Tree, shown_pieces
from trust_widgets.reports.file_places import HCL, YAML, NoPlace
from trust_widgets.reports.file_values import FileValues
from trust_widgets.reports.hcl_blocks import condition_blocks, statement_block
from trust_widgets.text.json.tree import Splice
from trust_widgets.text.quoting import hcl, yaml

_SAFE_IN_YAML = re.compile(r"[\w./@+=*:-]*")


class FileEditor(FileValues):
    """Turns edits of a policy into edits of its file. All paths are those before any edit."""

    def make(self, edit: Any) -> None:
        """Make one edit.

        Raises:
            NoPlace: where the file does not allow it.
        """
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
                raise NoPlace

    # -- replacing

    def _replace(self, path: Path, value: Any) -> None:
        tree = self.at(path)
        if self._is_statement_block(tree):
            self._replace_statement(tree, value)
            return
        is_single = isinstance(value, str) or (isinstance(value, list) and tree.kind == "list")
        if self.language(tree) == HCL and path and not self.is_braced(self.at(path[:-1])):
            if not is_single:
                raise NoPlace
            if tree.kind == "list" and isinstance(value, str):
                value = [value]
        if tree.kind in ("object", "list"):
            self._replace_container(tree, value)
        elif self._is_expression(tree) or (tree.kind == "scalar" and self.is_literal(tree)):
            self.put(tree.start, tree.end, self.value_text(tree, value))
        elif tree.is_text and isinstance(value, str):
            self._change_text(tree, value)
        else:
            raise NoPlace

    def _is_expression(self, tree: Tree) -> bool:
        """Whether a value is one expression of Terraform's, written where the value is."""
        is_hcl = tree.kind == "unknown" and self.language(tree) == HCL
        return is_hcl and self.written(tree) == tree.holes[0].expression

    def _replace_container(self, tree: Tree, value: Any) -> None:
        if not self.is_all_here(tree):
            raise NoPlace
        if self.is_braced(tree):
            self.put(tree.start, tree.end, self.value_text(tree, value))
            return
        if self.language(tree) != YAML or not value or isinstance(value, str):
            raise NoPlace
        self.expect_known(value)
        self.end_of_line(tree.end)
        text = yaml.value(value, self.column(tree.start)).lstrip(" ").rstrip("\n")
        self.put(tree.start, tree.end, text)

    def _change_text(self, tree: Tree, value: str) -> None:
        """Change the characters of a text that has expressions in it, or is put together."""
        old, places = shown_pieces(tree)
        splice = change(old, value)
        start, end = self._in_text(tree, old, places, splice)
        self.expect_known(splice.text)
        if self.language(tree) == HCL:
            text = hcl.string(splice.text)[1:-1]
        elif _SAFE_IN_YAML.fullmatch(splice.text):
            text = splice.text
        else:
            raise NoPlace
        self.put(start, end, text)

    def _in_text(
        self, tree: Tree, old: str, places: list[int | None] | None, splice: Splice
    ) -> tuple[int, int]:
        """The place of some characters of a text, which have to be in the file as they are."""
        written = self.written(tree)
        if written.count(old) == 1:
            begin = tree.start + written.index(old)
            return begin + splice.start, begin + splice.end
        known = places[: len(old)] if places is not None else []
        first = known[splice.start - 1] if splice.start and known else None
        if first is None:
            raise NoPlace
        start = first + 1
        end = start + splice.end - splice.start
        if self.sources.between(start, end) != old[splice.start : splice.end]:
            raise NoPlace
        return start, end

    def _rename(self, path: Path, key: str) -> None:
        member = self.entry(self.at(path[:-1]), str(path[-1]))
        written = self.written(member.key)
        if written != str(member.key.value) and not self.is_literal(member.key):
            raise NoPlace
        self.put(member.key.start, member.key.end, self.key_text(member.key, key))

    # -- putting in

    def _insert(self, path: Path, value: Any) -> None:
        if self._inserts_block(path, value):
            return
        parent = self.at(path[:-1])
        spans = list(self.spans(parent))
        if not spans:
            raise NoPlace
        self.expect_known({str(path[-1]): value})
        if self.is_braced(parent):
            self._insert_in_braces(parent, spans, path[-1], value)
        elif self.language(parent) == YAML:
            self._insert_in_block(parent, spans, path[-1], value)
        else:
            raise NoPlace

    def _insert_in_braces(
        self, parent: Tree, spans: list[tuple[int, int]], name: str | int, value: Any
    ) -> None:
        is_hcl = self.language(parent) == HCL
        first = min(start for start, _ in spans)
        last = max(end for _, end in spans)
        is_long = "\n" in self.sources.between(parent.start, first)
        column = self.column(first)
        if is_hcl:
            indent = column if is_long else self.indent_of_line(parent, self.column(parent.start))
            text = hcl.value(value, indent)
        else:
            text = json.dumps(value, ensure_ascii=False)
        if isinstance(name, str) and is_hcl:
            text = f"{_hcl_key(name)} = {text}"
        elif isinstance(name, str):
            text = f"{json.dumps(name)}: {text}"
        gap = "\n" + " " * column if is_long else " "
        comma = "" if is_hcl and is_long and isinstance(name, str) else ","
        self.put(last, last, f"{comma}{gap}{text}")

    def _insert_in_block(
        self, parent: Tree, spans: list[tuple[int, int]], name: str | int, value: Any
    ) -> None:
        last = self.end_of_line(max(end for _, end in spans))
        held = {name: value} if isinstance(name, str) else [value]
        text = yaml.value(held, self.column(parent.start))
        self.put(last, last, "\n" + text.rstrip("\n"))

    # -- Terraform's blocks

    def _is_statement_block(self, tree: Tree) -> bool:
        written = self.written(tree) if self.language(tree) == HCL else ""
        return written.startswith("statement") and written.endswith("}")

    def _inserts_block(self, path: Path, value: Any) -> bool:
        """Put a block in where the policy is made of blocks; false where it is not."""
        if len(path) == 2 and path[0] == "Statement":
            statements = self.at(path[:1]).items
            if statements and self._is_statement_block(statements[-1]):
                self._insert_statement(statements[-1], value)
                return True
        if "Condition" not in path:
            return False
        statement = self.at(path[: path.index("Condition")])
        if self.language(statement) != HCL or self.is_braced(statement):
            return False
        if not self._is_statement_block(statement):
            raise NoPlace
        self._insert_condition(statement, path, value)
        return True

    def _insert_statement(self, last: Tree, value: Any) -> None:
        self.expect_known(value)
        text = self._statement_text(last, value)
        pad = " " * self.column(last.start)
        self.put(last.end, last.end, f"\n\n{pad}{text}")

    def _replace_statement(self, tree: Tree, value: Any) -> None:
        if not self.is_all_here(tree):
            raise NoPlace
        self.expect_known(value)
        self.put(tree.start, tree.end, self._statement_text(tree, value))

    def _statement_text(self, near: Tree, value: Any) -> str:
        text = statement_block(value, self.column(near.start))
        if not text:
            raise NoPlace
        return text

    def _insert_condition(self, statement: Tree, path: Path, value: Any) -> None:
        rest = path[path.index("Condition") + 1 :]
        block: Any = value
        for step in reversed([step for step in rest if isinstance(step, str)]):
            block = {step: block}
        self.expect_known(block)
        text = condition_blocks(block, self.column(statement.start) + 2)
        line = statement.end - 1 - len(self.written(statement)[:-1].rpartition("\n")[2])
        self.put(line, line, text)

    # -- taking out

    def _remove(self, path: Path) -> None:
        parent = self.at(path[:-1])
        if isinstance(path[-1], int) and parent.kind != "list":
            self._remove(path[:-1])
            return
        number = _number(parent, path[-1])
        if parent.kind == "list" and self._is_statement_block(parent.items[number]):
            self._remove_statement(parent.items[number])
            return
        spans = list(self.spans(parent))
        if not self.is_braced(parent):
            self._remove_lines(parent, spans, number)
            return
        start, end = spans[number]
        if number + 1 < len(spans):
            end = spans[number + 1][0]
        elif number:
            start = spans[number - 1][1]
        self.put(start, end, "")

    def _remove_lines(self, parent: Tree, spans: list[tuple[int, int]], number: int) -> None:
        """Take a member of a block of YAML out, with its lines; never the only one."""
        if self.language(parent) != YAML or len(spans) < 2:
            raise NoPlace
        start, end = spans[number]
        if parent.kind == "list":
            start = self._dash_before(start)
        self.put(self.start_of_line(start), self.behind_line(end), "")

    def _dash_before(self, start: int) -> int:
        """The place of the dash of an item of a list in YAML."""
        source = self.sources.of(start)
        before = source.text[: start - source.base].rstrip(" ")
        if before.endswith("-"):
            return source.base + len(before) - 1
        return start

    def _remove_statement(self, tree: Tree) -> None:
        start = self.start_of_line(tree.start)
        source = self.sources.of(start)
        before = source.text[: start - source.base]
        if before.endswith("\n\n"):
            start -= 1
        self.put(start, self.behind_line(tree.end), "")


def _number(parent: Tree, step: str | int) -> int:
    """Which member or item a step is."""
    if isinstance(step, int):
        if step >= len(parent.items):
            raise NoPlace
        return step
    names = [member.key.known_text for member in parent.members]
    if step not in names:
        raise NoPlace
    return names.index(step)


def _hcl_key(name: str) -> str:
    if name.isidentifier():
        return name
    return hcl.string(name)
