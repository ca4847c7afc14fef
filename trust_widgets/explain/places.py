"""Places of a policy in words."""

from __future__ import annotations

from trust_widgets.policy import Path


def number_of(path: Path) -> str:
    """A statement as people count it.

    Example:
        >>> number_of(("Statement", 0))
        'Statement 1'
    """
    if len(path) > 1:
        return f"Statement {int(path[1]) + 1}"
    return "The policy"


def line_label(line: int) -> str:
    """A line of the policy's text, counted from 1.

    Example:
        >>> line_label(14)
        'line 14'
    """
    return f"line {line}"
