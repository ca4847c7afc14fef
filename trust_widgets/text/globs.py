"""Texts with wildcards, as AWS compares them: `*` is any run of characters, also none, and `?` is exactly one.

A pattern is a tuple of texts and wildcards, so that an asterisk which is meant as a letter stays one.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import TypeAlias


class Wild(Enum):
    """A wildcard."""

    RUN = "*"
    ONE = "?"


Pattern: TypeAlias = "tuple[str | Wild, ...]"
Test: TypeAlias = "Callable[[str], bool]"
_WILD = {"*": Wild.RUN, "?": Wild.ONE}


@lru_cache(maxsize=4096)
def pattern_from_text(text: str) -> Pattern:
    """A text as a pattern, its wildcards read.

    Example:
        >>> pattern_from_text("repo:octo-org/*")
        ('repo:octo-org/', <Wild.RUN: '*'>)
    """
    return tuple(_WILD.get(part, part) for part in re.split(r"([*?])", text) if part)


def text_from_pattern(pattern: Pattern) -> str:
    """A pattern as people write it.

    Example:
        >>> text_from_pattern(pattern_from_text("a*b"))
        'a*b'
    """
    return "".join(part if isinstance(part, str) else part.value for part in pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern, both as they are written.

    Example:
        >>> matches("repo:octo*", "repo:octo-evil/app"), matches("a?", "a")
        (True, False)
    """
    return matcher_from_pattern(pattern_from_text(pattern))(text)


@lru_cache(maxsize=4096)
def matcher_from_pattern(pattern: Pattern) -> Test:
    """What tells whether a text fits, in time that grows with both lengths alone, whatever the pattern.

    A regular expression with many `.*` takes time beyond all bounds on texts that nearly fit.
    """
    if not any(isinstance(part, Wild) for part in pattern):
        text = "".join(map(str, pattern))
        return lambda given: given == text
    if Wild.ONE not in pattern:
        return _plain_test(pattern)
    return _test(pattern)


def _chunks(pattern: Pattern) -> list[list[str | Wild]]:
    """What stands between the runs: `a*?b` gives `a` and `?b`."""
    chunks: list[list[str | Wild]] = [[]]
    for part in pattern:
        if part is Wild.RUN:
            chunks.append([])
        else:
            chunks[-1].append(part)
    return chunks


def _plain_test(pattern: Pattern) -> Test:
    """Without `?`: the first piece, the last, and the others in between, each as early as can be."""
    first, *middle, last = ["".join(map(str, chunk)) for chunk in _chunks(pattern)]
    pieces = [piece for piece in middle if piece]
    least = len(first) + len(last)

    def test(given: str) -> bool:
        if len(given) < least or not given.startswith(first) or not given.endswith(last):
            return False
        at, end = len(first), len(given) - len(last)
        for piece in pieces:
            at = given.find(piece, at, end)
            if at < 0:
                return False
            at += len(piece)
        return True

    return test


def _test(pattern: Pattern) -> Test:
    """With `?`: each piece has one length, so that searching it never goes back."""
    pieces = [_piece(chunk) for chunk in _chunks(pattern)]
    (first, first_length), (last, last_length) = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return lambda given: first.fullmatch(given) is not None
    middle = pieces[1:-1]

    def test(given: str) -> bool:
        end = len(given) - last_length
        if end < first_length or not first.match(given) or not last.match(given, end):
            return False
        at = first_length
        for piece, _ in middle:
            found = piece.search(given, at, end)
            if found is None:
                return False
            at = found.end()
        return True

    return test


def _piece(chunk: list[str | Wild]) -> tuple[re.Pattern[str], int]:
    texts = ["." if part is Wild.ONE else re.escape(str(part)) for part in chunk]
    length = sum(1 if part is Wild.ONE else len(str(part)) for part in chunk)
    return re.compile("".join(texts), re.DOTALL), length
