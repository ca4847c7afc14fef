"""The Python of the folder that `make site` makes: Pyodide, and all wheels that its kernel loads.

Pyodide's own lock file names hundreds of packages on another host. The folder's lock file names
only the wheels that are in the folder, so that a kernel asks no other host for anything.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Iterable
from email.parser import Parser
from pathlib import Path
from typing import Any

FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"


def write_kernel(pyodide: Path, wheels: Iterable[Path], folder: Path) -> list[str]:
    """Put Pyodide and its packages into a folder.

    Args:
        pyodide: the unpacked npm package.
        wheels: of pure Python, with all that they need.
        folder: where they go.

    Returns:
        The names of the packages, in alphabetical order.

    Raises:
        ValueError: for a wheel that is not of pure Python.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(pyodide / name, folder / name)
    lock = json.loads((pyodide / LOCK).read_text("utf-8"))
    packages = {}
    for wheel in sorted(wheels):
        package = _package(wheel)
        shutil.copy(wheel, folder / wheel.name)
        packages[package["name"]] = package
    lock["packages"] = packages
    (folder / LOCK).write_text(json.dumps(lock), "utf-8")
    return sorted(packages)


def _package(wheel: Path) -> dict[str, Any]:
    """What the lock file says of a wheel.

    All packages are loaded when the kernel starts: none needs to name what it depends on.
    """
    if not wheel.name.endswith("-none-any.whl"):
        raise ValueError(f"{wheel.name} is not of pure Python")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        said = Parser().parsestr(archive.read(metadata).decode("utf-8"))
    modules = {name.split("/")[0].removesuffix(".py") for name in names if name.endswith(".py")}
    return {
        "name": re.sub(r"[-_.]+", "-", str(said["Name"])).lower(),
        "version": str(said["Version"]),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted(each for each in modules if each.isidentifier()),
        "depends": [],
        "unvendored_tests": False,
    }
