"""Which grant represents which statements of a policy, and what differs between two states."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

from trust_widgets.model.grant_reading import meaning
from trust_widgets.model.grants import Grant
from trust_widgets.policy import Statement

Statements = tuple[Statement, ...]
Placed = tuple[Grant, Statements]
"""A grant with its statements in the text: none, while its answers are unfinished."""


class RemainingGrants(NamedTuple):
    """What stays of a document's grants when its text changes.

    Args:
        head, tail: the grants whose statements begin and end the new text as they did the old one.
        waiting: those between them that have put nothing into the text yet.
        between: the statements that have to be read.
    """

    head: tuple[Placed, ...]
    tail: tuple[Placed, ...]
    waiting: tuple[Placed, ...]
    between: Statements

    @property
    def names_account(self) -> bool:
        """Whether statements that stay name the account that the role lives in."""
        return any(placed and grant.needs_account for grant, placed in (*self.head, *self.tail))


def remaining_grants(old: tuple[Placed, ...], statements: Statements) -> RemainingGrants:
    """What stays of some grants now that the text says these statements."""
    head = unchanged(old, statements)
    statements = statements[count(head) :]
    old = old[len(head) :]
    tail = unchanged(old[::-1], statements[::-1])[::-1]
    old = old[: len(old) - len(tail)]
    waiting = tuple(pair for pair in old if not pair[1])
    return RemainingGrants(head, tail, waiting, statements[: len(statements) - count(tail)])


def followed(
    old: tuple[Grant, ...], new: tuple[Grant, ...], placed: tuple[Statements, ...]
) -> tuple[Statements, ...]:
    """What each of the new grants has in the text already, given what each of the old ones has."""
    if len(old) == len(new):
        return placed
    head, tail = common_ends(old, new)
    nothing: list[Statements] = [()] * (len(new) - head - tail)
    return (*placed[:head], *nothing, *placed[len(old) - tail :])


def are_kept(old: tuple[Grant, ...], new: tuple[Grant, ...]) -> tuple[bool, ...]:
    """Return of each of the new grants whether it is one of the old ones, unchanged."""
    if len(old) == len(new):
        return tuple(before == now for before, now in zip(old, new, strict=True))
    head, tail = common_ends(old, new)
    return (*[True] * head, *[False] * (len(new) - head - tail), *[True] * tail)


def edits(
    old: tuple[Grant, ...],
    new: tuple[Grant, ...],
    placed: tuple[Statements, ...],
    after: Sequence[Statements],
) -> Iterator[tuple[int, int, Statements]]:
    """Which statements of the text, from and to, give way to which others; the last ones first.

    Args:
        old, new: the grants before and after. placed: what the old ones have in the text.
        after: what the new ones are to have there; the same object where nothing changes.
    """
    at = [0, *accumulate(map(len, placed))]
    if len(old) != len(new):
        head, tail = common_ends(old, new)
        further = len(new) - len(old)
        # A grant that stays can say something new too: one that waited until the role's account was
        # known.
        yield from _rewritten(range(len(old) - tail, len(old)), at, placed, after, further)
        yield at[head], at[len(old) - tail], tuple(chain(*after[head : len(new) - tail]))
        yield from _rewritten(range(head), at, placed, after, 0)
        return
    yield from _rewritten(range(len(new)), at, placed, after, 0)


def _rewritten(
    indexes: range,
    at: Sequence[int],
    placed: Sequence[Statements],
    after: Sequence[Statements],
    further: int,
) -> Iterator[tuple[int, int, Statements]]:
    """The statements of old grants that say something new, the last ones first.

    Args:
        indexes: of the old grants.
        at: where each old grant's statements begin in the text.
        placed, after: what the old grants have in the text, and what the new ones are to have
            there.
        further: how much further back a grant is among the new ones.
    """
    for index in reversed(indexes):
        new = after[index + further]
        if new is not placed[index]:
            yield at[index], at[index + 1], new


def what_changed(before: dict[str, Any], now: dict[str, Any], name: str) -> str:
    """What an edit burst is about: the same text again, or the same answer of the same grant."""
    if name != "grants" or len(before["grants"]) != len(now["grants"]):
        return f"{name} {len(now['grants'])}"
    head, _ = common_ends(before["grants"], now["grants"])
    index = min(head, len(now["grants"]) - 1)
    old, new = before["grants"][index].answers, now["grants"][index].answers
    answers = [key for key in sorted({*old, *new}) if old.get(key) != new.get(key)]
    return f"grant {index} {answers}"


def unchanged(old: tuple[Placed, ...], statements: tuple[Statement, ...]) -> tuple[Placed, ...]:
    """The leading grants whose statements lead `statements` too."""
    kept = []
    at = 0
    for grant, placed in old:
        here = statements[at : at + len(placed)]
        if said(here) != said(placed):
            break
        kept.append((grant, here))
        at += len(placed)
    return tuple(kept)


def said(statements: tuple[Statement, ...]) -> list[Any]:
    """What statements say, their names included, however they are written."""
    return [(statement.sid, meaning(statement)) for statement in statements]


def count(pairs: Sequence[Placed]) -> int:
    """How many statements these grants represent."""
    return sum(len(placed) for _, placed in pairs)


def common_ends(old: tuple[Grant, ...], new: tuple[Grant, ...]) -> tuple[int, int]:
    """How many grants at the beginning, and how many at the end, stay as they are.

    Those that are the same objects stay. Two unfinished grants may be equal, and represent
    different statements: where objects do not decide which of them stays, equal ones do.
    """
    shorter = min(len(old), len(new))
    head, tail = _ends(old, new, operator.is_)
    if head + tail == shorter:
        return head, tail
    return _ends(old, new, operator.eq)


def _ends(
    old: tuple[Grant, ...], new: tuple[Grant, ...], alike: Callable[[Grant, Grant], bool]
) -> tuple[int, int]:
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if not alike(old[i], new[i])), shorter)
    room = shorter - head
    tail = next((i for i in range(room) if not alike(old[-1 - i], new[-1 - i])), room)
    return head, tail
