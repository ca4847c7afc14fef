"""`InventoryRole`: one role of an inventory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trust_widgets.access import CallerClass
from trust_widgets.findings import Finding
from trust_widgets.inventory.analysis import RoleAnalysis
from trust_widgets.inventory.normal_form import Restoring
from trust_widgets.inventory.role_records import policy_text, record_of_role
from trust_widgets.inventory.store import StoredRole
from trust_widgets.policy import PolicySource
from trust_widgets.readers import RoleRecord

if TYPE_CHECKING:
    from trust_widgets.inventory.inventory import Inventory


@dataclass(frozen=True, slots=True, eq=False)
class InventoryRole:
    """One role of an inventory.

    Args:
        inventory: the inventory. stored: the role as it is kept there.
    """

    inventory: Inventory
    stored: StoredRole

    @property
    def name(self) -> str:
        """Its name, or what the file knows it by."""
        return self.stored.name

    @property
    def arn(self) -> str:
        """Its ARN; `""` where that is not known."""
        return self.stored.own.arn

    @property
    def account(self) -> str:
        """Its account; `""` where that is not known."""
        return self.stored.own.account

    @property
    def analysis(self) -> RoleAnalysis:
        """What was found of its trust policy."""
        form = self.inventory.store.forms[self.stored.form]
        analysis = self.inventory.store.analysis(self.stored.form)
        return Restoring(form, self.stored.own).value(analysis)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """As `check` gives them."""
        return self.analysis.findings

    @property
    def callers(self) -> tuple[CallerClass, ...]:
        """As `who_gets_in` gives them."""
        return self.analysis.callers

    @property
    def text(self) -> str:
        """Its trust policy as JSON; `""` where it is not known whole."""
        return policy_text(self.inventory.store, self.stored)

    @property
    def record(self) -> RoleRecord:
        """The role as `read_roles` gives it."""
        return record_of_role(self.inventory.store, self.stored)

    def __trust_policy__(self) -> PolicySource:
        return self.record.__trust_policy__()

    def __repr__(self) -> str:
        return f"InventoryRole({self.arn or self.name!r})"
