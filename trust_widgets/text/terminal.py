"""Text for a terminal: a value can neither begin its own line nor control the terminal."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO


def one_line(text: str) -> str:
    """Return the text with everything that is not printable written as an escape.

    Example:
        >>> one_line("a\\nb\\x1b[2J")
        'a\\\\nb\\\\x1b[2J'
    """
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def flush_output() -> None:
    """Write what waits in the buffer of the standard output.

    Raises:
        OSError: when it can be written no more.
    """
    if sys.stdout is not None:
        sys.stdout.flush()


def end_output() -> None:
    """Write what can still be written, and discard the rest.

    Python would otherwise try again, and fail, when it ends.
    """
    try:
        flush_output()
    except OSError:
        _discard(sys.stdout)


def print_error(message: str) -> None:
    """Print a message of the command on the standard error, if there is one."""
    if sys.stderr is None:  # `print` would use the standard output instead
        return
    try:
        print(one_line(f"trust-widgets: {message}"), file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def error_words(error: Exception) -> str:
    """Return what a user reads about an error: of a file, its name and what is wrong with it.

    Example:
        >>> error_words(FileNotFoundError(2, "No such file or directory", "roles.json"))
        'roles.json: No such file or directory'
    """
    if isinstance(error, OSError) and error.strerror:
        name = "" if error.filename is None else f"{error.filename}: "
        return f"{name}{error.strerror}"
    return str(error)


def _discard(stream: TextIO) -> None:
    """Let what is still written to a stream go nowhere."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
