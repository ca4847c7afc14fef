"""A text that some patterns admit and others do not, or the proof that there is none.

All patterns are one automaton, built as far as it is needed: a state is the set of places in the patterns where a
text may have arrived, one bit each in one number. Characters that no pattern tells apart are one letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from trust_widgets.text.budget import Budget
from trust_widgets.text.tokens import Tokens

# Letters for "any character that no pattern names", the likeliest first.
_FILLERS = (
    "xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_/.:@ =+,;!#%&~^'\"()<>|\\`$[]{}*?"
    + "".join(map(chr, range(0xA1, 0x180)))
)


class _Letter(NamedTuple):
    """Characters that no pattern tells apart: one of them, and the places that it moves on from or stays at."""

    char: str
    single: int
    loop: int


class _Part(NamedTuple):
    """One pattern's bits: all, that of its end, and how many characters each place still needs, from its first on."""

    first: int
    bits: int
    end: int
    needs: tuple[int, ...]


def member(all_of: Sequence[Sequence[Tokens]], none_of: Sequence[Tokens], budget: Budget) -> str | None:
    """A shortest text that one pattern of each group admits and no pattern of `none_of`; `None`: there is none.

    Args:
        all_of: groups of patterns.
        none_of: patterns that must not admit the text.
        budget: how many states may be expanded.

    Raises:
        Spent: when the budget is used up.

    Example:
        >>> from trust_widgets.text.tokens import tokens_of_pattern
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> wide, narrow = (tokens_of_pattern(pattern_from_text(text)) for text in ("octo*", "octo-*"))
        >>> member([[wide]], [narrow], Budget()), member([[narrow]], [wide], Budget())
        ('octo', None)
    """
    return _Automaton(all_of, none_of).search(budget)


class _Automaton:
    """The patterns side by side in one number."""

    def __init__(self, all_of: Sequence[Sequence[Tokens]], none_of: Sequence[Tokens]) -> None:
        patterns = [pattern for group in all_of for pattern in group] + list(none_of)
        self.start, self.loops, self.any_loops, self.doom = 0, 0, 0, 0
        self.below: dict[int, int] = {}  # a run of any characters -> the places before it in its pattern
        parts, self.parts_at = [], 0
        self.letters = _letters(patterns)
        for pattern in patterns:
            parts.append(self._lay(pattern))
        self.groups, at = [], 0
        for group in all_of:
            self.groups.append(parts[at : at + len(group)])
            at += len(group)
        self.group_bits = [sum(part.bits for part in group) for group in self.groups]
        self.group_ends = [sum(part.end for part in group) for group in self.groups]
        self.bad_ends = sum(part.end for part in parts[at:])
        self.doom = sum(self._doom_of(pattern, part) for pattern, part in zip(none_of, parts[at:], strict=True))

    def _lay(self, pattern: Tokens) -> _Part:
        """Give a pattern its bits."""
        first, size = self.parts_at, len(pattern) + 1
        self.parts_at += size
        bits = ((1 << size) - 1) << first
        for place, token in enumerate(pattern):
            if token.many:
                bit = 1 << (first + place)
                self.loops |= bit
                if all(letter.loop & bit for letter in self.letters):
                    self.any_loops |= bit
                    self.below[bit] = (bit - 1) & bits
        self.start |= 1 << first
        needs = [0]
        for token in reversed(pattern):
            needs.append(needs[-1] + (not token.many))
        return _Part(first, bits, 1 << (first + len(pattern)), tuple(reversed(needs)))

    def _doom_of(self, pattern: Tokens, part: _Part) -> int:
        """The place from which a pattern admits whatever follows."""
        bit = part.end >> 1
        return bit if pattern and bit & self.any_loops else 0

    def settle(self, state: int) -> int:
        """Pass over empty runs, and forget what a run of any characters makes needless: it admits all the same."""
        passing = state & self.loops
        while passing:
            passed = (passing << 1) & ~state
            state |= passed
            passing = passed & self.loops
        runs = state & self.any_loops
        while runs:
            bit = 1 << (runs.bit_length() - 1)
            below = self.below[bit]
            state &= ~below
            runs &= ~(below | bit)
        return state

    def need(self, state: int) -> int:
        """How many characters are missing at least; -1 when nothing that follows can help."""
        if state & self.doom:
            return -1
        most = 0
        for group, bits in zip(self.groups, self.group_bits, strict=True):
            if not state & bits:
                return -1
            most = max(most, min(_needs_of(state, part) for part in group if state & part.bits))
        return most

    def search(self, budget: Budget) -> str | None:
        """The states by what they still need, nearest first."""
        start = self.settle(self.start)
        need = self.need(start)
        order = count()
        seen: dict[int, tuple[int, str, int]] = {start: (0, "", 0)}
        waiting = [(need, next(order), 0, start)] if need >= 0 else []
        while waiting:
            _, _, length, state = heappop(waiting)
            if length > seen[state][2]:
                continue  # a shorter way to it was found meanwhile
            if self.accepts(state):
                return _text(seen, state)
            budget.spend()
            for letter in self.letters:
                then = self.settle(((state & letter.single) << 1) | (state & letter.loop))
                if then in seen and seen[then][2] <= length + 1:
                    continue
                if (need := self.need(then)) >= 0:
                    seen[then] = (state, letter.char, length + 1)
                    heappush(waiting, (length + 1 + need, next(order), length + 1, then))
        return None

    def accepts(self, state: int) -> bool:
        """Whether a text that has arrived here is a member."""
        return not state & self.bad_ends and all(state & ends for ends in self.group_ends)


def _needs_of(state: int, part: _Part) -> int:
    """From the furthest place: in a pattern, what is further on never needs more."""
    here = (state & part.bits) >> part.first
    return part.needs[here.bit_length() - 1]


def _text(seen: dict[int, tuple[int, str, int]], state: int) -> str:
    chars: list[str] = []
    while True:
        state, char, _ = seen[state]
        if not char:
            return "".join(reversed(chars))
        chars.append(char)


def _letters(patterns: Iterable[Tokens]) -> list[_Letter]:
    """One character for each way in which the patterns move."""
    found: dict[tuple[int, int], _Letter] = {}
    patterns = list(patterns)
    named = {char for pattern in patterns for token in pattern for char in token.chars.named}
    masks = _Masks(patterns)
    for char in sorted(named, key=_liking):
        single, loop = masks.of(char)
        found.setdefault((single, loop), _Letter(char, single, loop))
    other = next((char for char in _FILLERS if char not in named), None) or _beyond(named)
    single, loop = masks.of(other)
    if (single, loop) not in found:
        found[single, loop] = _Letter(other, single, loop)
    return list(found.values())


class _Masks:
    """For each character, the bits that it moves on from and those that it stays at."""

    def __init__(self, patterns: Sequence[Tokens]) -> None:
        self.rest = [0, 0]  # what a character that nobody names does
        self.named: dict[str, list[int]] = {}  # where a character differs from that
        at = 0
        for pattern in patterns:
            for token in pattern:
                bit = 1 << at
                at += 1
                if token.chars.others:
                    self.rest[token.many] |= bit
                for char in token.chars.named:
                    self.named.setdefault(char, [0, 0])[token.many] |= bit
            at += 1

    def of(self, char: str) -> tuple[int, int]:
        single, loop = self.named.get(char, (0, 0))
        return self.rest[0] ^ single, self.rest[1] ^ loop


def _beyond(named: set[str]) -> str:
    return next(chr(code) for code in range(0x180, 0x110000) if chr(code) not in named)


def _liking(char: str) -> tuple[int, str]:
    """Letters first: they make the likeliest names."""
    place = _FILLERS.find(char)
    return (place if place >= 0 else len(_FILLERS), char)
