"""Codes under which a pitfall was reported before, so that links and acceptances stay good.

A changed verdict needs a code of the new hundred, and a code is never used again. The pitfall that
has the new code names the old one in `Pitfall.former_codes`; nothing else has to be changed. The
old code's page then names the new one, and an acceptance of the old code counts for the new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class FormerCode:
    """A code under which some or all findings of a pitfall were reported before.

    It is retired if no pitfall has it now. If one has it, only some of its findings were moved.

    Args:
        code: the old code.
        title: what the old code was about, in a few words.
        why: why the code changed, in one sentence.
    """

    code: str
    title: str
    why: str


class _Replacement(Protocol):
    """What has a code and former ones: a pitfall."""

    @property
    def code(self) -> str: ...
    @property
    def former_codes(self) -> tuple[FormerCode, ...]: ...


@dataclass(frozen=True, slots=True)
class Moved:
    """The move of findings from one code to another.

    Args:
        former: the old code, with the reason.
        code: the new code.
    """

    former: FormerCode
    code: str


def moved_codes(pitfalls: Iterable[_Replacement]) -> dict[str, list[Moved]]:
    """Each old code with its moves, both in the order of codes."""
    moves: dict[str, list[Moved]] = {}
    for pitfall in sorted(pitfalls, key=lambda pitfall: pitfall.code):
        for former in pitfall.former_codes:
            moves.setdefault(former.code, []).append(Moved(former, pitfall.code))
    return dict(sorted(moves.items()))


def note_on_former_code(old: str, new: str) -> str:
    """The note on an acceptance that names an old code.

    Example:
        >>> note_on_former_code("TP418", "TP240")
        'Accepted as TP418, which is TP240 now. Write TP240 in the acceptance.'
    """
    return f"Accepted as {old}, which is {new} now. Write {new} in the acceptance."
