"""The rows of the house: a module imports from rows below its own, or from its own folder.

Within a row the order written is a chain: a later name may import an earlier one. Each rule is shown to
catch what it forbids.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "trust_widgets"

ROWS = (
    ("_html", "_terminal", "_registry", "_sentences", "_wildcards", "_json", "aws", "policy", "role", "home"),
    (
        "unwrapping",
        "_foreign",
        "fixes",
        "_plain_reader",
        "_policy_reader",
        "document",
        "questions",
        "providers",
        "guards",
        "writers",
    ),
    ("evaluation",),
    ("findings", "internal_errors", "_found", "callers", "kept", "access"),
    ("patterns", "pitfalls", "exporters"),
    ("grants", "complaints", "_placing", "history", "model", "reporting", "json_report", "sarif", "magic", "cli"),
    ("views",),
)
FAMILIES = ("patterns", "pitfalls", "exporters", "callers")
PURE_ROWS = 5  # rows 0 to 4 run without Jupyter, also under Pyodide
JUPYTER = {"traitlets", "ipywidgets", "anywidget", "IPython"}
PLACES = {name: (row, index) for row, names in enumerate(ROWS) for index, name in enumerate(names)}


def rooms(path: Path) -> str:
    """The room of a file: the module or folder right below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(source: str) -> Iterator[str]:
    """Every module that a source imports, as a dotted name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def breaches(room: str, source: str) -> list[str]:
    """What a source in a room imports and may not."""
    found = []
    row, index = PLACES[room]
    for name in imports(source):
        top, *rest = name.split(".")
        if top == "trust_widgets" and rest and rest[0] != room:
            other = PLACES.get(rest[0])
            if other is None:
                found.append(f"{room} imports {name}, which has no place in the house")
            elif other >= (row, index) or (room in FAMILIES and rest[0] in FAMILIES):
                found.append(f"{room} imports {name}")
        if top in JUPYTER and row < PURE_ROWS:
            found.append(f"{room} imports {name}, and its row is pure")
        elif top != "trust_widgets" and top not in JUPYTER and top not in sys.stdlib_module_names:
            found.append(f"{room} imports {name}, which is no dependency")
    return found


def sources() -> list[Path]:
    """Every Python file of the package but its front door."""
    return [p for p in sorted(PACKAGE.rglob("*.py")) if p != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", [pytest.param(p, id=str(p.relative_to(PACKAGE))) for p in sources()])
def test_a_file_imports_from_below(path: Path) -> None:
    """Or from its own folder."""
    assert breaches(rooms(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("policy", "from trust_widgets.document import parse"),
        ("policy", "from trust_widgets.role import Role"),
        ("document", "from trust_widgets.findings import Finding"),
        ("pitfalls", "from trust_widgets.patterns import PATTERNS"),
        ("exporters", "from trust_widgets import model"),
        ("patterns", "def f():\n    from trust_widgets.views.form import FormView"),
        ("access", "import traitlets"),
        ("policy", "import yaml"),
        ("model", "from trust_widgets.cellar import wine"),
    ],
)
def test_a_planted_upward_import_is_caught(room: str, source: str) -> None:
    """Each kind of breach, also inside a function."""
    assert breaches(room, source)


def test_every_room_has_its_place() -> None:
    """And every place is lived in."""
    assert {rooms(path) for path in sources()} == set(PLACES)


def test_the_page_for_newcomers_has_the_same_rows() -> None:
    """With the same rooms in each, in the order of the chain."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\d) \| (.*) \|$", page, re.MULTILINE)
    assert {int(row): tuple(re.findall(r"`(\w+)/?`", told)) for row, told in table} == dict(enumerate(ROWS))


def cycles(graph: dict[str, set[str]]) -> list[str]:
    """Modules that can be reached from themselves."""

    def reach(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for module in graph.get(waiting.pop(), set()) - seen:
                seen.add(module)
                waiting.append(module)
        return seen

    return [module for module in graph if module in reach(module)]


def module_of(path: Path) -> str:
    """A file's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def graph() -> dict[str, set[str]]:
    """Which module of the package imports which when it is loaded."""
    modules = {module_of(path): path for path in sources()}
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        source = path.read_text(encoding="utf-8")
        asked = {full if full in modules else full.rpartition(".")[0] for full in imports(source)}
        found[name] = (asked & set(modules)) - {name}
    return found


def test_there_is_no_import_cycle() -> None:
    """A package and its members count as modules of their own."""
    assert cycles(graph()) == []


def test_a_planted_cycle_is_caught() -> None:
    """The search is not blind."""
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]


HTML = re.compile(r"(?<!\?P)</?[a-z]+[ >]")


@pytest.mark.parametrize("path", [pytest.param(p, id=str(p.relative_to(PACKAGE))) for p in sources()])
def test_html_is_made_in_one_place(path: Path) -> None:
    """No other file writes a tag in a string."""
    if path.name == "_html.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and node.body
            and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    strings = [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    ]
    assert [text for text in strings if HTML.search(text)] == []


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=p.name) for p in sorted((ROOT / "frontend" / "src").glob("*.ts*"))]
)
def test_the_browser_side_makes_no_html_from_text(path: Path) -> None:
    """Everything a stranger wrote is set as text."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(", source
    )


def test_no_room_bears_a_public_functions_name() -> None:
    """A submodule of that name would replace the function once it is imported."""
    functions = {"parse", "check", "evaluate", "compare", "who_gets_in", "is_public", "export"}
    assert functions & {rooms(path) for path in sources()} == set()
