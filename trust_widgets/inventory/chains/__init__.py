"""Chains of roles: who reaches which role, hop by hop, and where to cut."""

from __future__ import annotations

from trust_widgets.inventory.chains.calls import allowing_statement
from trust_widgets.inventory.chains.entries import OUTSIDE
from trust_widgets.inventory.chains.finder import MOST_HOPS, Finder, finder_of
from trust_widgets.inventory.chains.hops import Hop, HopKind, SessionFacts
from trust_widgets.inventory.chains.paths import AccessPath, Paths

__all__ = [
    "MOST_HOPS",
    "OUTSIDE",
    "AccessPath",
    "Finder",
    "Hop",
    "HopKind",
    "Paths",
    "SessionFacts",
    "allowing_statement",
    "finder_of",
]
