"""What tests of every row share."""

from __future__ import annotations

from pathlib import Path

import pytest

from find_browser import find_browser

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the browser tests fail, and say what to install."""
    return find_browser()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which the front end's lock file brings."""
    return AXE.read_text(encoding="utf-8")
