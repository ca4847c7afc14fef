"""`Inventory`: what a scan found, as tables, reports and answers about its roles."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trust_widgets.inventory.analysis import Summary
from trust_widgets.inventory.book_sources import book_of
from trust_widgets.inventory.chains import MOST_HOPS, OUTSIDE, Paths, finder_of
from trust_widgets.inventory.drift import InventoryChanges, compare_inventories
from trust_widgets.inventory.html_report import report_page
from trust_widgets.inventory.intent import Expectation
from trust_widgets.inventory.inventory_role import InventoryRole
from trust_widgets.inventory.inventory_tables import (
    CALLER_COLUMNS,
    FINDING_COLUMNS,
    ROLE_COLUMNS,
    caller_rows,
    finding_rows,
    role_rows,
)
from trust_widgets.inventory.rule_checking import expected
from trust_widgets.inventory.rules import rule_from_given
from trust_widgets.inventory.sarif import sarif_of
from trust_widgets.inventory.sources import Unread
from trust_widgets.inventory.store import RoleStore
from trust_widgets.inventory.summary_picture import summary_counts, summary_html
from trust_widgets.inventory.tables import Table
from trust_widgets.names import helps_with_names, nearest
from trust_widgets.policy import Home


@helps_with_names(rows="roles", table="roles", html="to_html", sarif="to_sarif", diff="compare")
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Inventory:
    """The roles of a scan, with what is known of each.

    Args:
        store: the roles and the analyses of their policies.
        home: what is the reader's own.
        unread: files that could not be read, or not whole, with the reason.
        notes: what is said of files in which there is no role.
        is_complete: false where the scan was interrupted.
        sources: where the roles were read, to read more of them.

    Example:
        >>> import trust_widgets as tw
        >>> policy = '{"Version": "2012-10-17", "Statement": []}'
        >>> inventory = tw.scan('{"RoleName": "app", "AssumeRolePolicyDocument": %s}' % policy)
        >>> len(inventory), [row["code"] for row in inventory.findings]
        (1, ['TP106'])
    """

    store: RoleStore
    home: Home
    unread: tuple[Unread, ...] = ()
    notes: tuple[str, ...] = ()
    is_complete: bool = True
    sources: tuple[Any, ...] = ()

    def __len__(self) -> int:
        return len(self.store)

    def __iter__(self) -> Iterator[InventoryRole]:
        return (InventoryRole(self, stored) for stored in self.store.roles())

    @property
    def roles(self) -> Table:
        """A row for each role: who it is, the worst verdict, and whether there is external
        access.
        """
        return Table(ROLE_COLUMNS, lambda: role_rows(self.store), lambda: len(self.store))

    @property
    def findings(self) -> Table:
        """A row for each finding of each role."""
        return Table(
            FINDING_COLUMNS,
            lambda: finding_rows(self.store),
            lambda: _sum(self.store, lambda summary: summary.findings + summary.accepted),
        )

    @property
    def callers(self) -> Table:
        """A row for each class of callers of each role, with a call that shows it."""
        return Table(
            CALLER_COLUMNS,
            lambda: caller_rows(self.store),
            lambda: _sum(self.store, lambda summary: summary.callers),
        )

    def role(self, name: str) -> InventoryRole:
        """The role with this ARN or name.

        Raises:
            ValueError: where there is none, or several have the name.
        """
        found = [each for each in self.store.roles() if name in (each.own.arn, each.name)]
        if len(found) == 1:
            return InventoryRole(self, found[0])
        if found:
            arns = ", ".join(each.own.arn or each.file for each in found[:3])
            raise ValueError(f"{len(found)} roles are named {name!r}. Write the ARN, like {arns}")
        near = nearest(name, [each.name for each in self.store.roles()])
        hint = f"; did you mean {near!r}?" if near else ""
        raise ValueError(f"there is no role {name!r} in this inventory{hint}")

    def compare(self, older: Inventory) -> InventoryChanges:
        """What became of each role since an older scan: who gained access, and who lost it.

        Args:
            older: the inventory before.

        Example:
            >>> import trust_widgets as tw
            >>> text = '''{"RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app",
            ...     "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {
            ...         "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
            ...         "Action": "sts:AssumeRole"}}}'''
            >>> before, after = tw.scan(text), tw.scan(text.replace("ec2", "lambda"))
            >>> print(after.compare(before).summary)
            1 role compared: callers gained access to 1, callers lost access to 1
        """
        if not isinstance(older, Inventory):
            kind = type(older).__name__
            raise TypeError(f"compare needs an inventory, not {kind}. Write tw.scan(...)")
        return compare_inventories(older.store, self.store, self.home)

    def paths(
        self,
        to: str | Iterable[str] | Callable[[InventoryRole], bool] | None = None,
        start: str | Iterable[str] = OUTSIDE,
        most_hops: int = MOST_HOPS,
    ) -> Paths:
        """Who reaches a role, hop by hop: for each start and target the shortest chain that is
        certain, else the shortest one that depends on something.

        A hop is AssumeRole, AssumeRoleWithWebIdentity, AssumeRoleWithSAML, a service that is given
        the role, or `iam:UpdateAssumeRolePolicy`. Both halves are decided: permissions count where
        the export has them, and a chain "may" exist where it does not. Other ways to gain
        permissions are not looked at.

        Args:
            to: a role's name or ARN, several, a function of a role, or all roles.
            start: `"outside"` for external callers and accounts that are named and not yours,
                `"users"`, the name or ARN of a user or role, or several of these.
            most_hops: no chain is longer.

        Raises:
            ValueError: for a start or target that there is not.
        """
        book = book_of(self.sources, {each.file for each in self.unread})
        return finder_of(self, book, to, start, most_hops).paths()

    def expect(self, **rule: Any) -> Expectation:
        """Whether a rule is kept by all roles, or by those that it is for, proved for each.

        Args:
            rule: what is expected, one or more of `external="no"`, `only=[...]`,
                `never_wider_than=policy` and `unreachable_from="outside"`; for which roles,
                `accounts`, `paths`, `roles`, `tags`; and its `name`.

        Raises:
            ValueError: for a rule that expects nothing, or with a name that there is not.

        Example:
            >>> import trust_widgets as tw
            >>> inventory = tw.scan('''{
            ...     "RoleName": "app", "Arn": "arn:aws:iam::111122223333:role/app",
            ...     "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": {
            ...         "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
            ...         "Action": "sts:AssumeRole"}}}''')
            >>> inventory.expect(only=["ec2.amazonaws.com"]).passed
            True
            >>> inventory.expect(only=["own account"], roles=["app"]).passed
            False
        """
        return expected(self, rule_from_given(rule))

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str:
        """The report as one page of HTML, without scripts and without anything from elsewhere.

        Args:
            path: a file that it is also written to.
        """
        page = report_page(self)
        if path is not None:
            Path(path).write_text(page, encoding="utf-8")
        return page

    def to_sarif(self, path: str | os.PathLike[str] | None = None) -> dict[str, Any]:
        """The findings as SARIF 2.1.0, as `trust-widgets check --format sarif` prints them.

        Args:
            path: a file that it is also written to.
        """
        report = sarif_of(self.store, self.unread)
        if path is not None:
            Path(path).write_text(json.dumps(report, indent=2), encoding="utf-8")
        return report

    def to_csv(self, folder: str | os.PathLike[str]) -> None:
        """Write `roles.csv`, `findings.csv` and `callers.csv` into a folder."""
        self._write(folder, "csv")

    def to_parquet(self, folder: str | os.PathLike[str]) -> None:
        """Write `roles.parquet`, `findings.parquet` and `callers.parquet` into a folder.

        Raises:
            ImportError: without arro3 and pyarrow, with what to install.
        """
        self._write(folder, "parquet")

    def _write(self, folder: str | os.PathLike[str], kind: str) -> None:
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        for name in ("roles", "findings", "callers"):
            table: Table = getattr(self, name)
            file = path / f"{name}.{kind}"
            if kind == "csv":
                table.to_csv(file)
            else:
                table.to_parquet(file)

    @property
    def summary(self) -> str:
        """All in one line."""
        counts = summary_counts(self.store)
        unread = f"; {len(self.unread)} not read" if self.unread else ""
        interrupted = "" if self.is_complete else "; the scan was interrupted"
        return f"{counts.line}{unread}{interrupted}"

    def __repr__(self) -> str:
        return f"<Inventory: {self.summary}>"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"text/plain": repr(self), "text/html": summary_html(self)}


def _sum(store: RoleStore, count: Callable[[Summary], int]) -> int:
    """How many rows a table with some rows for each role has."""
    times = Counter(store.form_of(number) for number in range(len(store)))
    return sum(times[form] * count(store.summary(form)) for form in times)
