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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import trust_widgets
from trust_widgets.findings import (
    ISSUES,
    Finding,
    internal_error,
    is_internal_error,
    is_not_decided,
)
from trust_widgets.inventory import add_scan, add_test, run_scan, run_test
from trust_widgets.policy import Home
from trust_widgets.readers import FileContents, Folder, Note, read_file, read_folder
from trust_widgets.reports import (
    FILE_NOT_CHECKED,
    LEVELS,
    USUAL_LEVEL,
    Checked,
    RoleChange,
    Version,
    change_lines,
    changed_roles,
    checked_reading,
    compare_roles,
    counts_line,
    diff_lines,
    finding_lines,
    is_loud,
    json_changes,
    json_report,
    markdown,
    not_checked,
    read_version,
    sarif_report,
    summary_line,
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
    fails_on: str = USUAL_LEVEL
    folders: dict[str, Folder] = field(default_factory=dict)
    var_files: tuple[str, ...] = ()
    shows_diff: bool = False
    changes: tuple[RoleChange, ...] = ()
    scanned: int = GOOD

    @property
    def findings(self) -> list[Finding]:
        return [finding for policy in self.policies for finding in policy.findings]

    @property
    def status(self) -> int:
        """A fault counts more than a finding."""
        if self.scanned:
            return self.scanned
        if self.failed or self.unread or any(map(is_internal_error, self.findings)):
            return FAULT
        if any(_IS_FATAL[self.fails_on](change) for change in self.changes):
            return FOUND
        if self.fails_on == "unresolved" and any(each.unresolved for each in self.policies):
            return FOUND
        if self.fails_on == "advice" and any(map(_counts, self.findings)):
            return FOUND
        level = self.fails_on if self.fails_on in LEVELS else USUAL_LEVEL
        if is_loud(self.findings, level):
            return FOUND
        return GOOD


def _counts(finding: Finding) -> bool:
    """Whether a finding counts where everything is to be reported."""
    return not finding.accepted and not is_not_decided(finding)


_IS_FATAL: dict[str, Callable[[RoleChange], bool]] = {
    "gained": lambda change: change.gained.found is True,
    "external": lambda change: change.gained.found is True and change.is_external,
    "lost": lambda change: change.gained.found is True or change.lost.found is True,
    "unresolved": lambda change: change.gained.found is not False,
    "never": lambda change: False,
}
"""What makes the exit status of `compare` 1."""


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
    elif asked.command == "scan":
        outcome.scanned = run_scan(asked)
    elif asked.command == "test":
        outcome.scanned = run_test(asked)
    elif asked.command == "compare":
        outcome.fails_on = asked.fail_on
        outcome.var_files = tuple(asked.var_file)
        _compare(asked.old, asked.new, asked.home, asked.format, outcome)
    else:
        outcome.fails_on = asked.fail_on
        outcome.var_files = tuple(asked.var_file)
        outcome.shows_diff = asked.diff
        _check(asked.files, asked.home, asked.format, outcome)


def _reason_of(error: Exception) -> str:
    """Return why the command ended: unwritable output, or an internal error, which is logged."""
    if isinstance(error, OSError):
        return f"cannot write the output: {error.strerror or error}"
    logging.getLogger(__name__).error("trust-widgets failed", exc_info=error)
    return f"internal error ({type(error).__name__}); report it at {ISSUES}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "trust-widgets", description="Check AWS IAM role trust policies: who can assume a role?"
    )
    parser.add_argument(
        "--version", action="version", version=f"%(prog)s {trust_widgets.__version__}"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser(
        "check",
        help="report what is wrong with trust policies",
        description=(
            "Print a line for each finding. Exit status: 0 no finding reaches "
            "--fail-on, 1 at least one does, 2 not everything was read and checked."
        ),
    )
    held = (
        "a trust policy's JSON; Terraform, CloudFormation or SAM; the output of `aws "
        "iam get-role`, `aws iam list-roles` or `terraform show -json`; a folder; - for "
        "the standard input"
    )
    check.add_argument("files", nargs="+", metavar="FILE", help=held)
    check.add_argument(
        "--home",
        metavar="FILE",
        help="your settings; default: the trust-home.toml in this folder or the nearest parent",
    )
    check.add_argument("--format", choices=("text", *REPORTS), default="text", help="output format")
    _add_options(check)
    _add_compare(commands.add_parser("compare", help="report who gained and who lost access"))
    add_scan(commands)
    add_test(commands)
    tutorials = commands.add_parser("tutorials", help="copy the tutorial notebooks into a folder")
    tutorials.add_argument(
        "folder", metavar="DIR", help="created if it does not exist; no file in it is overwritten"
    )
    return parser


def _add_compare(compare: argparse.ArgumentParser) -> None:
    """Two versions of files, and what counts."""
    compare.description = (
        "Compare the trust policies of two versions of files. Exit status: 0 no caller "
        "gained access, 1 at least one did, 2 not everything was read."
    )
    held = "a file, a folder, or a git revision such as main or main:roles.tf"
    compare.add_argument("old", metavar="OLD", help=f"the version before: {held}")
    compare.add_argument("new", metavar="NEW", help="the version after, written in the same way")
    compare.add_argument(
        "--fail-on",
        choices=tuple(_IS_FATAL),
        default="gained",
        help=(
            "what sets the exit status to 1 (default: %(default)s); external: only if "
            "external callers may have gained access; lost: also if access was lost; "
            "unresolved: also if it is not known"
        ),
    )
    compare.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    compare.add_argument("--home", metavar="FILE", help="what is yours")
    _add_var_file(compare)


def _add_options(check: argparse.ArgumentParser) -> None:
    """What counts, and what Terraform is given."""
    check.add_argument(
        "--fail-on",
        choices=("advice", *LEVELS, "unresolved"),
        default=USUAL_LEVEL,
        help=(
            "the lowest severity that sets the exit status to 1 (default: %(default)s); "
            "refused and dead count as high; unresolved also counts values that the "
            "files do not give"
        ),
    )
    check.add_argument(
        "--diff",
        action="store_true",
        help="also print each fix as a change of its file",
    )
    _add_var_file(check)


def _add_var_file(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--var-file",
        action="append",
        default=[],
        metavar="FILE",
        help="values of Terraform variables, in the form that `terraform -var-file` reads",
    )


def _check(names: Sequence[str], home_file: str | None, form: str, outcome: _Outcome) -> None:
    try:
        home = Home.load(home_file or ".")
    except (OSError, ValueError) as error:
        outcome.failed = True
        print_error(str(error))
        return
    for name in names:
        for line in _checked(name, home, outcome):
            if form == "text":
                print(one_line(line))
    if form in REPORTS:
        print(json.dumps(REPORTS[form](outcome.policies, outcome.unread), indent=2))
    else:
        print(one_line(counts_line(outcome.findings, len(outcome.unread), home, home_file)))


def _compare(old: str, new: str, home_file: str | None, form: str, outcome: _Outcome) -> None:
    try:
        home = Home.load(home_file or ".")
        versions = (
            read_version(old, _path_beside(new), outcome.var_files),
            read_version(new, _path_beside(old), outcome.var_files),
        )
    except (OSError, ValueError) as error:
        outcome.failed = True
        print_error(str(error))
        return
    for version in versions:
        for file, reason in version.unread:
            _not_read(file, reason, outcome)
    records = (versions[0].records, versions[1].records)
    roots = (versions[0].root, versions[1].root)
    outcome.changes = compare_roles(*records, home, roots)
    _print_changes(outcome.changes, versions, form)


def _path_beside(name: str) -> str:
    """The file or folder that a revision next to it is asked for."""
    if Path(name).exists() and not Path(name).is_absolute():
        return name
    path = name.partition(":")[2]
    return path or "."


def _print_changes(
    changes: tuple[RoleChange, ...], versions: tuple[Version, Version], form: str
) -> None:
    def label(text: str) -> str:
        return versions[0].label(versions[1].label(text))

    if form == "json":
        print(json.dumps(json_changes(changes, label), indent=2))
    elif form == "markdown":
        for line in markdown(changes, label):
            print(one_line(line))
    else:
        for change in changed_roles(changes):
            for line in change_lines(change, label):
                print(one_line(line))
        print(one_line(summary_line(changes)))


def _checked(name: str, home: Home, outcome: _Outcome) -> Iterator[str]:
    """Check a file or a folder; yields what is said of it."""
    if name != "-" and Path(name).is_dir():
        yield from _checked_folder(name, home, outcome)
        return
    try:
        text = text_of_file(name)
    except (OSError, ValueError, MemoryError) as error:
        _not_read(name, _why_unread(error), outcome)
        return
    try:
        reading = read_file(name, text, outcome.folders, outcome.var_files)
        held = tuple(checked_reading(name, reading, home))
    except Exception as error:
        yield from _failed(name, error, outcome)
        return
    yield from _told(name, reading, held, outcome)


def _checked_folder(name: str, home: Home, outcome: _Outcome) -> Iterator[str]:
    is_empty = True
    for file, reading, reason in read_folder(name, outcome.var_files):
        is_empty = False
        if reading is None:
            _not_read(file, reason, outcome)
            continue
        try:
            held = tuple(checked_reading(file, reading, home))
        except Exception as error:
            yield from _failed(file, error, outcome)
            continue
        yield from _told(file, reading, held, outcome)
    if is_empty:
        yield f"{name}: no role in this folder"


def _failed(name: str, error: Exception, outcome: _Outcome) -> Iterator[str]:
    """The lines about an internal error."""
    finding = internal_error("Reading the file", error, FILE_NOT_CHECKED)
    outcome.policies.append(not_checked(name, finding))
    yield from finding_lines(name, outcome.policies[-1:])


def _told(
    name: str, reading: FileContents, held: tuple[Checked, ...], outcome: _Outcome
) -> Iterator[str]:
    """The lines about a file that was checked."""
    for note in reading.notes:
        if note.is_fault:
            _not_read(note.place.file, _with_line(note), outcome)
        else:
            yield f"{note.place.file}: {note.message}"
    outcome.policies += held
    if held or not reading.notes:
        yield from finding_lines(name, held)
    if outcome.shows_diff:
        yield from diff_lines(held)


def _with_line(note: Note) -> str:
    line, column = note.place.line, note.place.column
    if (line, column) == (1, 1):
        return note.message
    return f"line {line}: {note.message}"


def _not_read(name: str, reason: str, outcome: _Outcome) -> None:
    outcome.unread.append((name, reason))
    print_error(": ".join(outcome.unread[-1]))


def _why_unread(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "not enough memory to read it"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)


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
    if packed.is_dir():
        return packed
    return PACKAGE.parent / "notebooks"


if __name__ == "__main__":
    sys.exit(main())
