"""Two texts side by side, one of them perhaps a glob, with what differs marked for the reader.

This answers another question than `text/automaton.py`: not whether a text fits, but how far it fits
from each end, and where in the text that is. So it goes along the glob and keeps the places in the
text, where an automaton goes along the text and keeps the places in the glob.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from trust_widgets.text.globs import Wild, letters_of_text

Letters: TypeAlias = "Sequence[str | Wild]"

LONGEST = (
    400  # characters of a text in which wildcards are followed; in longer ones they are letters
)


class DiffText(NamedTuple):
    """A text in three pieces: what it has in common at both ends, and what differs."""

    before: str
    differs: str
    after: str


def plain(text: str) -> DiffText:
    """A text without a mark.

    Example:
        >>> plain("sts:AssumeRole")
        DiffText(before='sts:AssumeRole', differs='', after='')
    """
    return DiffText(text, "", "")


def diff_texts(has: str, wants: str, wildcards: bool = False) -> tuple[DiffText, DiffText]:
    """What a call has and what a policy wants, each with the part marked in which they differ.

    A word is marked whole: half an account ID says less than all of it.

    Args:
        has: the call's text. wants: the policy's. wildcards: whether `*` and `?` in it are
            wildcards.

    Example:
        >>> has, wants = "repo:octo-org/app:environment:prod", "repo:octo*/app:ref:refs/heads/main"
        >>> diff_texts(has, wants, wildcards=True)[1]
        DiffText(before='repo:octo*/app:', differs='ref:refs/heads/main', after='')
    """
    reads = wildcards and max(len(has), len(wants)) <= LONGEST
    letters: Letters = letters_of_text(wants) if reads else wants
    head = _words(has, wants, *_common(has, letters))
    rest, other = has[head[0] :][::-1], wants[head[1] :][::-1]
    tail = _words(rest, other, *_common(rest, letters[head[1] :][::-1]))
    return _cut(has, head[0], tail[0]), _cut(wants, head[1], tail[1])


def similarity(pair: tuple[DiffText, DiffText]) -> int:
    """How many characters of the policy's text fit: the more, the nearer the miss."""
    return len(pair[1].before) + len(pair[1].after)


def _cut(text: str, head: int, tail: int) -> DiffText:
    end = len(text) - tail
    return DiffText(text[:head], text[head:end], text[end:])


def _common(has: str, wants: Letters) -> tuple[int, int]:
    """How far both texts fit each other from the start: the longest such beginning of `wants`."""
    reached, last = {0}, (0, 0)
    for index, letter in enumerate(wants):
        reached = _step(has, letter, reached)
        if not reached:
            break
        last = (min(reached), index + 1)
    return last if last[0] else (0, 0)  # a wildcard that represents nothing is nothing in common


def _step(has: str, letter: str | Wild, reached: set[int]) -> set[int]:
    """Where in `has` one letter more of a glob can end."""
    if letter is Wild.RUN:
        return set(range(min(reached), len(has) + 1))
    fitting = (at for at in reached if at < len(has))
    return {at + 1 for at in fitting if letter is Wild.ONE or has[at] == letter}


def _words(has: str, wants: str, at: int, to: int) -> tuple[int, int]:
    """Go back to the beginning of the word in which two texts begin to differ."""
    if not (has[at : at + 1].isalnum() or wants[to : to + 1].isalnum()):
        return at, to
    while at and to and has[at - 1] == wants[to - 1] and has[at - 1].isalnum():
        at, to = at - 1, to - 1
    return at, to
