"""`trust-widgets check`: what is wrong with the trust policies of files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trust_widgets.cli.options import add_format, add_home, add_var_file, home_of
from trust_widgets.cli.outcome import CommandOutcome
from trust_widgets.findings import Finding, internal_error, is_internal_error, is_not_decided
from trust_widgets.policy import Home
from trust_widgets.readers import FileContents, Folder, Note, read_file, read_folder
from trust_widgets.reports import (
    FILE_NOT_CHECKED,
    LEVELS,
    USUAL_LEVEL,
    Checked,
    checked_reading,
    counts_line,
    diff_lines,
    finding_lines,
    is_loud,
    json_report,
    not_checked,
    sarif_report,
    text_of_file,
)
from trust_widgets.text.terminal import one_line

REPORTS = {"json": json_report, "sarif": sarif_report}


def add(commands: Any) -> None:
    """Add the subcommand to those of the program."""
    command = commands.add_parser(
        "check",
        help="report what is wrong with trust policies",
        description=(
            "Print one line for each finding. Exit status: 0 if no finding reaches "
            "--fail-on, 1 if at least one does, 2 if something could not be read or checked."
        ),
    )
    command.set_defaults(run=run)
    held = (
        "a trust policy in JSON; a Terraform, CloudFormation or SAM file; the output of `aws "
        "iam get-role`, `aws iam list-roles` or `terraform show -json`; a folder; or - for "
        "the standard input"
    )
    command.add_argument("files", nargs="+", metavar="FILE", help=held)
    add_home(command)
    add_format(command, "text", *REPORTS)
    _add_options(command)


def _add_options(command: argparse.ArgumentParser) -> None:
    """What counts, and what Terraform is given."""
    command.add_argument(
        "--fail-on",
        choices=("advice", *LEVELS, "unresolved"),
        default=USUAL_LEVEL,
        help=(
            "the lowest severity for which the exit status is 1 (default: %(default)s). "
            "Findings that are refused or dead count as high. unresolved: like medium, "
            "and also if the files do not contain a value that the policy needs"
        ),
    )
    command.add_argument(
        "--diff",
        action="store_true",
        help="also print each fix as a diff of the file",
    )
    add_var_file(command)


def run(options: argparse.Namespace, outcome: CommandOutcome) -> None:
    """Check each file and folder, and print a line for each finding or one report."""
    home = home_of(options, outcome)
    if home is None:
        return
    checking = _FileChecking(options, home, outcome)
    for name in options.files:
        for line in checking.lines_about(name):
            if options.format == "text":
                print(one_line(line))
    if options.format in REPORTS:
        report = REPORTS[options.format](checking.policies, outcome.unread)
        print(json.dumps(report, indent=2))
        return
    findings = [finding for policy in checking.policies for finding in policy.findings]
    print(one_line(counts_line(findings, len(outcome.unread), home, options.home)))


@dataclass
class _FileChecking:
    """The files that were checked so far.

    Attributes:
        folders: those around the files that were read, each read once.
        policies: what was checked.
    """

    options: argparse.Namespace
    home: Home
    outcome: CommandOutcome
    folders: dict[str, Folder] = field(default_factory=dict)
    policies: list[Checked] = field(default_factory=list)

    @property
    def var_files(self) -> tuple[str, ...]:
        return tuple(self.options.var_file)

    def lines_about(self, name: str) -> Iterator[str]:
        """Check a file or a folder; yields what is said of it."""
        if name != "-" and Path(name).is_dir():
            yield from self._lines_about_folder(name)
            return
        try:
            text = text_of_file(name)
        except (OSError, ValueError, MemoryError) as error:
            self.outcome.not_read(name, _why_unread(error))
            return
        try:
            reading = read_file(name, text, self.folders, self.var_files)
            policies = tuple(checked_reading(name, reading, self.home))
        except Exception as error:
            yield from self._lines_about_failure(name, error)
            return
        yield from self._lines_about_reading(name, reading, policies)

    def _lines_about_folder(self, name: str) -> Iterator[str]:
        is_empty = True
        for file, reading, reason in read_folder(name, self.var_files):
            is_empty = False
            if reading is None:
                self.outcome.not_read(file, reason)
                continue
            try:
                policies = tuple(checked_reading(file, reading, self.home))
            except Exception as error:
                yield from self._lines_about_failure(file, error)
                continue
            yield from self._lines_about_reading(file, reading, policies)
        if is_empty:
            yield f"{name}: no role in this folder"

    def _lines_about_failure(self, name: str, error: Exception) -> Iterator[str]:
        """The lines about an internal error."""
        finding = internal_error("Reading the file", error, FILE_NOT_CHECKED)
        policy = not_checked(name, finding)
        self._count(policy)
        yield from finding_lines(name, [policy])

    def _lines_about_reading(
        self, name: str, reading: FileContents, policies: tuple[Checked, ...]
    ) -> Iterator[str]:
        """The lines about a file that was checked."""
        for note in reading.notes:
            if note.is_fault:
                self.outcome.not_read(note.place.file, _with_line(note))
            else:
                yield f"{note.place.file}: {note.message}"
        for policy in policies:
            self._count(policy)
        if policies or not reading.notes:
            yield from finding_lines(name, policies)
        if self.options.diff:
            yield from diff_lines(policies)

    def _count(self, policy: Checked) -> None:
        """Add a policy, and what follows from it for the exit status."""
        self.policies.append(policy)
        if any(map(is_internal_error, policy.findings)):
            self.outcome.failed = True
        if _reaches(policy, self.options.fail_on):
            self.outcome.found = True


def _reaches(policy: Checked, fails_on: str) -> bool:
    """Whether a policy's findings reach `--fail-on`."""
    if fails_on == "unresolved" and policy.unresolved:
        return True
    if fails_on == "advice" and any(map(_counts, policy.findings)):
        return True
    level = fails_on if fails_on in LEVELS else USUAL_LEVEL
    return is_loud(policy.findings, level)


def _counts(finding: Finding) -> bool:
    """Whether a finding counts where everything is to be reported."""
    return not finding.accepted and not is_not_decided(finding)


def _with_line(note: Note) -> str:
    line, column = note.place.line, note.place.column
    if (line, column) == (1, 1):
        return note.message
    return f"line {line}: {note.message}"


def _why_unread(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "too large for the memory of this computer"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error)
