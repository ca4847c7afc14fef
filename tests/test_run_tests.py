"""`make test` runs every test, in two processes, and fails if either does."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

import run_tests

ROOT = Path(__file__).resolve().parents[1]


def test_every_folder_with_tests_is_in_one_of_the_processes() -> None:
    """What pytest would collect by itself, once each."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "pytest"
    ]["ini_options"]
    ignored = [
        each.removeprefix("--ignore=") for each in run_tests.OTHERS if each.startswith("--ignore=")
    ]
    places = [each for each in run_tests.OTHERS if not each.startswith("--")]

    assert sorted({*places, *run_tests.IN_A_BROWSER} - set(ignored)) == sorted(
        settings["testpaths"]
    )
    assert set(ignored) == set(run_tests.IN_A_BROWSER) - set(settings["testpaths"])


@pytest.mark.parametrize(("browser", "others"), [(0, 0), (1, 0), (0, 1), (5, 0), (2, 1)])
def test_one_failure_is_enough(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], browser: int, others: int
) -> None:
    """Also where no test was found; what both printed is shown."""

    def command(places: Sequence[str], arguments: Sequence[str]) -> list[str]:
        status = browser if places == run_tests.IN_A_BROWSER else others
        return [sys.executable, "-c", f"print('ends with', {status}); raise SystemExit({status})"]

    monkeypatch.setattr(run_tests, "command", command)
    assert bool(run_tests.main([])) == bool(browser or others)
    printed = capfd.readouterr().out
    assert f"ends with {browser}" in printed and f"ends with {others}" in printed
