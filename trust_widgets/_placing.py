"""Which grant stands for which statements of a policy, and what differs between two states of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trust_widgets.grants import Grant, meaning
from trust_widgets.policy import Statement

Placed = tuple[Grant, tuple[Statement, ...]]
"""A grant with the statements that it has put into the text: none, while its answers are unfinished."""


def what_changed(before: dict[str, Any], now: dict[str, Any], name: str) -> str:
    """What an edit burst is about: the same text again, or the same answer of the same grant."""
    if name != "grants" or len(before["grants"]) != len(now["grants"]):
        return f"{name} {len(now['grants'])}"
    index = min(common_ends(before["grants"], now["grants"])[0], len(now["grants"]) - 1)
    old, new = before["grants"][index], now["grants"][index]
    answers = sorted(key for key in {*old.answers, *new.answers} if old.answers.get(key) != new.answers.get(key))
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
    """How many statements these grants stand for."""
    return sum(len(placed) for _, placed in pairs)


def common_ends(old: tuple[Grant, ...], new: tuple[Grant, ...]) -> tuple[int, int]:
    """How many grants at the beginning, and how many at the end, are equal in both."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    room = shorter - head
    tail = next((i for i in range(room) if old[-1 - i] != new[-1 - i]), room)
    return head, tail
