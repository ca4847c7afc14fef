"""The findings of an inventory as SARIF: those of `trust-widgets check`, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trust_widgets.inventory.normal_form import Restoring
from trust_widgets.inventory.sources import LIVE, TEXT, Unread
from trust_widgets.inventory.store import RoleStore, StoredRole
from trust_widgets.reports import Checked, Placed, sarif_report


def sarif_of(store: RoleStore, unread: Sequence[Unread]) -> dict[str, Any]:
    """The report, as plain JSON values.

    A finding's place is where its role's trust policy begins, in the file that it was read from; a
    role of a text or of a live account has no file. Its path is its logical location.
    """
    return sarif_report(checked_roles(store), [(_file(each.file), each.reason) for each in unread])


def _file(name: str) -> str:
    if name in (TEXT, LIVE):
        return ""
    return name


def checked_roles(store: RoleStore) -> Iterator[Checked]:
    """Each role with its findings, as `check` of a file gives them."""
    for role in store.roles():
        name = role.own.arn or role.name
        placed = tuple(_placed(store, role))
        yield Checked(_file(role.file), name, role.line, role.column, placed)


def _placed(store: RoleStore, role: StoredRole) -> Iterator[Placed]:
    restoring = Restoring(store.forms[role.form], role.own)
    where = (role.line, role.column, role.line, role.column)
    for finding in store.analysis(role.form).findings:
        yield Placed(restoring.value(finding), 0, 0, *where)
