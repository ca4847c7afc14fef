"""Code reads at the first try: what makes a line hard to read is counted, and may not grow.

`LIMITS` is a ratchet: how many places there may be in the whole package. Whoever removes some
writes the smaller number. Each count is shown to see what it counts, and nothing near it. The
counts are in `scripts/code_counts.py`, and `make metrics` prints them for each package.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from code_counts import (
    Place,
    Source,
    boolean_arithmetic,
    caches,
    class_names,
    doubled,
    functions,
    long_lines,
    nested_comprehensions,
    nested_conditional_expressions,
    read,
)
from code_density import density, density_in_functions

PACKAGE = Path(__file__).resolve().parents[2] / "trust_widgets"


class Limit(NamedTuple):
    """What is counted, and how much of it there may be.

    Args:
        count: returns each place in a source.
        most: how many places the package may have.
        instead: how to write it.
        planted: sources with one place each.
        near: sources that look like it and have none.
    """

    count: Callable[[Source], list[Place]]
    most: int
    instead: str
    planted: tuple[str, ...]
    near: tuple[str, ...]


LIMITS = {
    "nested conditional expressions": Limit(
        nested_conditional_expressions,
        0,
        "a function with early returns",
        (
            "x = a if b else c if d else e",
            "x = (a if b else c) if d else e",
            "x = f(a if b else c) if d else e",
        ),
        ("x = a if b else c\ny = a if b else c", "if a:\n    x = b if c else d"),
    ),
    "arithmetic on truth values": Limit(
        boolean_arithmetic,
        0,
        "an if",
        (
            "x = 's' * (n != 1)",
            "x = 1 + (not a)",
            "x = count + text.startswith('a')",
            "x = ('no', 'yes')[a == b]",
            "x = text[: a in b]",
            "x = flag >= (a in b)",
        ),
        (
            "x = a * 2 != b",
            "x = sum(a == b for b in c)",
            "x = n if a == b else 0",
            "x = a <= b < c",
        ),
    ),
    "comprehensions in comprehensions": Limit(
        nested_comprehensions,
        0,
        "a loop, or a function for the inner one",
        (
            "x = [[b for b in a] for a in c]",
            "x = {f(b for b in a): a for a in c}",
            "x = [d for a in b for c in a for d in c]",
        ),
        ("x = [c for a in b for c in a]", "x = [a for a in b]\ny = {a for a in b}"),
    ),
    "caches": Limit(
        caches,
        21,
        "no cache, or policy/policy_cache.py for what is remembered of a policy",
        (
            "from functools import cache\n@cache\ndef f(): ...",
            "from functools import lru_cache\n@lru_cache(maxsize=8)\ndef f(): ...",
            "from functools import cached_property as once\nclass A:\n    f = once(g)",
            "import functools\nf = functools.lru_cache(maxsize=8)(g)",
            "_READY: dict[int, str] = {}",
            "_READY = dict[int, str]()",
            "_READY = defaultdict(list)",
        ),
        ("def f(cache):\n    return cache", "def f():\n    seen = {}", "TABLE = {'a': 1}"),
    ),
    "lines over 100 columns": Limit(
        long_lines,
        0,
        "a line break, or two texts side by side",
        (f"x = '{'a' * 95}'",),
        (f"x = '{'a' * 94}'", f"# https://{'a' * 95}"),
    ),
}
CLASSES_DEFINED_TWICE = 0
TOKENS_A_LINE_OF_FUNCTIONS = 9.6
LINES_OF_A_FUNCTION = 50
LINES_OF_A_MODULE = 345


@cache
def sources() -> list[Source]:
    """The whole package, read once."""
    return read(PACKAGE)


@pytest.mark.parametrize("name", LIMITS)
def test_there_are_no_more_than_before(name: str) -> None:
    limit = LIMITS[name]
    places = [place for source in sources() for place in limit.count(source)]
    listed = "\n".join(map(str, [f"{len(places)}; write {limit.instead}:", *places]))
    assert len(places) <= limit.most, listed


@pytest.mark.parametrize("name", LIMITS)
def test_a_planted_one_is_counted(name: str) -> None:
    """Each alone, and what is only near it is not."""
    limit = LIMITS[name]
    assert [len(limit.count(Source.of(text))) for text in limit.planted] == [1] * len(limit.planted)
    assert [text for text in limit.near if limit.count(Source.of(text))] == []


def test_a_class_name_is_defined_once() -> None:
    twice = doubled(class_names(sources()))
    listed = "\n".join(f"{name}: {', '.join(map(str, each))}" for name, each in twice.items())
    assert len(twice) <= CLASSES_DEFINED_TWICE, listed


def test_a_class_that_is_defined_twice_is_found() -> None:
    modules = [Source.of("class A: ...", "a.py"), Source.of("def f():\n    class A: ...", "b.py")]
    assert list(doubled(class_names(modules))) == ["A"]
    assert doubled(class_names(modules[:1])) == {}


def test_lines_of_functions_are_not_dense() -> None:
    densities = [density_in_functions(source) for source in sources()]
    tokens = sum(each.tokens for each in densities)
    lines = sum(each.lines for each in densities)
    assert tokens / lines <= TOKENS_A_LINE_OF_FUNCTIONS


def test_comments_docstrings_and_blank_lines_do_not_count() -> None:
    """`def`, `f`, `(`, `)`, `:` on one line; `return`, the f-string, `+`, `1` on the other."""
    code = '"""About it."""\n\ndef f():  # why\n    """Return it."""\n\n    return f"{a} b" + 1\n'
    both = density(Source.of(f"{code}X = 1\n")), density_in_functions(Source.of(f"{code}X = 1\n"))
    assert [(each.tokens, each.lines) for each in both] == [(12, 3), (9, 2)]


def test_functions_are_short() -> None:
    """Thirty lines with the docstring are the aim."""
    longer = [
        f"{place}: {size}"
        for source in sources()
        for size, place in functions(source)
        if size > LINES_OF_A_FUNCTION
    ]
    assert longer == []


def test_modules_are_short() -> None:
    """Three hundred lines are the aim; a longer module mostly has two concepts."""
    longer = [
        f"{source.name}: {len(source.lines)}"
        for source in sources()
        if len(source.lines) > LINES_OF_A_MODULE
    ]
    assert longer == []
