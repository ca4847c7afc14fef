"""The roles of an inventory as rows of a table, and the orders that they can be in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from trust_widgets.findings import rank_of
from trust_widgets.inventory import Inventory
from trust_widgets.names import hint

HEADS = {
    "role": "Role",
    "account": "Account",
    "verdict": "Verdict",
    "external": "External access",
    "callers": "Callers",
    "findings": "Findings",
    "last_used": "Last used",
}
"""The columns, by their names in `inventory.roles`, with the title of each."""
COLUMNS = tuple(HEADS)
_NUMBER = re.compile("([0-9]{1,18})")  # as long as numbers in names are
KINDS = {
    "any": "anyone",
    "aws": "AWS principal",
    "oidc": "OIDC token",
    "saml": "SAML",
    "service": "AWS service",
}


class RoleRow(NamedTuple):
    """A role as the table shows it.

    Args:
        number: its place in the inventory. cells: what is shown. text: what is searched.
        kinds: of its callers. used: when it was used last, else made.
        rank: of its worst finding, as findings are ordered; then whether it has external access.
    """

    number: int
    cells: tuple[str, ...]
    text: str
    kinds: tuple[str, ...]
    used: str
    rank: tuple[int, bool]

    def shows(self, column: str) -> str:
        """The cell of a column."""
        return self.cells[COLUMNS.index(column)]


def rows_of(inventory: Inventory) -> Iterator[RoleRow]:
    """A row for each role, in the order of the inventory."""
    for number, row in enumerate(inventory.roles):
        kinds = tuple(filter(None, row["callers"].split(", ")))
        shown = {**row, "callers": ", ".join(KINDS[kind] for kind in kinds)}
        cells = tuple(str(shown[name]) for name in COLUMNS)
        text = " ".join((row["role"], row["arn"], row["account"], row["tags"])).lower()
        rank = rank_of(row["verdict"], row["severity"]), row["external"] != "yes"
        yield RoleRow(number, cells, text, kinds, row["last_used"] or row["created"], rank)


def expect_column(column: str) -> None:
    """Refuse a column that there is not.

    Raises:
        ValueError: with the column that was meant, or those that there are.
    """
    if column and column not in HEADS:
        raise ValueError(f"there is no column {column!r}; {hint(column, COLUMNS)}")


def ordered(rows: Iterable[RoleRow], column: str = "", descending: bool = False) -> list[RoleRow]:
    """Rows by a column; where they are equal in it, the worst first. Without one, the worst first.

    The column `verdict` has the order of findings, the worst first; `findings` that of numbers.
    """
    worst_first = sorted(rows, key=lambda row: row.rank)
    if not column:
        return worst_first
    return sorted(worst_first, key=_key_of(column), reverse=descending)


def _key_of(column: str) -> Callable[[RoleRow], Any]:
    place = COLUMNS.index(column)
    if column == "verdict":
        return lambda row: row.rank[0]
    if column == "findings":
        return lambda row: int(row.cells[place])
    return lambda row: _natural(row.cells[place])


def _natural(text: str) -> list[str | int]:
    """What orders a text with its numbers as numbers: `app-9` comes before `app-10`."""
    parts: list[str | int] = list(_NUMBER.split(text.casefold()))
    parts[1::2] = map(int, parts[1::2])
    return parts
