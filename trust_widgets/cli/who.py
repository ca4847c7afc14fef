"""`trust-widgets who`: who can assume each role of some files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from trust_widgets.cli.options import add_format, add_home, add_var_file, home_of
from trust_widgets.cli.outcome import CommandOutcome
from trust_widgets.readers import RoleRecord
from trust_widgets.reports import (
    callers_lines,
    callers_of_roles,
    json_of_callers,
    read_version,
)
from trust_widgets.text.terminal import one_line


def add(commands: Any) -> None:
    """Add the subcommand to those of the program."""
    command = commands.add_parser("who", help="list who can assume each role")
    command.set_defaults(run=run)
    command.description = (
        "Print who can assume each role, a line for each kind of caller. "
        "Exit status: 0 if everything was read, 2 if something was not."
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="the same as for `check`")
    add_format(command, "text", "json")
    add_home(command)
    add_var_file(command)


def run(options: argparse.Namespace, outcome: CommandOutcome) -> None:
    """Read the files and print the callers of each role."""
    home = home_of(options, outcome)
    if home is None:
        return
    records = list[RoleRecord]()
    for name in options.files:
        records += _records(name, tuple(options.var_file), outcome)
    roles = callers_of_roles(records, home)
    if any(role.status == "not compared" and not role.unresolved for role in roles):
        outcome.failed = True
    if options.format == "json":
        print(json.dumps(json_of_callers(roles), indent=2))
        return
    for role in roles:
        for line in callers_lines(role):
            print(one_line(line))


def _records(name: str, var_files: tuple[str, ...], outcome: CommandOutcome) -> list[RoleRecord]:
    """The roles of a file or a folder."""
    if name != "-" and not Path(name).exists():
        outcome.not_read(name, "no such file or folder")
        return []
    version = read_version(name, var_files=var_files)
    for file, reason in version.unread:
        outcome.not_read(file, reason)
    return version.records
