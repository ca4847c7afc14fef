"""`trust-widgets scan`: an inventory on the command line and in CI."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from typing import Any

from trust_widgets.cli.options import add_format, add_home, add_workers, home_of
from trust_widgets.cli.outcome import CommandOutcome
from trust_widgets.inventory import Inventory, scan
from trust_widgets.reports import LEVELS, USUAL_LEVEL, is_loud
from trust_widgets.text.terminal import one_line, print_error

EXTERNAL, NEVER = "external", "never"
_FAILED = "internal error"


def add(commands: Any) -> None:
    """Add the subcommand to those of the program."""
    command = commands.add_parser("scan", help="list the roles of an account or an organization")
    command.set_defaults(run=run)
    command.description = (
        "Print one line for each role with external access or an open finding, and one "
        "line with the totals. Exit status: 0 if nothing reaches --fail-on, 1 if something "
        "does, 2 if something could not be read or analyzed."
    )
    held = (
        "the output of `aws iam get-account-authorization-details`; JSON lines with one "
        "role per line; any file that `check` reads; or a folder"
    )
    command.add_argument("files", nargs="+", metavar="FILE", help=held)
    add_home(command)
    add_workers(command)
    add_format(command, "text", "json", "sarif")
    older = "an older export: also print what changed since"
    command.add_argument("--older", metavar="FILE", help=older)
    command.add_argument("--html", metavar="FILE", help="also write the report as one HTML file")
    command.add_argument("--csv", metavar="DIR", help="also write the tables as CSV files")
    command.add_argument("--parquet", metavar="DIR", help="also write the tables as Parquet files")
    command.add_argument(
        "--fail-on",
        choices=("advice", *LEVELS, EXTERNAL, NEVER),
        default=USUAL_LEVEL,
        help=(
            "the lowest severity of a finding for which the exit status is 1 (default: "
            "%(default)s). external: a role has external access; never: never"
        ),
    )


def run(options: argparse.Namespace, outcome: CommandOutcome) -> None:
    """Scan, and print and write what the options require."""
    home = home_of(options, outcome)
    if home is None:
        return
    inventory = scan(*options.files, home=home, workers=options.workers)
    older = None
    if options.older:
        older = scan(options.older, home=home, workers=options.workers)
    if older is None:
        unread = inventory.unread
    else:
        unread = (*inventory.unread, *older.unread)
    for each in unread:
        print_error(str(each))
    _write(inventory, options)
    _REPORTS[options.format](inventory)
    if older is not None and not older.unread and options.format == "text":
        _print_changes(inventory, older)
    is_failed = len(inventory.roles.where(status=_FAILED)) > 0
    outcome.failed = bool(unread) or is_failed or not inventory.is_complete
    outcome.found = not outcome.failed and _is_found(inventory, options.fail_on)


def _write(inventory: Inventory, options: argparse.Namespace) -> None:
    if options.html:
        inventory.to_html(options.html)
    if options.csv:
        inventory.to_csv(options.csv)
    if options.parquet:
        inventory.to_parquet(options.parquet)


def _print_text(inventory: Inventory) -> None:
    for note in inventory.notes:
        print(one_line(note))
    for line in _role_lines(inventory):
        print(one_line(line))
    print(one_line(inventory.summary))


_ACCESS = {
    "yes": "external access",
    "named account": "access from a named account",
    "no": "no external access",
    "not decided": "external access not decided",
}


def _role_lines(inventory: Inventory) -> Iterator[str]:
    """A line for each role with external access or an open finding, and of what failed."""
    for row in inventory.roles:
        external = row["external"]
        if external == "no" and row["verdict"] not in ("open", "refused"):
            continue
        who = row["arn"] or row["role"] or "a policy"
        verdict = f"{row['verdict']} {row['severity']}".strip() or "no finding"
        status = "" if row["status"] == "analyzed" else f", {row['status']}"
        access = _ACCESS[external]
        yield f"{row['file']}:{row['line']}:{row['column']}: {who}: {verdict}, {access}{status}"


def _print_json(inventory: Inventory) -> None:
    report = {
        "version": 1,
        "summary": inventory.summary,
        "roles": list(inventory.roles),
        "findings": list(inventory.findings),
        "callers": list(inventory.callers),
        "not_read": [each._asdict() for each in inventory.unread],
    }
    print(json.dumps(report, indent=2))


def _print_sarif(inventory: Inventory) -> None:
    print(json.dumps(inventory.to_sarif(), indent=2))


_REPORTS: dict[str, Callable[[Inventory], None]] = {
    "text": _print_text,
    "json": _print_json,
    "sarif": _print_sarif,
}


def _print_changes(inventory: Inventory, older: Inventory) -> None:
    changes = inventory.compare(older)
    for line in (*changes.lines, changes.summary):
        print(one_line(line))


def _is_found(inventory: Inventory, fails_on: str) -> bool:
    """Whether something reaches `--fail-on`."""
    if fails_on == NEVER:
        return False
    if fails_on == EXTERNAL:
        return len(inventory.roles.where(external="yes")) > 0
    store = inventory.store
    for number in range(len(store.forms)):
        findings = store.analysis(number).findings
        counted = [finding for finding in findings if not finding.accepted]
        if counted and (fails_on == "advice" or is_loud(counted, fails_on)):
            return True
    return False
