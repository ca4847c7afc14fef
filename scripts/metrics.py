"""Print how dense, how long and how often repeated the code of the package is.

Run it by `make metrics`, or `python scripts/metrics.py FOLDER` for another folder. With `--places`
it names each place that counts.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

from code_counts import (
    Place,
    Source,
    boolean_arithmetic,
    caches,
    class_names,
    comprehensions,
    conditional_expressions,
    doubled,
    function_names,
    functions,
    long_lines,
    nested_comprehensions,
    nested_conditional_expressions,
    read,
)
from code_density import density, density_in_functions, total

PACKAGE = Path(__file__).resolve().parent.parent / "trust_widgets"
LONG_MODULES = (250, 300)
LONG_FUNCTION = 40

# Measured by this script in November 2026, without tests, at jsonschema 4.26.0, cfn-lint 1.58.0,
# httpx 0.28.1 and svcs 26.2.0. lizard 1.24.3 counts 6.2, 5.8, 6.7 and 6.0 tokens a line of a
# function, and 12.4 where this script counts 12.0.
MODEL_CODEBASES = (
    ("jsonschema", "6.1", "5.6", "6.6", "0", "5", "0.0 %", "292 / 490 / 1410", "7 / 30 / 378"),
    ("cfn-lint rules", "5.7", "5.3", "3.4", "0", "0", "1.3 %", "37 / 105 / 572", "10 / 35 / 159"),
    ("httpx", "6.6", "6.2", "6.3", "0", "1", "0.0 %", "248 / 527 / 2019", "9 / 34 / 133"),
    ("svcs", "6.4", "5.9", "1.1", "0", "0", "0.0 %", "264 / 334 / 1196", "10 / 27 / 95"),
)


def main() -> None:
    """Print the numbers of a folder: by package, in total, then the worst places."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PACKAGE)
    parser.add_argument("--places", action="store_true", help="name each place that counts")
    options = parser.parse_args()
    sources = read(options.folder)
    print_table(sources)
    print_comparison(sources)
    print_names(sources)
    if options.places:
        print_places(sources)


COUNTERS = (
    ("comprehensions", comprehensions),
    ("nested", nested_comprehensions),
    ("a if b else c", conditional_expressions),
    ("nested", nested_conditional_expressions),
    ("arithmetic on bools", boolean_arithmetic),
    ("caches", caches),
    ("over 100 columns", long_lines),
)
HEADINGS = (
    "",
    "modules",
    "code lines",
    "tokens a line of functions",
    "of all code",
    *(heading for heading, _ in COUNTERS),
)


def print_table(sources: Sequence[Source]) -> None:
    """Print a row for each package, and one for all."""
    rows = [HEADINGS]
    by_package = sorted(sources, key=lambda source: source.package)
    for package, members in groupby(by_package, key=lambda source: source.package):
        rows.append(row(package, list(members)))
    rows.append(row("all", sources))
    print_columns(rows)


def row(name: str, sources: Sequence[Source]) -> tuple[str, ...]:
    """Return the cells of a package."""
    code = total(map(density, sources))
    in_functions = total(map(density_in_functions, sources))
    counts = [count_all(counter, sources) for _, counter in COUNTERS]
    cells = (len(sources), code.lines, in_functions, code, *counts)
    return name, *map(str, cells)


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Print cells below each other, the first column to the left."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
        print("  ".join([cells[0].ljust(widths[0]), *padded]))


def print_comparison(sources: Sequence[Source]) -> None:
    """Print the numbers of all sources beside those of the model codebases."""
    lines = sum(len(source.lines) for source in sources)
    modules = sorted(len(source.lines) for source in sources)
    function_sizes = sorted(size for source in sources for size, _ in functions(source))
    ours = (
        "here",
        str(total(map(density_in_functions, sources))),
        str(total(map(density, sources))),
        f"{1000 * count_all(comprehensions, sources) / lines:.1f}",
        str(count_all(nested_conditional_expressions, sources)),
        str(count_all(caches, sources)),
        f"{100 * count_all(long_lines, sources) / lines:.1f} %",
        spread(modules),
        spread(function_sizes),
    )
    headings = (
        "",
        "tokens a line of functions",
        "of all code",
        "comprehensions a 1000 lines",
        "nested a if b else c",
        "caches",
        "over 100 columns",
        "module: median / p90 / max",
        "function: median / p90 / max",
    )
    print()
    print_columns([headings, ours, *MODEL_CODEBASES])


def count_all(counter: Callable[[Source], list[Place]], sources: Iterable[Source]) -> int:
    """Return how many places of a kind there are in all sources."""
    return sum(len(counter(source)) for source in sources)


def spread(sizes: Sequence[int]) -> str:
    """Return the middle, the ninth tenth and the most of sorted numbers."""
    last = len(sizes) - 1
    return f"{sizes[last // 2]} / {sizes[last * 9 // 10]} / {sizes[last]}"


def print_names(sources: Sequence[Source]) -> None:
    """Print what is defined twice, and what is long."""
    for title, names in (
        ("Classes", class_names(sources)),
        ("Public functions", function_names(sources)),
    ):
        twice = doubled(names)
        print(f"\n{title} defined in more than one module: {len(twice)} of {len(names)}")
        print("  " + ", ".join(f"{name} {len(places)}" for name, places in twice.items()))
    for limit in LONG_MODULES:
        longer = [source for source in sources if len(source.lines) > limit]
        print(f"\nModules over {limit} lines: {len(longer)}")
    largest = sorted(sources, key=lambda source: -len(source.lines))[:10]
    print("  " + ", ".join(f"{source.name} {len(source.lines)}" for source in largest))
    sizes = [size for source in sources for size in functions(source)]
    longer_functions = [size for size, _ in sizes if size > LONG_FUNCTION]
    print(f"\nFunctions over {LONG_FUNCTION} lines: {len(longer_functions)} of {len(sizes)}")
    for size, place in sorted(sizes, key=lambda each: -each[0])[:10]:
        print(f"  {size:3} {place}")


def print_places(sources: Sequence[Source]) -> None:
    """Print each place, but for plain comprehensions and conditional expressions."""
    for _, counter in COUNTERS:
        if counter in (comprehensions, conditional_expressions):
            continue
        places = [place for source in sources for place in counter(source)]
        print(f"\n{counter.__name__.replace('_', ' ').capitalize()}: {len(places)}")
        for place in places:
            print(f"  {place}")


if __name__ == "__main__":
    main()
