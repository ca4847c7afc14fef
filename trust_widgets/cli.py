"""`trust-widgets` on the command line: check policies, and get the tutorials.

It needs no Jupyter.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import shutil
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO, TextIO

import trust_widgets
from trust_widgets.findings import ISSUES, Finding, internal_error, is_internal_error
from trust_widgets.policy import Home, find
from trust_widgets.reports import (
    FILE_NOT_CHECKED,
    Checked,
    checked,
    counts_in_words,
    is_loud,
    json_report,
    not_checked,
    sarif_report,
)
from trust_widgets.text.terminal import one_line

GOOD, FOUND, FAULT, INTERRUPTED = 0, 1, 2, 130
LARGEST_FILE = 64 * 1024 * 1024  # bytes; far more than all roles of an account take
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
        _flush()
    except SystemExit:
        _end_output()
        raise
    except KeyboardInterrupt:
        _end_output()
        return INTERRUPTED
    except BrokenPipeError:
        _end_output()  # nobody reads it any more
    except Exception as error:
        outcome.failed = True
        _fail(_reason_of(error))
        _end_output()
    return outcome.status


def _do(arguments: Sequence[str] | None, outcome: _Outcome) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # a terminal may not know every letter of a policy
    asked = _parser().parse_args(arguments)
    if asked.command == "tutorials":
        _tutorials(Path(asked.folder), outcome)
    else:
        _check(asked.files, asked.home, asked.format, outcome)


def _reason_of(error: Exception) -> str:
    """Why everything ended: the output could not be written, or an internal error, which is
    logged.
    """
    if isinstance(error, OSError):
        return f"cannot write the output: {error.strerror or error}"
    logging.getLogger(__name__).error("trust-widgets failed", exc_info=error)
    return f"internal error ({type(error).__name__}); report it at {ISSUES}"


def _flush() -> None:
    """Write what waits in the buffer of the standard output.

    Raises:
        OSError: when it can be written no more.
    """
    if sys.stdout is not None:
        sys.stdout.flush()


def _end_output() -> None:
    """Write what can still be written, and discard the rest, so that Python does not try again when
    it ends.
    """
    try:
        _flush()
    except OSError:
        _discard(sys.stdout)


def _discard(stream: TextIO) -> None:
    """Let what is still written to a stream go nowhere."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


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
        _fail(str(error))
        return
    for name in names:
        held = _checked_file(name, home, outcome)
        outcome.policies += held or ()
        for line in _lines(name, held) if form == "text" and held is not None else ():
            print(one_line(line))
    if form in REPORTS:
        print(json.dumps(REPORTS[form](outcome.policies, outcome.unread), indent=2))
    else:
        print(one_line(_counted(outcome.findings, len(outcome.unread), home, home_file)))


def _checked_file(name: str, home: Home, outcome: _Outcome) -> tuple[Checked, ...] | None:
    """The policies of a file; `None` for a file that cannot be read, which is told."""
    try:
        text = _text_of(name)
    except (OSError, ValueError, MemoryError) as error:
        outcome.unread.append((name, _why_unread(error)))
        _fail(": ".join(outcome.unread[-1]))
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


def _text_of(name: str) -> str:
    """A file's characters, line breaks as they are; `-` is the standard input.

    With UTF-16's mark before it, as Windows PowerShell's `>` writes it:
    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
    """
    if name != "-" and Path(name).is_dir():
        raise ValueError(f"a folder: give its files, as in {Path(name) / '*.json'}")
    data = _bytes_of(name)
    encoding = "UTF-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "UTF-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"not {encoding} text (byte {error.start + 1})") from None


def _bytes_of(name: str) -> bytes:
    """A file's bytes. A file that is too large is not read to its end."""
    if name != "-":
        with Path(name).open("rb") as file:
            return _bounded(file)
    if sys.stdin is None:  # as Python has it when a shell closed it with <&-
        raise ValueError("the standard input is closed")
    return _bounded(sys.stdin.buffer)


def _bounded(file: BinaryIO) -> bytes:
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValueError(
            f"larger than {LARGEST_FILE // 1024**2} MiB: give one role or one policy in each file"
        )
    return data


def _lines(name: str, policies: Sequence[Checked]) -> Iterator[str]:
    """Whose policy it is, where the file says so, and a line for each finding; what a stranger
    wrote as it is.
    """
    if not policies:
        yield f"{name}: no role in it"
    for policy in policies:
        if policy.role is not None:
            whose = f"role {policy.role}" if policy.role else "a role without a name"
            yield f"{name}:{policy.line}:{policy.column}: the trust policy of {whose}"
        for finding, _, _, line, column, *_ in sorted(
            policy.placed, key=lambda each: (each.line, each.column)
        ):
            if not finding.accepted:
                told = f"{finding.code} {finding.verdict} {finding.severity} {finding.message}"
                yield f"{name}:{line}:{column}: {told}"


def _counted(found: Sequence[Finding], unread: int, home: Home, home_file: str | None) -> str:
    """All in one line: `3 findings: 2 open, 1 advice; 1 accepted (trust-home.toml); 1 not read`.

    Before what was not read: `TP302 is accepted at any value`, for entries that name none.
    """
    count, told = sum(not finding.accepted for finding in found), counts_in_words(found)
    line = f"{count} finding{'' if count == 1 else 's'}" + (f": {told}" if told else "")
    accepted = sum(bool(finding.accepted) for finding in found)
    line += f"; {accepted} accepted ({find(home_file or '.')})" if accepted else ""
    wide = sorted(
        {one.code for one in home.accepted if not one.value and not one.is_over(date.today())}
    )
    line += "".join(f"; {code} is accepted at any value" for code in wide)
    return line + (f"; {unread} not read" if unread else "")


def _tutorials(folder: Path, outcome: _Outcome) -> None:
    """Copy each notebook that is not there yet, and say of each what became of it."""
    notebooks = sorted(_shelf().glob("*.ipynb"))
    if not notebooks:
        outcome.failed = True
        _fail("the tutorials are not in this installation")
    for notebook in notebooks:
        target = folder / notebook.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            made = _copy(notebook, target)
        except OSError as error:
            outcome.failed = True
            _fail(str(error))
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


def _fail(message: str) -> None:
    """Print a message on the standard error, if there is one."""
    if sys.stderr is None:  # `print` would take the standard output in its place
        return
    try:
        print(one_line(f"trust-widgets: {message}"), file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
