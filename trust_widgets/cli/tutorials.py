"""`trust-widgets tutorials`: copies of the tutorial notebooks in a folder."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

from trust_widgets.cli.outcome import CommandOutcome

PACKAGE = Path(__file__).resolve().parent.parent


def add(commands: Any) -> None:
    """Add the subcommand to those of the program."""
    command = commands.add_parser("tutorials", help="copy the tutorial notebooks into a folder")
    command.set_defaults(run=run)
    text = "where to copy them; created if it does not exist; existing files are not overwritten"
    command.add_argument("folder", metavar="DIR", help=text)


def run(options: argparse.Namespace, outcome: CommandOutcome) -> None:
    """Copy each notebook that is not there yet, and say of each what became of it."""
    folder = Path(options.folder)
    notebooks = sorted(_shelf().glob("*.ipynb"))
    if not notebooks:
        outcome.fail("the tutorials are not part of this installation")
    for notebook in notebooks:
        target = folder / notebook.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            copied = _copy(notebook, target)
        except OSError as error:
            outcome.fail(error)
            return
        print(f"{copied}: {target}")


def _copy(source: Path, target: Path) -> str:
    try:
        with source.open("rb") as read, target.open("xb") as written:
            shutil.copyfileobj(read, written)
    except FileExistsError:
        return "already there, not copied"
    return "copied"


def _shelf() -> Path:
    """Where the notebooks are: in an installed package, or else in the clone around it."""
    packed = PACKAGE / "tutorials"
    if packed.is_dir():
        return packed
    return PACKAGE.parent / "notebooks"
