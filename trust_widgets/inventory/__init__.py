"""Many roles: `scan` reads them, analyzes each distinct policy once, and gives an `Inventory`.

An inventory has tables of roles, findings and callers, reports, and answers about all roles.
"""

from __future__ import annotations

from trust_widgets.inventory.analysis import RoleAnalysis, Summary
from trust_widgets.inventory.command import add_scan, run_scan
from trust_widgets.inventory.drift import InventoryChange, InventoryChanges
from trust_widgets.inventory.inventory import Inventory, InventoryRole
from trust_widgets.inventory.progress import ScanProgress
from trust_widgets.inventory.scanning import scan
from trust_widgets.inventory.sources import Unread
from trust_widgets.inventory.tables import Table

__all__ = [
    "Inventory",
    "InventoryChange",
    "InventoryChanges",
    "InventoryRole",
    "RoleAnalysis",
    "ScanProgress",
    "Summary",
    "Table",
    "Unread",
    "add_scan",
    "run_scan",
    "scan",
]
