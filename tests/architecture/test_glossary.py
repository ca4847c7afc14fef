"""The glossary names code that is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trust_widgets"


def names_in_glossary(text: str) -> list[str]:
    """Return the names in the column "in the code"."""
    names = []
    for line in text.splitlines():
        cells = line.split("|")
        if len(cells) == 6:
            names += re.findall(r"`(\w+)`", cells[3])
    return names


def names_defined(tree: ast.Module) -> Iterator[str]:
    """Yield what a module defines: classes, functions and their arguments, fields, constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def names_of_package() -> set[str]:
    names = set()
    for path in PACKAGE.rglob("*.py"):
        names |= {path.stem, path.parent.name}
        names.update(names_defined(ast.parse(path.read_text(encoding="utf-8"))))
    return names


def test_each_name_is_in_the_package() -> None:
    """After a rename the glossary has the new name."""
    names = names_in_glossary((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    assert len(names) > 30
    assert sorted(set(names) - names_of_package()) == []


def test_a_name_that_is_gone_is_found() -> None:
    """Only the column of code counts."""
    row = "| witness | shows `nothing` | `find_witness`, `first_of` | `good` |"
    assert names_in_glossary(row) == ["find_witness", "first_of"]
    tree = ast.parse("class A:\n    def find_witness(good): ...\n    field: int\nLIMIT = 1\n")
    assert set(names_defined(tree)) == {"A", "find_witness", "good", "field", "LIMIT"}
