"""Patterns with `*` and `?`, as `StringLike` reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trust_widgets.text.globs import matches as matches


def is_exact(text: str) -> bool:
    """Whether a text admits itself alone."""
    return not set(text) & set("*?")


def is_anything(text: str) -> bool:
    """Whether a pattern is nothing but wildcards, with a `*` among them."""
    return "*" in text and not text.strip("*?")


def tidy(pattern: str) -> str:
    """A pattern that admits the same, with its wildcards in one order and no two `*` side by side.

    Example:
        >>> tidy("octo*?**")
        'octo?*'
    """
    return re.sub(r"[*?]{2,}", lambda run: "?" * run[0].count("?") + "*" * ("*" in run[0]), pattern)


def _fits(pattern: str, text: str) -> bool:
    """Whether a pattern admits another one, taken letter by letter: `?` stands for no `*`."""
    # Of a text and a pattern whose wildcards are taken as they come, the first fit is as good as any:
    # https://en.wikipedia.org/wiki/Matching_wildcards. Regular expressions would try them all.
    head, *runs = re.sub(r"\*+", "*", pattern).split("*")
    tail = runs.pop() if runs else None
    if tail is None:
        return _is_run(head, text)
    if len(text) < len(head) + len(tail) or not _is_run(head, text[: len(head)]):
        return False
    place, end = len(head), len(text) - len(tail)
    for run in runs:
        while place + len(run) <= end and not _is_run(run, text[place : place + len(run)]):
            place += 1
        place += len(run)
    return place <= end and _is_run(tail, text[end:])


def _is_run(run: str, text: str) -> bool:
    """Whether a text fits a pattern without `*`."""
    return len(run) == len(text) and all((a == "?" and b != "*") or a == b for a, b in zip(run, text, strict=True))


def covers(wider: str, pattern: str) -> bool:
    """Whether one pattern plainly admits whatever another does.

    Example:
        >>> covers("*", "octo*"), covers("octo*", "*"), covers("octo?", "octo*")
        (True, False, False)
    """
    return _fits(wider, pattern)


def widest(patterns: Iterable[str]) -> tuple[str, ...]:
    """Patterns without those that another of them covers, in their order.

    Example:
        >>> widest(["octo-org", "octo*", "app"])
        ('octo*', 'app')
    """
    found: list[str] = []
    for pattern in patterns:
        if not any(covers(other, pattern) for other in found):
            found = [other for other in found if not covers(pattern, other)] + [pattern]
    return tuple(found)
