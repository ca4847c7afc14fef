"""Tests are at the path of what they test, or `tests/README.md` says where they are.

Its first table names modules that are tested elsewhere, its second one test files without a module.
Both are read here, and each rule is shown to catch what it forbids.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

TESTS = Path(__file__).resolve().parents[1]
PACKAGE = TESTS.parent / "trust_widgets"
Table = dict[str, tuple[str, ...]]


def tables(readme: str) -> tuple[Table, Table]:
    """Return the table of modules and the table of test files, by what their first column names."""
    _, _, rest = readme.partition("## Modules that are tested elsewhere")
    modules, _, test_files = rest.partition("## Test files without a module")
    return rows(modules), rows(test_files)


def rows(text: str) -> Table:
    """Return for each name in a table's first column the names in its second one."""
    table: Table = {}
    for line in text.splitlines():
        cells = line.split("|")
        if len(cells) == 4:
            for name in re.findall(r"`([^`]+)`", cells[1]):
                table[name] = tuple(re.findall(r"`([^`]+)`", cells[2]))
    return table


def own_tests(module: str, test_files: Iterable[str]) -> list[str]:
    """Return the test files at the path of a module; a further word may follow its name.

    Example:
        >>> own_tests("text/_globs.py", ["text/test_globs.py", "text/test_globs_of_arns.py"])
        ['text/test_globs.py', 'text/test_globs_of_arns.py']
        >>> own_tests("readers/__init__.py", ["readers/test_readers.py"])
        ['readers/test_readers.py']
    """
    path = PurePosixPath(module)
    folders = [path.parent]
    name = path.stem.lstrip("_")
    if path.name == "__init__.py":
        name = path.parent.name
        folders.append(path.parent.parent)
    starts = [(folder / f"test_{name}").as_posix() for folder in folders if name]
    return [
        file
        for file in test_files
        if any(file == f"{start}.py" or file.startswith(f"{start}_") for start in starts)
    ]


def row_of(name: str, table: Mapping[str, object]) -> str | None:
    """Return the first name of a table's row that stands for a file: itself, or one with `*`.

    A `*` does not reach into folders, except at the start: `*/test_laws.py` is in every folder.
    """
    for pattern in table:
        if pattern.startswith("*/") and fnmatchcase(name, pattern):
            return pattern
        if name.count("/") == pattern.count("/") and fnmatchcase(name, pattern):
            return pattern
    return None


def without_tests(
    modules: Iterable[str], test_files: Collection[str], elsewhere: Table
) -> list[str]:
    """Return the modules that have no test file and no row."""
    return [
        module
        for module in modules
        if not own_tests(module, test_files) and row_of(module, elsewhere) is None
    ]


def without_module(test_files: Collection[str], modules: Iterable[str], kinds: Table) -> list[str]:
    """Return the test files that are at no module's path and have no row."""
    mirrored = {file for module in modules for file in own_tests(module, test_files)}
    return [file for file in test_files if file not in mirrored and row_of(file, kinds) is None]


def has_code(path: Path) -> bool:
    """False for an `__init__` that only names what others define."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    defines = any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in body)
    return defines or path.name != "__init__.py"


PATHS = sorted(PACKAGE.rglob("*.py"))
ALL_MODULES = [path.relative_to(PACKAGE).as_posix() for path in PATHS]
MODULES = [path.relative_to(PACKAGE).as_posix() for path in PATHS if has_code(path)]
TEST_FILES = sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py"))
ELSEWHERE, KINDS = tables((TESTS / "README.md").read_text(encoding="utf-8"))


def test_each_module_has_its_tests() -> None:
    """Add a test file at its path, or a row to the first table of tests/README.md."""
    assert without_tests(MODULES, TEST_FILES, ELSEWHERE) == []


def test_each_test_file_has_its_module() -> None:
    """Give it the path of what it tests, or a row in the second table of tests/README.md."""
    assert without_module(TEST_FILES, ALL_MODULES, KINDS) == []


def test_the_tables_name_what_is_there() -> None:
    """A row without tests, and one that stands for no file, are left over."""
    named = {file for files in ELSEWHERE.values() for file in files}
    assert sorted(named - set(TEST_FILES)) == []
    assert [name for name, files in ELSEWHERE.items() if not files] == []
    assert sorted(set(ELSEWHERE) - {row_of(module, ELSEWHERE) for module in ALL_MODULES}) == []
    assert sorted(set(KINDS) - {row_of(file, KINDS) for file in TEST_FILES}) == []


def test_a_breach_is_caught() -> None:
    """A module without tests, one in a deeper folder than the row, and a test file alone."""
    table = rows("| `text/*` | `text/test_english.py` |\n")
    files = ["text/test_english.py", "text/test_laws.py"]
    assert without_tests(["text/diff.py"], files, {}) == ["text/diff.py"]
    assert without_tests(["text/diff.py", "text/json/edit.py"], files, table) == [
        "text/json/edit.py"
    ]
    modules = ["text/english.py"]
    assert without_module(files, modules, {}) == ["text/test_laws.py"]
    assert without_module(files, modules, {"*/test_laws.py": ()}) == []
