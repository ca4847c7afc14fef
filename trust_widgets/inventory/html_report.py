"""The report of an inventory: one page that loads nothing and runs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from trust_widgets.inventory.arrow import Row
from trust_widgets.inventory.summary_picture import summary_counts, summary_picture
from trust_widgets.inventory.tables import Table
from trust_widgets.text.english import count_of
from trust_widgets.text.html import Html, page, tag

if TYPE_CHECKING:
    from trust_widgets.inventory.inventory import Inventory

MOST = 1000
"""Rows of a table of the report; the files of `to_csv` and `to_parquet` have all of them."""
TITLE = "Who can assume these roles"
_EXTERNAL = ("role", "account", "sentence", "principal", "context")
_FINDINGS = ("role", "account", "code", "verdict", "severity", "message", "place")
_TITLES = {
    "sentence": "who can assume it",
    "principal": "example caller",
    "context": "condition keys of the example",
}
_LONG = ("sentence", "message", "principal")
_ROLES = ("role", "account", "verdict", "external", "callers", "findings", "status", "file", "line")


def report_page(inventory: Inventory) -> str:
    """The whole page."""
    parts = [
        tag("h1", TITLE),
        tag("p", inventory.summary),
        summary_picture(summary_counts(inventory.store)),
        *_problems(inventory),
        *_section("External access", inventory.callers.where(external="yes"), _EXTERNAL),
        *_section("Named accounts", inventory.callers.where(external="named account"), _EXTERNAL),
        *_section("Not decided", inventory.callers.where(external="not decided"), _EXTERNAL),
        *_by_code(inventory),
        *_section("Findings", inventory.findings.where(accepted=""), _FINDINGS),
        *_section("Roles", inventory.roles, _ROLES),
    ]
    return page(TITLE, *parts)


def _problems(inventory: Inventory) -> Iterator[Html]:
    """What was not read."""
    if not inventory.is_complete:
        yield tag("p", tag("b", "The scan was interrupted. This report has what was read before."))
    if inventory.unread:
        yield tag("h2", "Not read")
        yield tag("ul", *(tag("li", str(each)) for each in islice(inventory.unread, MOST)))


def _by_code(inventory: Inventory) -> Iterator[Html]:
    """How many roles have which finding."""
    codes: Counter[tuple[str, str, str]] = Counter()
    for row in inventory.findings.where(accepted=""):
        codes[row["code"], row["name"], row["verdict"]] += 1
    if codes:
        yield tag("h2", "Findings by code")
        rows = [(*code, number) for code, number in codes.most_common()]
        yield _table(("code", "name", "verdict", "number"), rows)


def _section(title: str, table: Table, columns: tuple[str, ...]) -> Iterator[Html]:
    number = len(table)
    if not number:
        return
    yield tag("h2", f"{title} ({number:,})")
    rows = [_cells(row, columns) for row in islice(iter(table), MOST)]
    if number > MOST:
        yield tag("p", f"The first {count_of(MOST, 'row')} of {number:,}.")
    shown = _table(columns, rows)
    yield tag("details", tag("summary", "Show the table"), shown, open="")


def _cells(row: dict[str, Any], columns: Iterable[str]) -> Row:
    return tuple(row[name] for name in columns)


def _table(columns: Iterable[str], rows: Iterable[Row]) -> Html:
    heads = [_head(name) for name in columns]
    body = [_row_html(row) for row in rows]
    # Wider than a narrow window, it is scrolled by keys too.
    return tag("div", tag("table", tag("tr", *heads), *body), class_="wide", tabindex="0")


def _head(name: str) -> Html:
    title = _TITLES.get(name, name)
    if name in _LONG:
        return tag("th", title, scope="col", style="min-width: 16em")
    return tag("th", title, scope="col")


def _row_html(row: Row) -> Html:
    return tag("tr", *(tag("td", str(cell)) for cell in row))
