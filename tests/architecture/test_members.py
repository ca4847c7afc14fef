"""A member of a family imports no member of its family: a file is read, moved or deleted alone.

What members share is in the engine modules of their package, or in a private module beside them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_REGISTRY = re.compile(r"= Registry\(\s*\"(trust_widgets\.[\w.]+)\"")


def families() -> tuple[str, ...]:
    """The packages that hold the members of a family: each that a `Registry` is made of."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "trust_widgets").rglob("*.py"))
    return tuple(sorted({name for source in sources for name in _REGISTRY.findall(source)}))


FAMILIES = families()


def members(family: str) -> dict[str, Path]:
    """The public modules of a family's package and of its folders, by their dotted names."""
    package = ROOT / family.replace(".", "/")
    found = {}
    for path in sorted(package.rglob("*.py")):
        if not any(part.startswith("_") for part in path.relative_to(package).parts):
            found[".".join(path.relative_to(ROOT).with_suffix("").parts)] = path
    return found


def imported(source: str) -> Iterator[str]:
    """Each module that a source may import, dotted; also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def breaches(member: str, source: str, family: str) -> list[str]:
    """The other members that one member imports."""
    others = members(family).keys() - {member}
    return sorted(set(imported(source)) & others)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_member_imports_no_member(family: str) -> None:
    """Of its own family."""
    found = {
        member: names
        for member, path in members(family).items()
        if (names := breaches(member, path.read_text(encoding="utf-8"), family))
    }
    assert found == {}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "form",
    ["from {module} import RECORD", "from {folder} import {name}", "def f():\n    import {module}"],
)
def test_a_planted_breach_is_caught(family: str, form: str) -> None:
    """In each form of an import, also inside a function."""
    one, other = list(members(family))[:2]
    folder, _, name = other.rpartition(".")
    source = form.format(module=other, folder=folder, name=name)
    assert breaches(one, source, family) == [other]
    assert breaches(other, source, family) == []  # of itself, which nobody writes


def test_all_families_are_looked_at() -> None:
    """Also those that came later, and one in a package of operators."""
    assert {
        "trust_widgets.callers.kinds",
        "trust_widgets.evaluation.operators",
        "trust_widgets.exercises.tasks",
        "trust_widgets.exporters",
        "trust_widgets.patterns.kinds",
        "trust_widgets.pitfalls.caller_rules",
        "trust_widgets.pitfalls.rules",
        "trust_widgets.providers.issuers",
        "trust_widgets.readers",
    } <= set(FAMILIES)


def test_all_members_are_looked_at() -> None:
    """Also those in folders, and none that is private."""
    rules = members("trust_widgets.pitfalls.rules")
    assert "trust_widgets.pitfalls.rules.open.anyone" in rules
    assert not [name for name in rules if name.rpartition(".")[2].startswith("_")]
