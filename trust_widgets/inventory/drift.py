"""Two inventories compared: which roles are new or gone, who gained access, and who lost it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from trust_widgets.inventory.arrow import Row
from trust_widgets.inventory.normal_form import NormalForm, Restoring
from trust_widgets.inventory.role_records import record_of_form, record_of_role
from trust_widgets.inventory.store import RoleStore, StoredRole
from trust_widgets.inventory.tables import Table
from trust_widgets.policy import Home
from trust_widgets.readers import RoleRecord
from trust_widgets.reports import (
    RoleChange,
    change_lines,
    change_of_role,
    changed_roles,
    summary_line,
)
from trust_widgets.text.html import STILL, Html, tag

COLUMNS: dict[str, type] = {
    "role": str,
    "arn": str,
    "account": str,
    "change": str,
    "gained": str,
    "lost": str,
    "gained_by": str,
    "lost_by": str,
    "external": str,
}
_ANSWER = {True: "yes", False: "no", None: "not decided"}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class InventoryChange:
    """What became of one role.

    Args:
        arn, account: of the role; `""` where that is not known.
        change: as `trust-widgets compare` gives it.
    """

    arn: str
    account: str
    change: RoleChange


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InventoryChanges:
    """What became of the roles between two inventories; it is iterated role by role.

    Args:
        changes: of each role, in the order of the newer inventory; roles that are gone come last.
    """

    changes: tuple[InventoryChange, ...]

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[InventoryChange]:
        return iter(self.changes)

    @property
    def summary(self) -> str:
        """All in one line."""
        return summary_line([each.change for each in self.changes])

    @property
    def table(self) -> Table:
        """A row for each role that is new, gone or changed, or could not be compared."""
        rows = [_row(each) for each in self.changes if each.change.status != "same"]
        return Table(COLUMNS, lambda: rows, lambda: len(rows))

    @property
    def lines(self) -> tuple[str, ...]:
        """What is to be said of each role that changed, as `trust-widgets compare` prints it."""
        changed = changed_roles([each.change for each in self.changes])
        return tuple(line for change in changed for line in change_lines(change, str))

    def __repr__(self) -> str:
        return "\n".join([*self.lines, self.summary])

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        changed = [each for each in self.changes if each.change.status != "same"]
        items = [_item(each) for each in changed[:_SHOWN]]
        more = len(changed) - len(items)
        if more > 0:
            after = [tag("p", f"and {more:,} more")]
        else:
            after = []
        page = tag("div", tag("p", tag("b", self.summary)), *items, *after, style=STILL)
        return {"text/plain": repr(self), "text/html": page}


def _item(each: InventoryChange) -> Html:
    first, *others = change_lines(each.change, str)
    return tag("div", tag("p", tag("code", each.arn or first)), *(tag("p", it) for it in others))


def _row(each: InventoryChange) -> Row:
    change = each.change
    witnesses = (change.gained.witness, change.lost.witness)
    gained_by, lost_by = ("" if one is None else one.principal for one in witnesses)
    return (
        change.name,
        each.arn,
        each.account,
        change.status,
        _ANSWER[change.gained.found],
        _ANSWER[change.lost.found],
        gained_by,
        lost_by,
        "yes" if change.is_external else "no",
    )


def compare_inventories(old: RoleStore, new: RoleStore, home: Home) -> InventoryChanges:
    """What became of each role.

    A role of one inventory is that of the other with the same ARN; without ARNs, with the same name
    in the same file.
    """
    before = {_key(role): role for role in old.roles()}
    comparing = _Comparing(old, new, home)
    changes = []
    for role in new.roles():
        changes.append(comparing.change(before.pop(_key(role), None), role))
    changes += [comparing.change(role, None) for role in before.values()]
    return InventoryChanges(tuple(changes))


def _key(role: StoredRole) -> tuple[str, ...]:
    if role.own.arn:
        return (role.own.arn,)
    return role.file, role.name


Pair = tuple[NormalForm | None, NormalForm | None]


class _Comparing:
    """Comparisons, each made once for all roles with the same two forms."""

    def __init__(self, old: RoleStore, new: RoleStore, home: Home) -> None:
        self._old, self._new = old, new
        self._home = home
        self._known: dict[Pair, RoleChange] = {}

    def change(self, old: StoredRole | None, new: StoredRole | None) -> InventoryChange:
        """What became of one role."""
        role = new or old
        assert role is not None  # one of the inventories has it
        records = _record(self._old, old), _record(self._new, new)
        pair = _form(self._old, old), _form(self._new, new)
        form = pair[1] or pair[0]
        if form is None or not _is_shared(pair):
            made = change_of_role(*records, self._home)
            return InventoryChange(role.own.arn, role.own.account, made)
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = self._compared(pair, form)
        made = Restoring(form, role.own).value(found)
        kept = replace(made, name=role.name, old=records[0], new=records[1])
        return InventoryChange(role.own.arn, role.own.account, kept)

    def _compared(self, pair: Pair, form: NormalForm) -> RoleChange:
        """The comparison of two forms, with stand-ins for what is the role's own."""
        if pair[0] == pair[1]:
            return RoleChange("", "same")
        old, new = (None if each is None else record_of_form(each) for each in pair)
        made = change_of_role(old, new, form.home(self._home))
        return replace(made, old=None, new=None)


def _is_shared(pair: Pair) -> bool:
    """Whether all forms that there are have stand-ins, and the same ones."""
    forms = [each for each in pair if each is not None]
    roles = {each.role for each in forms}
    return all(each.is_shared for each in forms) and len(roles) == 1


def _form(store: RoleStore, role: StoredRole | None) -> NormalForm | None:
    if role is None:
        return None
    return store.forms[role.form]


def _record(store: RoleStore, role: StoredRole | None) -> RoleRecord | None:
    if role is None:
        return None
    return record_of_role(store, role)
