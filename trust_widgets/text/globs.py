"""Globs as AWS compares them: `*` is any run of characters, `?` is exactly one.

This is the only module that reads `*` and `?`. A glob is held in one of two ways:

- as its text, `"repo:octo-org/*"`, where every `*` and `?` is a wildcard;
- as a `Pattern`, a tuple of texts and wildcards, where a `*` that is meant as a character stays
one.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import TypeAlias


class Wild(Enum):
    """A wildcard."""

    RUN = "*"
    ONE = "?"


Pattern: TypeAlias = "tuple[str | Wild, ...]"
Test: TypeAlias = "Callable[[str], bool]"
WILDCARDS = "*?"
_WILD = {"*": Wild.RUN, "?": Wild.ONE}
_WILDCARD = re.compile(r"([*?])")
_WILDCARDS_IN_A_ROW = re.compile(r"[*?]{2,}")


def pattern_from_text(text: str) -> Pattern:
    """A text as a pattern, its wildcards read.

    Example:
        >>> pattern_from_text("repo:octo-org/*")
        ('repo:octo-org/', <Wild.RUN: '*'>)
    """
    return tuple(_WILD.get(part, part) for part in _WILDCARD.split(text) if part)


def text_from_pattern(pattern: Pattern) -> str:
    """A pattern as people write it.

    Example:
        >>> text_from_pattern(pattern_from_text("a*b"))
        'a*b'
    """
    return "".join(part if isinstance(part, str) else part.value for part in pattern)


def letters_of_text(text: str) -> tuple[str | Wild, ...]:
    """A glob as single characters and wildcards, one for each character of its text.

    Example:
        >>> letters_of_text("ab*")
        ('a', 'b', <Wild.RUN: '*'>)
    """
    return tuple(_WILD.get(char, char) for char in text)


def matches(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern, both as they are written.

    Example:
        >>> matches("repo:octo*", "repo:octo-evil/app"), matches("a?", "a")
        (True, False)
    """
    return matcher_from_pattern(pattern_from_text(pattern))(text)


def matcher_from_pattern(pattern: Pattern) -> Test:
    """Return a test whether a text matches, in time that grows only with both lengths.

    A regular expression with many `.*` takes time beyond all bounds on texts that nearly fit.
    """
    return _matcher(pattern, one=".")


def _matcher(pattern: Pattern, one: str) -> Test:
    """A test whether a text fits; `one` is the regular expression for what a `?` matches."""
    if not any(isinstance(part, Wild) for part in pattern):
        text = "".join(map(str, pattern))
        return lambda given: given == text
    if Wild.ONE not in pattern:
        return _plain_test(pattern)
    return _test(pattern, one)


def _chunks(pattern: Pattern) -> list[list[str | Wild]]:
    """What is between the runs: `a*?b` gives `a` and `?b`."""
    chunks: list[list[str | Wild]] = [[]]
    for part in pattern:
        if part is Wild.RUN:
            chunks.append([])
        else:
            chunks[-1].append(part)
    return chunks


def _plain_test(pattern: Pattern) -> Test:
    """Return a test for a glob without `?`: the ends, the other pieces as early as possible."""
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


def _test(pattern: Pattern, one: str) -> Test:
    """With `?`: each piece has one length, so that searching it never goes back."""
    pieces = [_piece(chunk, one) for chunk in _chunks(pattern)]
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


def _piece(chunk: list[str | Wild], one: str) -> tuple[re.Pattern[str], int]:
    texts = [one if part is Wild.ONE else re.escape(str(part)) for part in chunk]
    length = sum(1 if part is Wild.ONE else len(str(part)) for part in chunk)
    return re.compile("".join(texts), re.DOTALL), length


def is_wildcard(char: str) -> bool:
    """True for `*` and `?`.

    Example:
        >>> is_wildcard("?"), is_wildcard("a")
        (True, False)
    """
    return char in _WILD


def has_wildcard(text: str) -> bool:
    """True if a glob has a wildcard.

    Example:
        >>> has_wildcard("octo-*"), has_wildcard("octo-org")
        (True, False)
    """
    return "*" in text or "?" in text


def is_exact(text: str) -> bool:
    """True if a glob admits its own text and no other.

    Example:
        >>> is_exact("octo-org"), is_exact("octo-*")
        (True, False)
    """
    return not has_wildcard(text)


def is_only_wildcards(text: str) -> bool:
    """True if a glob has no other characters than wildcards; also of the empty text.

    Example:
        >>> is_only_wildcards("??"), is_only_wildcards(""), is_only_wildcards("a*")
        (True, True, False)
    """
    return not text.strip(WILDCARDS)


def is_anything(text: str) -> bool:
    """True if a glob is nothing but wildcards, with a `*` among them.

    Example:
        >>> is_anything("?*"), is_anything("??")
        (True, False)
    """
    return "*" in text and is_only_wildcards(text)


def count_wildcards(text: str) -> int:
    """The number of wildcards in a glob.

    Example:
        >>> count_wildcards("a*b??")
        3
    """
    return text.count("*") + text.count("?")


def fixed_start(text: str) -> str:
    """The characters with which every text begins that a glob admits.

    Example:
        >>> fixed_start("repo:octo-?/*")
        'repo:octo-'
    """
    return _WILDCARD.split(text, maxsplit=1)[0]


def example_text(text: str, run: str = "example", one: str = "x") -> str:
    """A text that a glob admits.

    Args:
        text: the glob.
        run: what to put in place of each `*`.
        one: the character to put in place of each `?`.

    Example:
        >>> example_text("team-*"), example_text("o-?"), example_text("app/*", run="other")
        ('team-example', 'o-x', 'app/other')
    """
    return text.translate({ord("*"): run, ord("?"): one})


def tidy(text: str) -> str:
    """A glob that admits the same texts, without two `*` in a row, and with `?` before `*`.

    Example:
        >>> tidy("octo*?**")
        'octo?*'
    """
    return _WILDCARDS_IN_A_ROW.sub(_tidied, text)


def _tidied(wildcards: re.Match[str]) -> str:
    ones = "?" * wildcards[0].count("?")
    if "*" in wildcards[0]:
        return f"{ones}*"
    return ones


def covers(wider: str, narrower: str) -> bool:
    """True if one glob admits every text of another; False may mean "not seen".

    Example:
        >>> covers("*", "octo*"), covers("octo*", "*"), covers("octo?", "octo*")
        (True, False, False)
    """
    return _matcher_of_globs(wider)(narrower)


def _matcher_of_globs(text: str) -> Test:
    """Return a test for other globs, whose wildcards count as characters; `?` matches no `*`."""
    return _matcher(pattern_from_text(text), one="[^*]")


def widest(patterns: Iterable[str]) -> tuple[str, ...]:
    """Globs without those that another of them covers, in their order.

    Example:
        >>> widest(["octo-org", "octo*", "app"])
        ('octo*', 'app')
    """
    found: dict[str, Test] = {}
    for pattern in patterns:
        if not any(covers_it(pattern) for covers_it in found.values()):
            covers_another = _matcher_of_globs(pattern)
            found = {other: test for other, test in found.items() if not covers_another(other)}
            found[pattern] = covers_another
    return tuple(found)
