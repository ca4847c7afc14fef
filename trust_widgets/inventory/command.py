"""`trust-widgets scan`: an inventory on the command line and in CI."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from typing import Any

from trust_widgets.inventory.expectations import FILE, rules_of_file
from trust_widgets.inventory.inventory import Inventory
from trust_widgets.inventory.rule_checking import expected
from trust_widgets.inventory.scanning import scan
from trust_widgets.policy import Home
from trust_widgets.reports import LEVELS, USUAL_LEVEL, is_loud
from trust_widgets.text.terminal import one_line, print_error

GOOD, FOUND, FAULT = 0, 1, 2
EXTERNAL, NEVER = "external", "never"
_FAILED = "internal error"


def add_scan(commands: Any) -> None:
    """Add the command to those of the program."""
    command = commands.add_parser("scan", help="list the roles of an account or an organization")
    command.description = (
        "Print a line for each role with external access or an open finding, and one "
        "line with the totals. Exit status: 0 nothing reaches --fail-on, 1 something "
        "does, 2 not everything was read and analyzed."
    )
    held = (
        "the output of `aws iam get-account-authorization-details`, JSON lines with one "
        "role per line, any file that `check` reads, or a folder"
    )
    command.add_argument("files", nargs="+", metavar="FILE", help=held)
    command.add_argument("--home", metavar="FILE", help="what is yours")
    command.add_argument("--workers", type=_count, metavar="N", help="worker processes; 1 for none")
    command.add_argument("--format", choices=("text", "json", "sarif"), default="text")
    command.add_argument("--older", metavar="FILE", help="an older export to compare with")
    command.add_argument("--html", metavar="FILE", help="also write the report as one HTML file")
    command.add_argument("--csv", metavar="DIR", help="also write the tables as CSV files")
    command.add_argument("--parquet", metavar="DIR", help="also write the tables as Parquet files")
    command.add_argument(
        "--fail-on",
        choices=("advice", *LEVELS, EXTERNAL, NEVER),
        default=USUAL_LEVEL,
        help=(
            "the lowest severity of a finding that sets the exit status to 1 (default: "
            "%(default)s); external: external access to any role"
        ),
    )


def add_test(commands: Any) -> None:
    """Add the command that checks rules to those of the program."""
    command = commands.add_parser("test", help="check rules that roles have to keep")
    command.description = (
        "Check the rules of an expectations.toml for the roles of files, as `scan` reads them."
        " Exit status: 0 all are kept, 1 one is broken or not decided, 2 not everything was read."
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="as for `scan`")
    command.add_argument("--expectations", metavar="FILE", default=FILE, help="the rules")
    command.add_argument("--home", metavar="FILE", help="what is yours")
    command.add_argument("--workers", type=_count, metavar="N", help="worker processes; 1 for none")


def run_test(asked: argparse.Namespace) -> int:
    """Check the rules and print a line for each, with its violations; returns the exit status."""
    try:
        home = Home.load(asked.home or ".")
        rules = rules_of_file(asked.expectations)
    except (OSError, ValueError) as error:
        print_error(str(error))
        return FAULT
    inventory = scan(*asked.files, home=home, workers=asked.workers)
    for unread in inventory.unread:
        print_error(str(unread))
    try:
        found = [expected(inventory, rule) for rule in rules]
    except ValueError as error:  # a chain cannot start there
        print_error(f"{asked.expectations}: {error}")
        return FAULT
    for each in found:
        print(one_line(each.summary))
        for violation in each.violations:
            print(one_line(f"  {violation.status}: {violation.message}"))
    if inventory.unread or not inventory.is_complete:
        return FAULT
    return GOOD if all(found) else FOUND


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("use 1 or more processes")
    return number


def run_scan(asked: argparse.Namespace) -> int:
    """Scan, print and write what was asked for; returns the exit status."""
    try:
        home = Home.load(asked.home or ".")
    except (OSError, ValueError) as error:
        print_error(str(error))
        return FAULT
    inventory = scan(*asked.files, home=home, workers=asked.workers)
    for unread in inventory.unread:
        print_error(str(unread))
    _write(inventory, asked)
    _REPORTS[asked.format](inventory)
    if asked.older and asked.format == "text":
        _print_changes(inventory, scan(asked.older, home=home, workers=asked.workers))
    return _status(inventory, asked.fail_on)


def _write(inventory: Inventory, asked: argparse.Namespace) -> None:
    if asked.html:
        inventory.to_html(asked.html)
    if asked.csv:
        inventory.to_csv(asked.csv)
    if asked.parquet:
        inventory.to_parquet(asked.parquet)


def _print_text(inventory: Inventory) -> None:
    for note in inventory.notes:
        print(one_line(note))
    for line in role_lines(inventory):
        print(one_line(line))
    print(one_line(inventory.summary))


_ACCESS = {
    "yes": "external access",
    "named account": "access from an account that it names",
    "no": "no external access",
    "not decided": "external access is not decided",
}


def role_lines(inventory: Inventory) -> Iterator[str]:
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


def _status(inventory: Inventory, fails_on: str) -> int:
    """A fault counts more than a finding."""
    is_failed = len(inventory.roles.where(status=_FAILED)) > 0
    if inventory.unread or is_failed or not inventory.is_complete:
        return FAULT
    if fails_on == NEVER:
        return GOOD
    if fails_on == EXTERNAL:
        return FOUND if len(inventory.roles.where(external="yes")) else GOOD
    store = inventory.store
    for number in range(len(store.forms)):
        findings = store.analysis(number).findings
        counted = [finding for finding in findings if not finding.accepted]
        if counted and (fails_on == "advice" or is_loud(counted, fails_on)):
            return FOUND
    return GOOD
