"""Count what makes Python source hard to read, such as nested expressions and doubled names.

Nothing is imported: each file is read as text. `metrics.py` prints the numbers, and
`tests/architecture/test_density.py` holds some of them.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

MAX_COLUMNS = 100

Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
Function = ast.FunctionDef | ast.AsyncFunctionDef
_BOOLEAN_CALLS = {"bool", "isinstance", "issubclass", "any", "all", "callable", "hasattr"}
_BOOLEAN_METHODS = {"startswith", "endswith", "isdigit", "isdisjoint", "issubset", "issuperset"}
_ORDERING = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


@dataclass(frozen=True)
class Source:
    """A module that was read.

    Attributes:
        name: its path below the folder that is measured, `access/solver.py`.
        text: the whole file.
        tree: the same, parsed.
    """

    name: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, text: str, name: str = "module.py") -> Source:
        """A source with this text."""
        return cls(name, text, ast.parse(text))

    @property
    def package(self) -> str:
        """The folder at the top that holds the module, or `.`."""
        first, slash, _ = self.name.partition("/")
        return first if slash else "."

    @property
    def lines(self) -> list[str]:
        """Each line of the file."""
        return self.text.splitlines()


@dataclass(frozen=True)
class Place:
    """A line of a module where something was counted."""

    module: str
    line: int
    what: str = ""

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.what}".rstrip()


def read(folder: Path) -> list[Source]:
    """Return every Python file below a folder."""
    paths = sorted(folder.rglob("*.py"))
    return [
        Source.of(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix())
        for path in paths
    ]


# What a line holds


def long_lines(source: Source) -> list[Place]:
    """Return the lines with more than 100 columns, but those of one word, such as an address."""
    return [
        Place(source.name, number, f"{len(line)} columns")
        for number, line in enumerate(source.lines, 1)
        if len(line) > MAX_COLUMNS and len(line.strip(" #").split()) > 1
    ]


# What an expression holds


def comprehensions(source: Source) -> list[Place]:
    """Return all comprehensions and generator expressions."""
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, Comprehension)]
    return [Place(source.name, node.lineno) for node in nodes]


def nested_comprehensions(source: Source) -> list[Place]:
    """Return the comprehensions inside another one, and those with more than two `for`s."""
    places = list(_nested(source, Comprehension))
    for node in ast.walk(source.tree):
        if isinstance(node, Comprehension) and len(node.generators) > 2:
            places.append(Place(source.name, node.lineno, "more than two for"))
    return places


def conditional_expressions(source: Source) -> list[Place]:
    """Return each `a if b else c`."""
    nodes = [node for node in ast.walk(source.tree) if isinstance(node, ast.IfExp)]
    return [Place(source.name, node.lineno) for node in nodes]


def nested_conditional_expressions(source: Source) -> list[Place]:
    """Return each `a if b else c` inside another one."""
    return list(_nested(source, ast.IfExp))


def boolean_arithmetic(source: Source) -> list[Place]:
    """Return where a truth value is used as a number, as far as the syntax shows it.

    These are arithmetic and ordering with a comparison or a `not`, and such an index.
    """
    places = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.BinOp):
            used = _is_boolean(node.left) or _is_boolean(node.right)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
            used = _is_boolean(node.operand)
        elif isinstance(node, ast.Subscript):
            used = _is_boolean_index(node.slice)
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], _ORDERING):
            used = any(_is_boolean(operand) for operand in (node.left, *node.comparators))
        else:
            continue
        if used:
            places.append(Place(source.name, node.lineno, ast.unparse(node)[:60]))
    return places


def _nested(source: Source, kind: type | object) -> Iterator[Place]:
    """Yield the nodes of a kind that have another one of it above them."""

    def visit(node: ast.AST, inside: bool) -> Iterator[Place]:
        is_kind = isinstance(node, kind)  # type: ignore[arg-type]
        if is_kind and inside:
            yield Place(source.name, node.lineno)  # type: ignore[attr-defined]
        for child in ast.iter_child_nodes(node):
            yield from visit(child, inside or is_kind)

    return visit(source.tree, False)


def _is_boolean(node: ast.expr) -> bool:
    if isinstance(node, ast.Compare):
        return True
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    if isinstance(node, ast.BoolOp):
        return all(_is_boolean(value) for value in node.values)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, bool)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in _BOOLEAN_CALLS
    return isinstance(node.func, ast.Attribute) and node.func.attr in _BOOLEAN_METHODS


def _is_boolean_index(index: ast.expr) -> bool:
    """True for `x[a == b]` and `x[: a == b]`; a key `True` of a dictionary is none."""
    if isinstance(index, ast.Slice):
        bounds = (index.lower, index.upper, index.step)
        return any(bound is not None and _is_boolean(bound) for bound in bounds)
    return not isinstance(index, ast.Constant) and _is_boolean(index)


# What is remembered


def caches(source: Source) -> list[Place]:
    """Return the uses of `functools`' caches, and the dictionaries of a module that start empty."""
    names = _cache_names(source.tree)
    places = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id in names:
            places.append(Place(source.name, node.lineno, node.id))
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in _CACHE_ATTRIBUTES:
            places.append(Place(source.name, node.lineno, node.attr))
    for statement in source.tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_empty_dict(statement.value):
            places.append(Place(source.name, statement.lineno, "dictionary"))
    return places


_CACHES = ("lru_cache", "cache", "cached_property")
_CACHE_ATTRIBUTES = {f"functools.{name}" for name in _CACHES}
_DICTIONARIES = {"dict", "defaultdict", "OrderedDict", "WeakKeyDictionary", "WeakValueDictionary"}


def _cache_names(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "functools":
            imported = [alias for alias in node.names if alias.name in _CACHES]
            names.update(alias.asname or alias.name for alias in imported)
    return names


def _is_empty_dict(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Dict):
        return not value.keys
    if not isinstance(value, ast.Call) or value.keywords:
        return False
    maker = value.func.value if isinstance(value.func, ast.Subscript) else value.func
    name = ast.unparse(maker).rpartition(".")[2]
    return name in _DICTIONARIES and all(isinstance(each, ast.Name) for each in value.args)


# What is defined


def class_names(sources: Iterable[Source]) -> dict[str, list[Place]]:
    """Return the names of classes with each place that defines one."""
    places = defaultdict(list)
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(Place(source.name, node.lineno))
    return dict(places)


def function_names(sources: Iterable[Source]) -> dict[str, list[Place]]:
    """Return the names of a module's public functions with each place that defines one."""
    places = defaultdict(list)
    for source in sources:
        for node in source.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                places[node.name].append(Place(source.name, node.lineno))
    return dict(places)


def doubled(places: Mapping[str, Sequence[Place]]) -> dict[str, Sequence[Place]]:
    """Return the names that more than one module defines."""
    return {
        name: each for name, each in sorted(places.items()) if len({p.module for p in each}) > 1
    }


def functions(source: Source) -> list[tuple[int, Place]]:
    """Return each function with its number of lines, its docstring among them."""
    sizes = []
    for node in ast.walk(source.tree):
        if isinstance(node, Function):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            sizes.append((size, Place(source.name, node.lineno, node.name)))
    return sizes
