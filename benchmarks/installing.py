"""Other people's tools, installed where nothing of ours is: a folder that is thrown away
afterwards.

Set `TRUST_WIDGETS_PEERS` to a folder to keep them there for the next run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 900  # seconds, for an installation


class NotInstalled(Exception):
    """A peer that could not be installed; its text is one line that says why."""


@contextmanager
def peers_folder() -> Iterator[Path]:
    """A folder for peers; removed at the end unless the reader named one."""
    kept = os.environ.get("TRUST_WIDGETS_PEERS")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept).resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="peers-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def beside_python(name: str) -> str:
    """A program that stands beside this Python, or else on the PATH.

    Raises:
        NotInstalled: when it is at neither place.
    """
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if not found:
        raise NotInstalled(f"{name} is missing; `make build` brings it")
    return found


def install_from_npm(folder: Path, package: str, version: str) -> Path:
    """Install one npm package; returns the folder of its `node_modules`.

    Raises:
        NotInstalled: when npm can't.
    """
    room = folder / "npm"
    if not (room / "node_modules" / package).is_dir():
        room.mkdir(parents=True, exist_ok=True)
        (room / "package.json").write_text('{"private": true}', "utf-8")
        run_quietly(
            beside_python("npm"),
            "install",
            "--no-audit",
            "--no-fund",
            f"{package}@{version}",
            cwd=room,
        )
    return room / "node_modules"


def install_from_pypi(folder: Path, package: str, version: str, *more: str) -> Path:
    """Install one package, and what else it needs, into an environment of its own; returns its
    Python.

    Raises:
        NotInstalled: when pip can't.
    """
    room = folder / package
    python = room / "bin" / "python"
    if not (room / "installed").is_file():
        run_quietly(sys.executable, "-m", "venv", "--clear", str(room))
        run_quietly(str(python), "-m", "pip", "install", "--quiet", f"{package}=={version}", *more)
        (room / "installed").touch()
    return python


def run_quietly(*command: str, cwd: Path | None = None) -> None:
    """Run a command and show nothing of it.

    Raises:
        NotInstalled: with the first error it told, when it fails.
    """
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(str(error)) from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it failed silently").splitlines()
        raise NotInstalled(
            next(
                (line for line in said if line.lower().startswith(("error", "npm error"))), said[-1]
            )
        )
