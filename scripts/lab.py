"""Opens JupyterLab on the first notebook, or prints its address where there is no display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
FIRST = "01-first-trust-policy.ipynb"


def command(arguments: list[str]) -> list[str]:
    """The command that starts JupyterLab.

    Args:
        arguments: more options for it, for example `--port=9000`.
    """
    words = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={NOTEBOOKS}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")
    if not has_display():
        words.append("--no-browser")
    return [*words, *arguments]


def has_display() -> bool:
    """Whether a browser could open a window here."""
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def main() -> int:
    """Run JupyterLab until it is stopped; returns its exit status."""
    if not has_display():
        print(
            "No display here: open the address that JupyterLab prints below in a browser.",
            flush=True,
        )
    try:
        return subprocess.call(command(sys.argv[1:]))
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
