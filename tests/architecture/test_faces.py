"""A package is entered by its face: what others use of it stands in its `__init__`, with `__all__`.

Two packages have no face, since each module is a subject of its own: `aws` and `text`. Members of
the families have none either: the registry hands out their records, and what a member has beyond
its record, such as the questions of an issuer, is imported from the member itself. The root's
`__init__` knows where public names stand.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trust_widgets"
WITHOUT_FACE = {"aws", "text"}
FAMILIES = (
    "trust_widgets.callers.kinds.",
    "trust_widgets.exporters.",
    "trust_widgets.patterns.kinds.",
    "trust_widgets.pitfalls.rules.",
    "trust_widgets.providers.issuers.",
    "trust_widgets.readers.",
)
OLD_PATHS = {"_moved", "kept"}

# What is entered from the side today, and by whom. The list may only shrink.
KNOWN_BREACHES: set[tuple[str, str]] = set()


def module_of(path: Path) -> str:
    """A file's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported_modules(source: str) -> Iterator[str]:
    """Each module of the package that a source imports something from; also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                yield _module_that_gives(node.module, alias.name)


def _module_that_gives(module: str, name: str) -> str:
    """The module behind `from module import name`; a name that the module's face exports is the
    face's own.
    """
    below = f"{module}.{name}"
    return below if below in MODULES and name not in exported(module) else module


def exported(module: str) -> set[str]:
    """The names in a module's `__all__`."""
    for node in ast.parse(MODULES[module].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [
            "__all__"
        ]:
            return set(ast.literal_eval(node.value))
    return set()


def is_entered_from_the_side(module: str) -> bool:
    """Whether another package may not import from a module: it stands below a face, and is no
    member of a family.
    """
    _, package, *below = module.split(".")
    if not below or package in WITHOUT_FACE:
        return False
    family = next((family for family in FAMILIES if module.startswith(family)), "")
    return not family or module.removeprefix(family).startswith("_")


def breaches(module: str, source: str) -> set[tuple[str, str]]:
    """What a module imports past a face."""
    own = module.split(".")[1]
    others = {
        other
        for other in imported_modules(source)
        if other.count(".") and other.split(".")[1] != own
    }
    return {(module, other) for other in others if is_entered_from_the_side(other)}


def test_another_package_is_entered_by_its_face() -> None:
    """A new breach fails, and so does one that is mended but still listed."""
    found: set[tuple[str, str]] = set()
    for module, path in MODULES.items():
        if module.count(".") and module.split(".")[1] not in OLD_PATHS:
            found |= breaches(module, path.read_text(encoding="utf-8"))
    assert sorted(found - KNOWN_BREACHES) == []
    assert sorted(KNOWN_BREACHES - found) == [], "mended: take them off the list"


@pytest.mark.parametrize(
    "planted",
    [
        "from trust_widgets.policy.values import Statement",
        "from trust_widgets.policy import values",
        "import trust_widgets.policy.values",
        "def f():\n    from trust_widgets.policy.values import Statement",
        "from trust_widgets.evaluation.operators.dates import seconds_from_text",
        "from trust_widgets.providers.issuers._saml import provider",  # private, and so no member
        "from trust_widgets.providers.issuers import _saml",
    ],
)
def test_a_planted_breach_is_caught(planted: str) -> None:
    """In each form of an import, also inside a function."""
    assert len(breaches("trust_widgets.access.planted", planted)) == 1


@pytest.mark.parametrize(
    ("package", "source"),
    [
        ("access", "from trust_widgets.policy import Statement, parse"),
        (
            "access",
            "from trust_widgets.policy import statements",
        ),  # a function that a module is named after
        ("policy", "from trust_widgets.policy.values import Statement"),
        ("access", "from trust_widgets.aws.limits import SID"),
        ("callers", "from trust_widgets.providers.issuers.gitlab import subject"),
        ("views", "from trust_widgets.families import Registry"),
        ("cli", "import trust_widgets"),
    ],
)
def test_what_is_allowed_is_no_breach(package: str, source: str) -> None:
    """The face, the own package, a package without a face, a member."""
    assert breaches(f"trust_widgets.{package}.planted", source) == set()


FACES = sorted(module for module in MODULES if module.count(".") == 1)


def taken_by_modules(face: str, names: set[str], source: str) -> set[str]:
    """Exported names that a module below the face takes away once it is loaded: it bears the name,
    and defines it not.
    """
    own = {
        name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module in MODULES
        for name in [node.module.rpartition(".")[2]]
        if name in {alias.name for alias in node.names}
    }
    return {name for name in names if f"{face}.{name}" in MODULES} - own


@pytest.mark.parametrize("module", FACES)
def test_no_module_takes_the_place_of_a_name(module: str) -> None:
    """Or what a face gives would depend on what was loaded before."""
    source = MODULES[module].read_text(encoding="utf-8")
    assert taken_by_modules(module, exported(module), source) == set()


def test_a_name_that_a_module_takes_is_caught() -> None:
    """The name of another module; that of its own module is bound after it is loaded."""
    face, source = "trust_widgets.policy", "from trust_widgets.policy.values import guards"
    assert taken_by_modules(face, {"guards"}, source) == {"guards"}
    source = "from trust_widgets.policy.statements import statements"
    assert taken_by_modules(face, {"statements"}, source) == set()


@pytest.mark.parametrize("module", FACES)
def test_a_face_has_what_it_says(module: str) -> None:
    """Each name in `__all__`, also those that are loaded when they are asked for."""
    face = __import__(module, fromlist=["*"])
    missing = [name for name in exported(module) if not hasattr(face, name)]
    assert missing == []
