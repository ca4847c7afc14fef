"""A package imports from lower layers only, and there is no import cycle.

Each rule is shown to catch what it forbids.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trust_widgets"

# From the lowest to the highest.
LAYERS = (
    ("names",),
    ("text", "forms", "families"),
    ("aws",),
    ("policy", "providers"),
    ("evaluation", "patterns", "findings", "readers"),
    ("permissions",),
    ("explain",),
    ("access", "callers"),
    ("pitfalls", "saved_callers", "pictures"),
    ("exercises", "documents", "reports"),
    ("model", "exporters"),
    ("inventory",),
    ("views",),
    ("magic", "cli"),
)
LAYER_OF = {name: number for number, names in enumerate(LAYERS) for name in names}
# Old import paths that lead elsewhere, and their helper; to be removed in the next version.
OLD_PATHS = {"_moved", "kept"}
JUPYTER = {"traitlets", "ipywidgets", "anywidget", "IPython"}
WITH_JUPYTER = {"model", "views", "magic"}
# What the extra `files` brings, which only the readers of such files use.
EXTRA = {"hcl2", "ruamel", "pathspec", "ijson"}
WITH_EXTRA = {"readers"}
# What the extras `scan` and `aws` bring.
EXTRA_OF_SCAN = {"fsspec", "botocore"}
WITH_EXTRA_OF_SCAN = {"inventory"}

# Imports that break the rule today: (module, imported module). The list may only shrink.
KNOWN_BREACHES: set[tuple[str, str]] = set()


def package_of(module: str) -> str:
    """The package of a module; for a module at the root, the module itself."""
    return module.split(".")[1]


def module_of(path: Path) -> str:
    """A file's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def sources() -> dict[str, Path]:
    """Every module of the package but its `__init__`, with its file."""
    paths = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]
    return {module_of(path): path for path in paths}


MODULES = sources()


def imports(source: str) -> Iterator[str]:
    """Every module or name that a source imports, dotted; also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "relative." + (node.module or "")
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def imported_module(name: str) -> str:
    """The module that an imported name stands in."""
    return name if name in MODULES else name.rpartition(".")[0]


def breaches(module: str, source: str) -> set[tuple[str, str]]:
    """Imports of a module that its layer does not allow."""
    own = package_of(module)
    found = set()
    for name in imports(source):
        top, _, rest = name.partition(".")
        if top in JUPYTER:
            if own not in WITH_JUPYTER:
                found.add((module, top))
        elif top != "trust_widgets":
            is_extra = (top in EXTRA and own in WITH_EXTRA) or (
                top in EXTRA_OF_SCAN and own in WITH_EXTRA_OF_SCAN
            )
            if top not in sys.stdlib_module_names and not is_extra:
                found.add((module, name))
        elif rest and (other := rest.partition(".")[0]) != own and other != "__version__":
            layer = LAYER_OF.get(other)
            if other not in OLD_PATHS - {"kept"} and (layer is None or layer >= LAYER_OF[own]):
                found.add((module, imported_module(name)))
    return found


def test_a_package_imports_from_lower_layers() -> None:
    """A new breach fails, and so does one that is fixed but still listed."""
    found: set[tuple[str, str]] = set()
    for module, path in MODULES.items():
        if package_of(module) not in OLD_PATHS:
            found |= breaches(module, path.read_text(encoding="utf-8"))
    assert sorted(found - KNOWN_BREACHES) == []
    assert sorted(KNOWN_BREACHES - found) == [], "fixed: take them off the list"


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("policy", "from trust_widgets.findings import Finding"),  # above
        ("policy", "from trust_widgets.providers.subjects.grammar import Grammar"),  # a sibling
        ("access", "from trust_widgets.callers import CALLERS"),
        ("text", "from trust_widgets.forms import Field"),  # a sibling
        ("evaluation", "import trust_widgets.explain.wording"),  # the next layer
        ("patterns", "def f():\n    from trust_widgets.views.form import FormView"),
        ("exporters", "from trust_widgets import model"),
        ("reports", "from trust_widgets.kept import Kept"),  # an old path
        ("access", "import traitlets"),
        ("reports", "import IPython"),
        ("policy", "import yaml"),
        ("policy", "import hcl2"),
        ("readers", "import yaml"),
        ("policy", "from .values import Statement"),
        ("model", "from trust_widgets.cellar import wine"),
    ],
)
def test_a_planted_breach_is_caught(package: str, source: str) -> None:
    """Each kind of breach, also inside a function."""
    assert breaches(f"trust_widgets.{package}.planted", source)


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("access", "from trust_widgets.explain import evaluate"),
        ("access", "from trust_widgets.access.solver import Search"),
        ("views", "import traitlets, re"),
        ("cli", "import trust_widgets"),
        ("readers", "import hcl2"),
    ],
)
def test_what_is_allowed_is_no_breach(package: str, source: str) -> None:
    """A lower layer, the own package, Jupyter where it belongs, the front door."""
    assert not breaches(f"trust_widgets.{package}.planted", source)


def test_every_package_has_its_layer() -> None:
    """And every name in the layers is that of a package or module."""
    assert {package_of(module) for module in MODULES} - OLD_PATHS == set(LAYER_OF)


def test_the_page_for_newcomers_has_the_same_layers() -> None:
    """With the same packages in each."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\d+) \| (.*) \|$", page, re.MULTILINE)
    told = {int(layer): set(re.findall(r"`(\w+)`", words)) for layer, words in table}
    assert told == {number: set(names) for number, names in enumerate(LAYERS)}


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


class _WithoutTypes(ast.NodeTransformer):
    """Takes away what only a type checker reads: `if TYPE_CHECKING:`."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return None
        return self.generic_visit(node)


def without_types(source: str) -> str:
    """A source as it is run."""
    return ast.unparse(_WithoutTypes().visit(ast.parse(source)))


def graph() -> dict[str, set[str]]:
    """Which module of the package imports which when it is run."""
    found: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        source = without_types(path.read_text(encoding="utf-8"))
        named = {imported_module(name) for name in imports(source)}
        found[module] = (named & set(MODULES)) - {module}
    return found


def test_there_is_no_import_cycle() -> None:
    """A package and its members count as modules of their own."""
    assert cycles(graph()) == []


def test_a_planted_cycle_is_caught() -> None:
    """The search is not blind."""
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]


def test_what_only_a_type_checker_reads_is_no_import() -> None:
    """A face may name there what it loads when it is asked for; what is run beside it counts."""
    source = "import a\nif TYPE_CHECKING:\n    import b\nif a:\n    import c"
    assert list(imports(without_types(source))) == ["a", "c"]


def test_no_package_bears_a_public_functions_name() -> None:
    """A submodule of that name would replace the function once it is imported."""
    functions = {"parse", "check", "evaluate", "compare", "who_gets_in", "is_public", "export"}
    assert functions & {package_of(module) for module in MODULES} == set()
