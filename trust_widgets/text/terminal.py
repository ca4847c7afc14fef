"""Text for a terminal: what a stranger wrote can neither begin a line of its own nor steer the
terminal.
"""

from __future__ import annotations


def one_line(text: str) -> str:
    """The text with everything that is not printed as a letter, a sign or a blank written as an
    escape.

    Example:
        >>> one_line("a\\nb\\x1b[2J")
        'a\\\\nb\\\\x1b[2J'
    """
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
