"""`trust-widgets compare`: who gained and who lost access between two versions of files."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trust_widgets.cli.options import add_format, add_home, add_var_file
from trust_widgets.cli.outcome import CommandOutcome
from trust_widgets.policy import Home
from trust_widgets.reports import (
    RoleChange,
    Version,
    change_lines,
    changed_roles,
    compare_roles,
    json_changes,
    markdown,
    read_version,
    summary_line,
)
from trust_widgets.text.terminal import one_line

_COUNTS: dict[str, Callable[[RoleChange], bool]] = {
    "gained": lambda change: change.gained.found is True,
    "external": lambda change: change.gained.found is True and change.is_external,
    "lost": lambda change: change.gained.found is True or change.lost.found is True,
    "unresolved": lambda change: change.gained.found is not False,
    "never": lambda change: False,
}
"""Which changes make the exit status 1, by `--fail-on`."""


def add(commands: Any) -> None:
    """Add the subcommand to those of the program."""
    command = commands.add_parser("compare", help="report who gained and who lost access")
    command.set_defaults(run=run)
    command.description = (
        "Compare the trust policies of two versions of files. Exit status: 0 if no caller "
        "gained access, 1 if at least one did, 2 if something could not be read."
    )
    held = "a file, a folder, or a git revision such as main or main:roles.tf"
    command.add_argument("old", metavar="OLD", help=f"the older version: {held}")
    command.add_argument("new", metavar="NEW", help="the newer version, written in the same way")
    command.add_argument(
        "--fail-on",
        choices=tuple(_COUNTS),
        default="gained",
        help=(
            "when the exit status is 1 (default: %(default)s). gained: a caller gained access; "
            "external: an external caller may have gained access; lost: a caller gained or "
            "lost access; unresolved: a caller gained access, or it is not known; never: never"
        ),
    )
    add_format(command, "text", "markdown", "json")
    add_home(command)
    add_var_file(command)


def run(options: argparse.Namespace, outcome: CommandOutcome) -> None:
    """Read both versions and print how each role changed."""
    old, new = options.old, options.new
    var_files = tuple(options.var_file)
    try:
        home = Home.load(options.home or ".")
        versions = (
            read_version(old, _path_beside(new), var_files),
            read_version(new, _path_beside(old), var_files),
        )
    except (OSError, ValueError) as error:
        outcome.fail(error)
        return
    for version in versions:
        for file, reason in version.unread:
            outcome.not_read(file, reason)
    before, after = versions
    changes = compare_roles(before.records, after.records, home, (before.root, after.root))
    outcome.found = any(map(_COUNTS[options.fail_on], changes))
    _print(changes, versions, options.format)


def _path_beside(name: str) -> str:
    """The file or folder to read from the revision next to it."""
    if Path(name).exists() and not Path(name).is_absolute():
        return name
    path = name.partition(":")[2]
    return path or "."


def _print(
    changes: tuple[RoleChange, ...], versions: tuple[Version, Version], format_name: str
) -> None:
    def label(text: str) -> str:
        return versions[0].label(versions[1].label(text))

    if format_name == "json":
        print(json.dumps(json_changes(changes, label), indent=2))
        return
    if format_name == "markdown":
        for line in markdown(changes, label):
            print(one_line(line))
        return
    for change in changed_roles(changes):
        for line in change_lines(change, label):
            print(one_line(line))
    print(one_line(summary_line(changes)))
