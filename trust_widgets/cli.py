"""`trust-widgets` on the command line: check policies, and get the tutorials. It needs no Jupyter."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import trust_widgets
from trust_widgets._terminal import one_line
from trust_widgets.findings import Finding
from trust_widgets.home import Home, find
from trust_widgets.json_report import json_report
from trust_widgets.reporting import Checked, checked, counts_in_words, is_loud
from trust_widgets.sarif import sarif_report

GOOD, FOUND, UNREADABLE = 0, 1, 2
PACKAGE = Path(__file__).resolve().parent
REPORTS = {"json": json_report, "sarif": sarif_report}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; returns the exit status.

    Args:
        arguments: those after the program's name; the process's own when none are given.

    Example:
        >>> main(["check", "no-such-file.json"])
        0 findings; 1 not read
        2
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may not know every letter of a policy
    asked = _parser().parse_args(arguments)
    if asked.command == "tutorials":
        return _tutorials(Path(asked.folder))
    return _check(asked.files, asked.home, asked.format)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("trust-widgets", description="AWS IAM role trust policies: who may assume it?")
    parser.add_argument("--version", action="version", version=f"%(prog)s {trust_widgets.__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="say what is wrong with policies",
        description="Print a line for each finding. Exit status: 0 nothing above advice, 1 findings, 2 unreadable.",
    )
    held = (
        "a trust policy's JSON, or what `aws iam get-role`, `aws iam list-roles` or `terraform show -json` printed;"
        " - is the standard input"
    )
    check.add_argument("files", nargs="+", metavar="FILE", help=held)
    check.add_argument("--home", metavar="FILE", help="what is yours; else the trust-home.toml found from here upwards")
    check.add_argument("--format", choices=("text", *REPORTS), default="text", help="how findings are printed")
    tutorials = commands.add_parser("tutorials", help="copy the tutorial notebooks into a folder")
    tutorials.add_argument("folder", metavar="DIR", help="made if need be; no file in it is ever overwritten")
    return parser


def _check(names: Sequence[str], home_file: str | None, form: str) -> int:
    try:
        home = Home.load(home_file or ".")
    except (OSError, ValueError) as error:
        return _fail(str(error))
    policies: list[Checked] = []
    unread: list[tuple[str, str]] = []
    for name in names:
        try:
            held = tuple(checked(name, _text_of(name), home))
        except (OSError, ValueError) as error:
            unread.append((name, str(error.strerror if isinstance(error, OSError) else error)))
            _fail(": ".join(unread[-1]))
            continue
        policies += held
        for line in _lines(name, held) if form == "text" else ():
            print(one_line(line))
    found = [finding for policy in policies for finding in policy.findings]
    counted = _counted(found, len(unread), home, home_file)
    print(json.dumps(REPORTS[form](policies, unread), indent=2) if form in REPORTS else one_line(counted))
    return UNREADABLE if unread else FOUND if is_loud(found) else GOOD


def _text_of(name: str) -> str:
    """A file's characters, line breaks as they are; `-` is the standard input.

    With UTF-16's mark before it, as Windows PowerShell's `>` writes it:
    https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
    """
    if name != "-" and Path(name).is_dir():
        raise ValueError(f"a folder: give its files, as in {Path(name) / '*.json'}")
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    encoding = "UTF-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "UTF-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"not {encoding} text (byte {error.start + 1})") from None


def _lines(name: str, policies: Sequence[Checked]) -> Iterator[str]:
    """Whose policy it is, where the file says so, and a line for each finding; what a stranger wrote as it is."""
    if not policies:
        yield f"{name}: no role in it"
    for policy in policies:
        if policy.role is not None:
            whose = f"role {policy.role}" if policy.role else "a role without a name"
            yield f"{name}:{policy.line}:{policy.column}: the trust policy of {whose}"
        for finding, _, _, line, column, *_ in sorted(policy.placed, key=lambda each: (each.line, each.column)):
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
    wide = sorted({one.code for one in home.accepted if not one.value and not one.is_over(date.today())})
    line += "".join(f"; {code} is accepted at any value" for code in wide)
    return line + (f"; {unread} not read" if unread else "")


def _tutorials(folder: Path) -> int:
    """Copy each notebook that is not there yet, and say of each what became of it."""
    notebooks = sorted(_shelf().glob("*.ipynb"))
    if not notebooks:
        return _fail("the tutorials are not in this installation")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for notebook in notebooks:
            print(f"{_copy(notebook, folder / notebook.name)}: {folder / notebook.name}")
    except OSError as error:
        return _fail(str(error))
    return GOOD


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


def _fail(message: str) -> int:
    print(one_line(f"trust-widgets: {message}"), file=sys.stderr)
    return UNREADABLE


if __name__ == "__main__":
    sys.exit(main())
