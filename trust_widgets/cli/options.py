"""Options that several subcommands have."""

from __future__ import annotations

import argparse
from pathlib import Path

from trust_widgets.cli.outcome import CommandOutcome
from trust_widgets.policy import Home


def add_var_file(command: argparse.ArgumentParser) -> None:
    """Add the option that gives values to Terraform's variables."""
    command.add_argument(
        "--var-file",
        action="append",
        default=[],
        type=_existing_file,
        metavar="FILE",
        help="a file with values of Terraform variables, as for `terraform plan -var-file`",
    )


def add_workers(command: argparse.ArgumentParser) -> None:
    """Add the option that says how many processes work."""
    text = "number of processes (default: one per CPU core)"
    command.add_argument("--workers", type=_count, metavar="N", help=text)


def add_home(command: argparse.ArgumentParser) -> None:
    """Add the option that names the user's settings."""
    text = "your settings (default: the trust-home.toml in this folder or its nearest parent)"
    command.add_argument("--home", metavar="FILE", help=text)


def home_of(options: argparse.Namespace, outcome: CommandOutcome) -> Home | None:
    """The user's settings; `None`, after saying why, if they cannot be read."""
    try:
        return Home.load(options.home or ".")
    except (OSError, ValueError) as error:
        outcome.fail(error)
        return None


def add_format(command: argparse.ArgumentParser, *names: str) -> None:
    """Add the option that chooses the form of the output, of which the first is usual."""
    text = "the form of the output (default: %(default)s)"
    command.add_argument("--format", choices=names, default=names[0], help=text)


def _existing_file(name: str) -> str:
    if not Path(name).is_file():
        raise argparse.ArgumentTypeError(f"{name}: no such file")
    return name


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("write a number of processes, 1 or more")
    return number
