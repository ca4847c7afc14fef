"""Finds a Chromium for the browser tests, or installs Debian's where it may."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "No Chromium found: install it (Debian, Ubuntu: `sudo apt-get install chromium`; macOS: `brew"
    " install --cask chromium`; any: `playwright install chromium`), or set CHROMIUM to its path."
)


def find_browser() -> str:
    """The path of a Chromium: `$CHROMIUM`, one on the PATH, Playwright's own, or Debian's, newly
    installed.

    Raises:
        RuntimeError: when there is none, with one line that says what to install.
    """
    found = os.environ.get("CHROMIUM") or _on_path() or _of_playwright() or _newly_installed()
    if not found:
        raise RuntimeError(ADVICE)
    return found


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _newly_installed() -> str | None:
    """Debian's package, where we are root on a Debian."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "--quiet", "--quiet", *command],
            env=environment,
            check=False,
            stdout=sys.stderr,
        )
    return _on_path()


if __name__ == "__main__":
    try:
        print(find_browser())
    except RuntimeError as error:
        sys.exit(str(error))
