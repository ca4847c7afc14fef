"""`trust-widgets` on the command line: check policies, and get the tutorials.

It needs no Jupyter.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import trust_widgets
from trust_widgets.findings import ISSUES, Finding, internal_error, is_internal_error
from trust_widgets.policy import Home
from trust_widgets.reports import (
    FILE_NOT_CHECKED,
    Checked,
    checked,
    counts_line,
    finding_lines,
    is_loud,
    json_report,
    not_checked,
    sarif_report,
    text_of_file,
)
from trust_widgets.text.terminal import end_output, flush_output, one_line, print_error

GOOD, FOUND, FAULT, INTERRUPTED = 0, 1, 2, 130
PACKAGE = Path(__file__).resolve().parent
REPORTS = {"json": json_report, "sarif": sarif_report}


@dataclass
class _Outcome:
    """What was done so far, from which the exit status follows."""

    policies: list[Checked] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    failed: bool = False

    @property
    def findings(self) -> list[Finding]:
        return [finding for policy in self.policies for finding in policy.findings]

    @property
    def status(self) -> int:
        """A fault counts more than a finding."""
        if self.failed or self.unread or any(map(is_internal_error, self.findings)):
            return FAULT
        return FOUND if is_loud(self.findings) else GOOD


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit status.

    Nothing is raised but the `SystemExit` of a wrong call, of `--help` and of `--version`.

    Args:
        arguments: those after the program's name; the process's own when none are given.

    Example:
        >>> main(["check", "no-such-file.json"])
        0 findings; 1 not read
        2
    """
    outcome = _Outcome()
    try:
        _do(arguments, outcome)
        flush_output()
    except SystemExit:
        end_output()
        raise
    except KeyboardInterrupt:
        end_output()
        return INTERRUPTED
    except BrokenPipeError:
        end_output()  # nobody reads it any more
    except Exception as error:
        outcome.failed = True
        print_error(_reason_of(error))
        end_output()
    return outcome.status


def _do(arguments: Sequence[str] | None, outcome: _Outcome) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal may not know every character of a policy.
        sys.stdout.reconfigure(errors="backslashreplace")
    asked = _parser().parse_args(arguments)
    if asked.command == "tutorials":
        _tutorials(Path(asked.folder), outcome)
    else:
        _check(asked.files, asked.home, asked.format, outcome)


def _reason_of(error: Exception) -> str:
    """Return why the command ended: unwritable output, or an internal error, which is logged."""
    if isinstance(error, OSError):
        return f"cannot write the output: {error.strerror or error}"
    logging.getLogger(__name__).error("trust-widgets failed", exc_info=error)
    return f"internal error ({type(error).__name__}); report it at {ISSUES}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "trust-widgets", description="AWS IAM role trust policies: who may assume it?"
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {trust_widgets.__version__}"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="say what is wrong with policies",
        description=(
            "Print a line for each finding. Exit status: 0 nothing above advice, 1 findings, 2 not"
            " everything was read and checked."
        ),
    )
    held = (
        "a trust policy's JSON, or what `aws iam get-role`, `aws iam list-roles` or `terraform show"
        " -json` printed; - is the standard input"
    )
    check.add_argument("files", nargs="+", metavar="FILE", help=held)
    check.add_argument(
        "--home",
        metavar="FILE",
        help="what is yours; else the trust-home.toml found from here upwards",
    )
    check.add_argument(
        "--format", choices=("text", *REPORTS), default="text", help="how findings are printed"
    )
    tutorials = commands.add_parser("tutorials", help="copy the tutorial notebooks into a folder")
    tutorials.add_argument(
        "folder", metavar="DIR", help="made if need be; no file in it is ever overwritten"
    )
    return parser


def _check(names: Sequence[str], home_file: str | None, form: str, outcome: _Outcome) -> None:
    try:
        home = Home.load(home_file or ".")
    except (OSError, ValueError) as error:
        outcome.failed = True
        print_error(str(error))
        return
    for name in names:
        held = _checked_file(name, home, outcome)
        outcome.policies += held or ()
        if form == "text" and held is not None:
            for line in finding_lines(name, held):
                print(one_line(line))
    if form in REPORTS:
        print(json.dumps(REPORTS[form](outcome.policies, outcome.unread), indent=2))
    else:
        print(one_line(counts_line(outcome.findings, len(outcome.unread), home, home_file)))


def _checked_file(name: str, home: Home, outcome: _Outcome) -> tuple[Checked, ...] | None:
    """The policies of a file; `None` for a file that cannot be read, which is told."""
    try:
        text = text_of_file(name)
    except (OSError, ValueError, MemoryError) as error:
        outcome.unread.append((name, _why_unread(error)))
        print_error(": ".join(outcome.unread[-1]))
        return None
    try:
        return tuple(checked(name, text, home))
    except Exception as error:
        return (not_checked(name, internal_error("Reading the file", error, FILE_NOT_CHECKED)),)


def _why_unread(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "there is not enough memory to read it"
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or str(error)


def _tutorials(folder: Path, outcome: _Outcome) -> None:
    """Copy each notebook that is not there yet, and say of each what became of it."""
    notebooks = sorted(_shelf().glob("*.ipynb"))
    if not notebooks:
        outcome.failed = True
        print_error("the tutorials are not in this installation")
    for notebook in notebooks:
        target = folder / notebook.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made = _copy(notebook, target)
        except OSError as error:
            outcome.failed = True
            print_error(str(error))
            return
        print(f"{made}: {target}")


def _copy(source: Path, target: Path) -> str:
    try:
        with source.open("rb") as read, target.open("xb") as written:
            shutil.copyfileobj(read, written)
    except FileExistsError:
        return "kept"
    return "copied"


def _shelf() -> Path:
    """Where the notebooks are: in an installed package, or else in the clone around it."""
    packed = PACKAGE / "tutorials"
    return packed if packed.is_dir() else PACKAGE.parent / "notebooks"


if __name__ == "__main__":
    sys.exit(main())
