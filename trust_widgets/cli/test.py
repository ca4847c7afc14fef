"""`trust-widgets test`: rules that the roles of files have to keep."""

from __future__ import annotations

import argparse
from typing import Any

from trust_widgets.cli.options import add_home, add_workers
from trust_widgets.cli.outcome import CommandOutcome
from trust_widgets.inventory import RULES_FILE, expected, rules_of_file, scan
from trust_widgets.policy import Home
from trust_widgets.text.terminal import one_line, print_error


def add(commands: Any) -> None:
    """Add the subcommand to those of the program."""
    command = commands.add_parser("test", help="check that roles follow your rules")
    command.set_defaults(run=run)
    command.description = (
        "Check that the roles in files follow the rules in an expectations.toml. Exit status: 0 "
        "if they follow all rules, 1 if a rule is broken or not decided, 2 if something could "
        "not be read."
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="the same as for `scan`")
    text = "the rules (default: %(default)s)"
    command.add_argument("--expectations", metavar="FILE", default=RULES_FILE, help=text)
    add_home(command)
    add_workers(command)


def run(options: argparse.Namespace, outcome: CommandOutcome) -> None:
    """Check the rules and print a line for each, with its violations."""
    try:
        home = Home.load(options.home or ".")
        rules = rules_of_file(options.expectations)
    except (OSError, ValueError) as error:
        outcome.fail(error)
        return
    inventory = scan(*options.files, home=home, workers=options.workers)
    for unread in inventory.unread:
        print_error(str(unread))
    try:
        results = [expected(inventory, rule) for rule in rules]
    except ValueError as error:  # a chain cannot start there
        outcome.fail(f"{options.expectations}: {error}")
        return
    outcome.failed = bool(inventory.unread) or not inventory.is_complete
    outcome.found = not all(results)
    for result in results:
        print(one_line(result.summary))
        for violation in result.violations:
            print(one_line(f"  {violation.status}: {violation.message}"))
