"""Two texts side by side, one of them perhaps a pattern, with what differs marked."""

from __future__ import annotations

from typing import NamedTuple

LONGEST = 400  # characters of a text in which wildcards are followed; in longer ones they are letters


class Marked(NamedTuple):
    """A text in three pieces: what it has in common with the other at both ends, and what differs between."""

    before: str
    differs: str
    after: str


def plain(text: str) -> Marked:
    """A text without a mark.

    Example:
        >>> plain("sts:AssumeRole")
        Marked(before='sts:AssumeRole', differs='', after='')
    """
    return Marked(text, "", "")


def marked(has: str, wants: str, wildcards: bool = False) -> tuple[Marked, Marked]:
    """What a call has and what a policy wants, each with the part marked in which they differ.

    A word is marked whole: half an account id says less than all of it.

    Args:
        has: the call's text. wants: the policy's. wildcards: whether `*` and `?` in it are wildcards.

    Example:
        >>> marked("repo:octo-org/app:environment:prod", "repo:octo*/app:ref:refs/heads/main", wildcards=True)[1]
        Marked(before='repo:octo*/app:', differs='ref:refs/heads/main', after='')
    """
    reads = wildcards and max(len(has), len(wants)) <= LONGEST
    head = _words(has, wants, *_common(has, wants, reads))
    rest, other = has[head[0] :], wants[head[1] :]
    tail = _words(rest[::-1], other[::-1], *_common(rest[::-1], other[::-1], reads))
    return _cut(has, head[0], tail[0]), _cut(wants, head[1], tail[1])


def closeness(pair: tuple[Marked, Marked]) -> int:
    """How many characters of the policy's text fit: the more, the nearer the miss."""
    return len(pair[1].before) + len(pair[1].after)


def _cut(text: str, head: int, tail: int) -> Marked:
    end = len(text) - tail
    return Marked(text[:head], text[head:end], text[end:])


def _common(has: str, wants: str, wildcards: bool) -> tuple[int, int]:
    """How far both texts fit each other from the start: the longest such beginning of `wants`."""
    reached, last = {0}, (0, 0)
    for index, letter in enumerate(wants):
        reached = _step(has, letter, reached, wildcards)
        if not reached:
            break
        last = (min(reached), index + 1)
    return last if last[0] else (0, 0)  # a wildcard that stands for nothing is nothing in common


def _step(has: str, letter: str, reached: set[int], wildcards: bool) -> set[int]:
    """Where in `has` one letter more of a pattern can end."""
    if wildcards and letter == "*":
        return set(range(min(reached), len(has) + 1))
    any_one = wildcards and letter == "?"
    return {at + 1 for at in reached if at < len(has) and (any_one or has[at] == letter)}


def _words(has: str, wants: str, at: int, to: int) -> tuple[int, int]:
    """Go back to the beginning of the word in which two texts begin to differ."""
    if not (has[at : at + 1].isalnum() or wants[to : to + 1].isalnum()):
        return at, to
    while at and to and has[at - 1] == wants[to - 1] and has[at - 1].isalnum():
        at, to = at - 1, to - 1
    return at, to
