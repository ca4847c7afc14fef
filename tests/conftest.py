"""What tests of every row share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from find_browser import find_browser
from support import real_policies

# No test measures time: on a busy machine every example would be too slow now and then.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def pytest_report_header() -> str:
    """Say how many real policies are read."""
    return real_policies.summary()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it at the end too, where it is seen."""
    terminalreporter.write_line(real_policies.summary())


@pytest.fixture(scope="session", autouse=True)
def _present_day() -> Iterator[None]:
    """The present day of all tests: one before the dates that they write, so that none is past."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("trust_widgets.policy.home.present_day", lambda: date(2025, 1, 1))
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one the browser tests fail, and say what to install."""
    return find_browser()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which the front end's lock file brings."""
    return AXE.read_text(encoding="utf-8")
