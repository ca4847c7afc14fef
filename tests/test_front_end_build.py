"""A source of the front end that changed is built anew, also one in a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [path for path in (ROOT / "frontend" / "src").rglob("*") if path.is_file()]


def test_the_sources_are_in_folders() -> None:
    """Else the tests below would try nothing."""
    assert any(path.parent.name == "editor" for path in SOURCES)


@pytest.mark.parametrize("name", ["state.ts", "editor/editor.tsx"])
def test_a_touched_source_is_built_anew(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By what hatchling and `make build` run."""
    static, source = tmp_path / "static", tmp_path / "frontend" / "src" / name
    for path in (static / "views.js", source):
        path.parent.mkdir(parents=True)
        path.write_text("")
    monkeypatch.setattr(hatch_build, "STATIC", static)
    monkeypatch.setattr(hatch_build, "FRONTEND", tmp_path / "frontend")
    for folder in (source.parent, *source.parent.parents):
        if folder.is_relative_to(tmp_path / "frontend"):
            os.utime(folder, (1000, 1000))
    os.utime(source, (1000, 1000))
    os.utime(static / "views.js", (2000, 2000))
    assert hatch_build._is_built()
    os.utime(source, (3000, 3000))
    assert not hatch_build._is_built()


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_knows_every_source() -> None:
    """So that `make` runs that script when one of them is newer."""
    command = ["make", "--print-data-base", "--dry-run", "--no-builtin-rules", "clean"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    (line,) = [line for line in told.splitlines() if line.startswith("SOURCES := ")]
    known = set(line.removeprefix("SOURCES := ").split())
    assert {str(path.relative_to(ROOT)) for path in SOURCES} <= known
