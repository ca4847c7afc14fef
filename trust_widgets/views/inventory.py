"""An inventory in a cell: a summary, filters, a table, and the builder on the chosen role."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import ipywidgets

from trust_widgets.inventory import Inventory, InventoryRole, summary_html
from trust_widgets.text.english import count_of
from trust_widgets.text.html import STILL, Html, tag
from trust_widgets.views.builder import TrustBuilder
from trust_widgets.views.role_rows import (
    HEADS,
    KINDS,
    RoleRow,
    expect_column,
    ordered,
    rows_of,
)
from trust_widgets.views.role_table import RoleTable

PAGE = 10
ANY = "*"
_CELL = "text-align: left; padding: 2px 12px 2px 0; vertical-align: top; line-height: 1.4"
AGES = {
    "any": 0,
    "not used for 90 days": 90,
    "not used for a year": 365,
}


class InventoryView(ipywidgets.VBox):  # type: ignore[misc]
    """The roles of an inventory, the worst first, to search, filter and sort by a column; the one
    that is clicked opens in a builder below.

    Args:
        inventory: what `tw.scan(...)` gives.

    Raises:
        TypeError: for anything else, with what to write.

    Example:
        >>> import trust_widgets as tw
        >>> policy = '{"Version": "2012-10-17", "Statement": []}'
        >>> role = '{"RoleName": "app", "AssumeRolePolicyDocument": %s}' % policy
        >>> view = InventoryView(tw.scan(role))
        >>> len(view.roles)
        1
    """

    def __init__(self, inventory: Inventory) -> None:
        if not isinstance(inventory, Inventory):
            kind = type(inventory).__name__
            raise TypeError(f"an inventory is needed, not {kind}: write tw.scan('export.json')")
        self.inventory = inventory
        self._every = tuple(ordered(rows_of(inventory)))
        self._shown = self._every
        self._page = 0
        self.builder: TrustBuilder | None = None
        self.search = ipywidgets.Text(
            placeholder="role, ARN, account or tag", description="Search", continuous_update=True
        )
        self.verdict = self._menu("Verdict", {row.shows("verdict") for row in self._every})
        self.external = self._menu("External", {row.shows("external") for row in self._every})
        kinds = {kind for row in self._every for kind in row.kinds}
        self.kind = self._menu("Callers", kinds, KINDS)
        self.account = self._menu("Account", {row.shows("account") for row in self._every})
        self.age = ipywidgets.Dropdown(options=tuple(AGES), value="any", description="Age")
        self._before = ipywidgets.Button(description="Previous")
        self._after = ipywidgets.Button(description="Next")
        self.table = RoleTable(heads=[list(head) for head in HEADS.items()])
        self._below = ipywidgets.VBox()
        filters = (self.search, self.verdict, self.external, self.kind, self.account, self.age)
        wrap = ipywidgets.Layout(flex_flow="row wrap")
        super().__init__(
            (
                ipywidgets.HTML(summary_html(inventory)),
                ipywidgets.HBox(filters, layout=wrap),
                self.table,
                ipywidgets.HBox((self._before, self._after), layout=wrap),
                self._below,
            )
        )
        self.add_class("tw-inventory")
        for control in filters:
            control.observe(self._filter, "value")
        self.table.observe(self._chosen, "chosen")
        self.table.observe(self._sort, ["sorted_by", "descending"])
        self._before.on_click(lambda _: self._turn(-1))
        self._after.on_click(lambda _: self._turn(1))
        self._filter()

    def _menu(
        self, title: str, values: set[str], words: Mapping[str, str] = MappingProxyType({})
    ) -> ipywidgets.Dropdown:
        named = [(words.get(value, value) or "none", value) for value in sorted(values)]
        options = [("any", ANY), *named]
        return ipywidgets.Dropdown(options=options, value=ANY, description=title)

    @property
    def roles(self) -> tuple[InventoryRole, ...]:
        """The roles that the filters leave."""
        store = self.inventory.store
        return tuple(InventoryRole(self.inventory, store.role(row.number)) for row in self._shown)

    def sort(self, column: str = "", descending: bool = False) -> None:
        """Order the roles by a column, as a click on its heading does.

        Args:
            column: a column of `inventory.roles` that is shown, such as `"last_used"`; without
                one, the worst role comes first.
            descending: the other way round.

        Raises:
            ValueError: for a column that is not shown, with what to write.
        """
        expect_column(column)
        with self.table.hold_trait_notifications():
            self.table.sorted_by, self.table.descending = column, descending

    def open_role(self, name: str) -> TrustBuilder:
        """Open a role in the builder below the table, with its findings.

        Args:
            name: its name or ARN.

        Raises:
            ValueError: for a role that there is not, or whose policy is not known whole.
        """
        return self._show_role(self.inventory.role(name))

    def _show_role(self, role: InventoryRole) -> TrustBuilder:
        builder = self._builder_on(role)
        self.builder = builder
        title = ipywidgets.HTML(tag("h3", role.arn or role.name))
        title.add_class("tw-opened")
        self._below.children = (title, builder)
        return builder

    def _builder_on(self, role: InventoryRole) -> TrustBuilder:
        """A builder; with the file of the role where that has its policy in a form to write to."""
        if role.stored.number in self.inventory.store.records:
            return TrustBuilder(role.record, home=self.inventory.home)
        about = {"role_name": role.name, "account": role.account, "path": role.stored.own.path}
        known: dict[str, Any] = {name: value for name, value in about.items() if value}
        return TrustBuilder(text=role.text, home=self.inventory.home, **known)

    def _chosen(self, change: Any) -> None:
        if change.new >= 0:
            store = self.inventory.store
            self._show_role(InventoryRole(self.inventory, store.role(change.new)))

    def _sort(self, _: object) -> None:
        """Order all roles as the table's headings say."""
        column = self.table.sorted_by if self.table.sorted_by in HEADS else ""
        self._every = tuple(ordered(self._every, column, self.table.descending))
        self._filter()

    def _filter(self, _: object = None) -> None:
        """Show the roles that fit all filters, from the first page."""
        tests = list(self._tests())
        shown: Iterable[RoleRow] = self._every
        for test in tests:
            shown = filter(test, shown)
        self._shown = tuple(shown)
        self._page = 0
        self._draw()

    def _tests(self) -> Iterator[Callable[[RoleRow], bool]]:
        words = self.search.value.lower().split()
        if words:
            yield lambda row: all(word in row.text for word in words)
        menus = {"verdict": self.verdict, "external": self.external, "account": self.account}
        for column, menu in menus.items():
            if menu.value != ANY:
                yield _equals(column, menu.value)
        kind = self.kind.value
        if kind != ANY:
            yield lambda row: kind in row.kinds
        days = AGES[self.age.value]
        if days:
            limit = (datetime.now(UTC) - timedelta(days=days)).isoformat()
            yield lambda row: bool(row.used) and row.used < limit

    def _turn(self, pages: int) -> None:
        self._page += pages
        self._draw()

    def _draw(self) -> None:
        last = max(0, (len(self._shown) - 1) // PAGE)
        self._page = min(max(self._page, 0), last)
        start = self._page * PAGE
        page = self._shown[start : start + PAGE]
        with self.table.hold_sync():
            self.table.caption = _caption(page, start, len(self._shown))
            self.table.rows = [[row.number, *row.cells] for row in page]
        self._before.disabled, self._after.disabled = self._page == 0, self._page == last

    def __repr__(self) -> str:
        return f"InventoryView({self.inventory.summary!r})"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, with a picture of it for a reader without a kernel."""
        data = super()._repr_mimebundle_(**kwargs)
        if isinstance(data, dict):
            data["text/html"] = self.still()
        return data

    def still(self) -> Html:
        """The summary and the first page as HTML that needs no kernel and no script."""
        table = _table_html(self._shown[:PAGE], 0, len(self._shown))
        return tag("div", summary_html(self.inventory), table, style=STILL)


def _equals(column: str, value: str) -> Callable[[RoleRow], bool]:
    return lambda row: row.shows(column) == value


def _caption(rows: tuple[RoleRow, ...], start: int, number: int) -> str:
    """Which roles are shown."""
    if not rows:
        return "No role fits these filters."
    return f"{start + 1:,} to {start + len(rows):,} of {count_of(number, 'role')}"


def _table_html(rows: tuple[RoleRow, ...], start: int, number: int) -> Html:
    heads = [tag("th", head, scope="col", style=_CELL) for head in HEADS.values()]
    body = [_row_html(row) for row in rows]
    table = tag("div", tag("table", tag("tr", *heads), *body), style="overflow-x: auto")
    return tag("div", tag("p", _caption(rows, start, number)), table)


def _row_html(row: RoleRow) -> Html:
    return tag("tr", *(tag("td", cell, style=_CELL) for cell in row.cells))
