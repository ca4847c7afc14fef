"""Tables of plain rows that are made when they are read, and leave as CSV, Arrow or Parquet."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TextIO

from trust_widgets.inventory.arrow import Row, arrow_reader, write_parquet
from trust_widgets.names import nearest
from trust_widgets.text.html import STILL, Html, tag

SHOWN = 10
_CELL = "text-align: left; padding: 2px 12px 2px 0; vertical-align: top; overflow-wrap: anywhere"
# Spreadsheets run a cell that begins so: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table whose rows are dicts; it can be read any number of times.

    pandas, polars, DuckDB and pyarrow take it as it is: `polars.DataFrame(table)`,
    `pandas.DataFrame(table)`, `pyarrow.table(table)`.

    Args:
        columns: the names of the columns, with the types of their values: `str` or `int`.
        make: makes the rows, in order.
        count: how many there are.
    """

    columns: dict[str, type]
    make: Callable[[], Iterable[Row]]
    count: Callable[[], int]

    def __len__(self) -> int:
        return self.count()

    def tuples(self) -> Iterator[Row]:
        """The rows as tuples, in the order of the columns."""
        return iter(self.make())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = tuple(self.columns)
        return (dict(zip(names, row, strict=True)) for row in self.tuples())

    def where(self, **values: Any) -> Table:
        """The rows whose columns have these values; a function is called with the value.

        Raises:
            ValueError: for a column that there is not.

        Example:
            >>> table = Table(
            ...     {"role": str, "findings": int}, lambda: [("a", 0), ("b", 3)], lambda: 2
            ... )
            >>> [row["role"] for row in table.where(findings=lambda number: number > 1)]
            ['b']
        """
        for name in values:
            if name not in self.columns:
                near = nearest(name, self.columns)
                hint = f"did you mean {near!r}?" if near else f"there are {', '.join(self.columns)}"
                raise ValueError(f"there is no column {name!r}; {hint}")
        tests = [(list(self.columns).index(name), value) for name, value in values.items()]

        def rows() -> Iterator[Row]:
            return (row for row in self.make() if _fits(row, tests))

        return Table(self.columns, rows, lambda: sum(1 for _ in rows()))

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Write the table as CSV. A text that a spreadsheet would run gets an apostrophe before it.

        Args:
            path: the file, which is written anew.
        """
        with open(path, "w", encoding="utf-8", newline="") as file:
            self.write_csv(file)

    def write_csv(self, file: TextIO) -> None:
        """Write the table as CSV into an open file."""
        writer = csv.writer(file)
        writer.writerow(self.columns)
        writer.writerows(map(_safe_row, self.tuples()))

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Write the table as Parquet, batch by batch: it may be larger than the memory.

        Args:
            path: the file, which is written anew.

        Raises:
            ImportError: without pyarrow or arro3, with what to install.
        """
        write_parquet(self, path)

    def to_arrow(self) -> Any:
        """A table of arro3, or of pyarrow where arro3 is not installed.

        Raises:
            ImportError: without both, with what to install.
        """
        return arrow_reader(self.columns, self.make()).read_all()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        reader = arrow_reader(self.columns, self.make())
        return reader.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.columns)}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        rows = list(islice(self.tuples(), SHOWN))
        heads = [tag("th", name, scope="col", style=_CELL) for name in self.columns]
        body = [_row_html(row) for row in rows]
        more = len(self) - len(rows)
        if more > 0:
            after = [tag("p", f"and {more:,} more rows")]
        else:
            after = []
        page = tag("div", tag("table", tag("tr", *heads), *body), *after, style=STILL)
        return {"text/plain": repr(self), "text/html": page}


def _row_html(row: Row) -> Html:
    return tag("tr", *(tag("td", str(cell), style=_CELL) for cell in row))


def _fits(row: Row, tests: list[tuple[int, Any]]) -> bool:
    for index, value in tests:
        if callable(value):
            is_fit = value(row[index])
        else:
            is_fit = row[index] == value
        if not is_fit:
            return False
    return True


def _safe_row(row: Row) -> list[Any]:
    return [_safe(cell) for cell in row]


def _safe(cell: Any) -> Any:
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell
