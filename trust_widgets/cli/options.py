"""Options that several subcommands have."""

from __future__ import annotations

import argparse


def add_var_file(command: argparse.ArgumentParser) -> None:
    """Add the option that gives values to Terraform's variables."""
    command.add_argument(
        "--var-file",
        action="append",
        default=[],
        metavar="FILE",
        help="values of Terraform variables, in the form that `terraform -var-file` reads",
    )


def add_workers(command: argparse.ArgumentParser) -> None:
    """Add the option that says how many processes work."""
    command.add_argument("--workers", type=_count, metavar="N", help="worker processes; 1 for none")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("use 1 or more processes")
    return number
