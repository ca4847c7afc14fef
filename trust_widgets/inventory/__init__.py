"""Many roles: `scan` reads them, analyzes each distinct policy once, and gives an `Inventory`.

An inventory has tables of roles, findings and callers, reports, and answers about all roles.
"""

from __future__ import annotations

from trust_widgets.inventory.analysis import RoleAnalysis, Summary
from trust_widgets.inventory.drift import InventoryChange, InventoryChanges
from trust_widgets.inventory.expectations import RULES_FILE, rules_of_file
from trust_widgets.inventory.intent import Expectation, Violation
from trust_widgets.inventory.inventory import Inventory
from trust_widgets.inventory.inventory_role import InventoryRole
from trust_widgets.inventory.made import made_account, made_roles, planted_faults
from trust_widgets.inventory.progress import ScanProgress
from trust_widgets.inventory.rule_checking import expected
from trust_widgets.inventory.rules import Rule
from trust_widgets.inventory.scanning import scan
from trust_widgets.inventory.sources import Unread
from trust_widgets.inventory.summary_picture import summary_html
from trust_widgets.inventory.tables import Table

__all__ = [
    "RULES_FILE",
    "Expectation",
    "Inventory",
    "InventoryChange",
    "InventoryChanges",
    "InventoryRole",
    "RoleAnalysis",
    "Rule",
    "ScanProgress",
    "Summary",
    "Table",
    "Unread",
    "Violation",
    "expected",
    "made_account",
    "made_roles",
    "planted_faults",
    "rules_of_file",
    "scan",
    "summary_html",
]
