"""`make test` runs every test, in two processes, and fails if either does."""

from __future__ import annotations

import subprocess
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

    assert sorted({*places, *run_tests.WITH_BROWSER} - set(ignored)) == sorted(
        settings["testpaths"]
    )
    assert set(ignored) == set(run_tests.WITH_BROWSER) - set(settings["testpaths"])


@pytest.mark.parametrize(("browser", "others"), [(0, 0), (1, 0), (0, 1), (5, 0), (2, 1)])
def test_one_failure_is_enough(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], browser: int, others: int
) -> None:
    """Also where no test was found; what both printed is shown."""

    def command(places: Sequence[str], arguments: Sequence[str]) -> list[str]:
        status = browser if places == run_tests.WITH_BROWSER else others
        return [sys.executable, "-c", f"print('ends with', {status}); raise SystemExit({status})"]

    monkeypatch.setattr(run_tests, "command", command)
    assert bool(run_tests.main([])) == bool(browser or others)
    printed = capfd.readouterr().out
    assert f"ends with {browser}" in printed and f"ends with {others}" in printed


@pytest.mark.parametrize(("assertion", "status"), [("True", 0), ("False", 1)])
def test_a_process_ends_with_the_status_of_pytest(
    tmp_path: Path, assertion: str, status: int
) -> None:
    """All is printed, and what is registered to be done at the end is done."""
    end = tmp_path / "end.txt"
    (tmp_path / "test_planted.py").write_text(
        f"import atexit\nfrom pathlib import Path\natexit.register(Path({str(end)!r}).touch)\n"
        f"def test_planted():\n    assert {assertion}\n",
        encoding="utf-8",
    )
    command = run_tests.command(["test_planted.py"], ["-q", "-p", "no:cacheprovider"])
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ended.returncode == status
    assert ("1 failed" if status else "1 passed") in ended.stdout
    assert end.is_file()


def test_a_place_without_tests_is_no_success(tmp_path: Path) -> None:
    command = run_tests.command([str(tmp_path)], ["-q", "-p", "no:cacheprovider"])
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    assert ended.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
