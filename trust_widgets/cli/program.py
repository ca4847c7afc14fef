"""The whole command line: its parser, and what is done about errors that no subcommand expects."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Sequence

import trust_widgets
from trust_widgets.cli import check, compare, scan, test, tutorials, who
from trust_widgets.cli.outcome import INTERRUPTED, CommandOutcome
from trust_widgets.findings import ISSUES
from trust_widgets.text.terminal import end_output, error_words, flush_output

SUBCOMMANDS = (check, who, compare, scan, test, tutorials)
"""Each adds its options by `add`, and does its work by `run`."""


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
    outcome = CommandOutcome()
    try:
        _run(arguments, outcome)
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
        outcome.fail(_reason_of(error))
        end_output()
    return outcome.status


def _run(arguments: Sequence[str] | None, outcome: CommandOutcome) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal may not know every character of a policy.
        sys.stdout.reconfigure(errors="backslashreplace")
    options = parser().parse_args(arguments)
    options.run(options, outcome)


def _reason_of(error: Exception) -> str:
    """Return why the command ended: unwritable output, or an internal error, which is logged."""
    if isinstance(error, OSError):
        return f"cannot write the output: {error_words(error)}"
    logging.getLogger(__name__).error("trust-widgets failed", exc_info=error)
    return f"internal error ({type(error).__name__}); report it at {ISSUES}"


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line.

    Example:
        >>> parser().parse_args(["tutorials", "lessons"]).folder
        'lessons'
    """
    program = argparse.ArgumentParser(
        "trust-widgets", description="Check AWS IAM role trust policies: who can assume a role?"
    )
    program.add_argument(
        "--version", action="version", version=f"%(prog)s {trust_widgets.__version__}"
    )
    commands = program.add_subparsers(dest="command", required=True)
    for subcommand in SUBCOMMANDS:
        subcommand.add(commands)
    return program
