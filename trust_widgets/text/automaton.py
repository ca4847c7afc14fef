"""A shortest text that some globs admit together and others do not, or that there is none.

`glob_places` says what the places of a glob are. `member` puts the places of all globs into one
state and tries the states, nearest to the end first. Of `a*` without `a*b`: after "a" the first
glob is at its end and the second is not, so that "a" is the answer. Each state that is tried counts
against a budget.

Characters that all globs treat alike are tried once. `member` keeps a state as one number with a
bit for each place, because the search passes through many of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import accumulate, count
from typing import NamedTuple

from trust_widgets.text.budget import Budget
from trust_widgets.text.tokens import Glob

# Letters for "any character that no pattern names", the likeliest first.
_FILLERS = (
    "xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_/.:@"
    " =+,;!#%&~^'\"()<>|\\`$[]{}*?" + "".join(map(chr, range(0xA1, 0x180)))
)


class _Letter(NamedTuple):
    """One of the characters that all patterns treat alike, with the places it moves on from."""

    char: str
    single: int
    loop: int


class _Group(NamedTuple):
    """Patterns of which one has to admit the text.

    Args:
        bits, ends: their places, and their ends.
        within: sets of places that grow up to all of them, each with the number of characters that
            are missing at least where a state is in it, and not in the set before.
    """

    bits: int
    ends: int
    within: tuple[tuple[int, int], ...]

    def need(self, state: int) -> int:
        """How many characters are missing at least, in a state with one of its places."""
        low, high = 0, len(self.within) - 1
        while low < high:
            middle = (low + high) // 2
            if state & self.within[middle][1]:
                low, high = (low, middle)
            else:
                low, high = (middle + 1, high)
        return self.within[low][0]


def member(all_of: Sequence[Sequence[Glob]], none_of: Sequence[Glob], budget: Budget) -> str | None:
    """Return a shortest text in one pattern of each group and in none of `none_of`.

    None: there is no such text.

    Args:
        all_of: groups of patterns.
        none_of: patterns that must not admit the text.
        budget: how many states may be expanded.

    Raises:
        Spent: when the budget is used up.

    Example:
        >>> from trust_widgets.text.tokens import tokens_of_pattern
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> wide, narrow = map(tokens_of_pattern, map(pattern_from_text, ("octo*", "octo-*")))
        >>> member([[wide]], [narrow], Budget()), member([[narrow]], [wide], Budget())
        ('octo', None)
    """
    size = sum(len(pattern) + 1 for group in (*all_of, none_of) for pattern in group)
    budget.work(size)
    return _Automaton(all_of, none_of).search(budget)


class _Automaton:
    """The patterns side by side in one number.

    Attributes:
        size: how many places there are.
        extra: how many runs were passed over so far.
    """

    def __init__(self, all_of: Sequence[Sequence[Glob]], none_of: Sequence[Glob]) -> None:
        patterns = [pattern for group in all_of for pattern in group] + list(none_of)
        self.firsts = list(accumulate((len(pattern) + 1 for pattern in patterns), initial=0))
        self.size = self.firsts.pop()
        self.extra = 0
        self.start = _bits(self.firsts, self.size)
        self.letters = _letters(patterns, self.size)
        runs = [
            first + place
            for first, pattern in zip(self.firsts, patterns, strict=True)
            for place, token in enumerate(pattern)
            if token.many
        ]
        self.loops = self.any_loops = _bits(runs, self.size)
        for letter in self.letters:
            self.any_loops &= letter.loop
        self.groups: list[_Group] = []
        at = 0
        for group in all_of:
            self.groups.append(self._group(group, self.firsts[at : at + len(group)]))
            at += len(group)
        refused = list(zip(none_of, self.firsts[at:], strict=True))
        ends = [first + len(pattern) for pattern, first in refused]
        self.bad_ends = _bits(ends, self.size)
        # From the place before a run of any characters at its end, a pattern admits what follows.
        last = [end - 1 for end, (pattern, _) in zip(ends, refused, strict=True) if pattern]
        self.doom = _bits(last, self.size) & self.any_loops

    def _group(self, group: Sequence[Glob], firsts: Sequence[int]) -> _Group:
        ends = [first + len(pattern) for pattern, first in zip(group, firsts, strict=True)]
        by_need: dict[int, list[int]] = {}
        for pattern, end in zip(group, ends, strict=True):
            need = 0
            by_need.setdefault(0, []).append(end)
            for before, token in enumerate(reversed(pattern), start=1):
                need += not token.many
                by_need.setdefault(need, []).append(end - before)
        within, places = [], 0
        needs = sorted(by_need)
        step = 1 + len(needs) * self.size // _MOST_BITS
        for number in range(0, len(needs), step):
            some = needs[number : number + step]
            places |= _bits([place for need in some for place in by_need[need]], self.size)
            within.append((some[0], places))
        return _Group(places, _bits(ends, self.size), tuple(within))

    def settle(self, state: int) -> int:
        """Pass over empty runs, and drop places that a run of any characters covers."""
        passing = state & self.loops
        while passing:
            passed = (passing << 1) & ~state
            state |= passed
            passing = passed & self.loops
        runs = state & self.any_loops
        while runs:
            self.extra += 1
            place = runs.bit_length() - 1
            below = (1 << place) - (1 << self.firsts[bisect_right(self.firsts, place) - 1])
            state &= ~below
            runs &= ~(below | 1 << place)
        return state

    def need(self, state: int) -> int:
        """How many characters are missing at least; -1 when nothing that follows can help."""
        if state & self.doom:
            return -1
        most = 0
        for group in self.groups:
            if not state & group.bits:
                return -1
            most = max(most, group.need(state))
        return most

    def search(self, budget: Budget) -> str | None:
        """The states by what they still need, nearest first."""
        start = self.settle(self.start)
        need = self.need(start)
        order = count()
        seen: dict[int, tuple[int, str, int]] = {start: (0, "", 0)}
        if need >= 0:
            waiting = [(need, next(order), 0, start)]
        else:
            waiting = []
        # Of many places a state takes longer, and more room.
        cost = 1 + (self.size * len(self.letters) >> _LARGE)
        while waiting:
            _, _, length, state = heappop(waiting)
            if length > seen[state][2]:
                continue  # a shorter way to it was found meanwhile
            if self.accepts(state):
                return _text(seen, state)
            budget.spend(cost)
            for letter in self.letters:
                then = self.settle(((state & letter.single) << 1) | (state & letter.loop))
                if then in seen and seen[then][2] <= length + 1:
                    continue
                if (need := self.need(then)) >= 0:
                    seen[then] = (state, letter.char, length + 1)
                    heappush(waiting, (length + 1 + need, next(order), length + 1, then))
            self._pay_for_runs(budget)
        return None

    def _pay_for_runs(self, budget: Budget) -> None:
        """Count the runs that were passed over, which are many only where there are many
        patterns.
        """
        budget.work(self.extra * (1 + (self.size >> _WORD)))
        self.extra = 0

    def accepts(self, state: int) -> bool:
        """Whether a text that has arrived here is a member."""
        return not state & self.bad_ends and all(state & group.ends for group in self.groups)


_MOST_BITS = 1 << 23  # in what is kept for the needs of a group: a megabyte
_LARGE, _WORD = 17, 12


def _bits(places: Iterable[int], size: int) -> int:
    """Places as one number, in time that grows with their number and the size alone."""
    found = bytearray((size >> 3) + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def _text(seen: dict[int, tuple[int, str, int]], state: int) -> str:
    chars: list[str] = []
    while True:
        state, char, _ = seen[state]
        if not char:
            return "".join(reversed(chars))
        chars.append(char)


def _letters(patterns: Iterable[Glob], size: int) -> list[_Letter]:
    """One character for each way in which the patterns move."""
    found: dict[tuple[int, int], _Letter] = {}
    masks = _Masks(patterns, size)
    named = set(masks.named)
    for char in sorted(named, key=_liking):
        single, loop = masks.of(char)
        found.setdefault((single, loop), _Letter(char, single, loop))
    other = next((char for char in _FILLERS if char not in named), None) or _beyond(named)
    single, loop = masks.of(other)
    if (single, loop) not in found:
        found[single, loop] = _Letter(other, single, loop)
    return list(found.values())


class _Masks:
    """For each character, the places that it moves on from and those that it stays at."""

    def __init__(self, patterns: Iterable[Glob], size: int) -> None:
        self.size = size
        # Where a character differs from one that nobody names.
        self.named: dict[str, tuple[list[int], list[int]]] = {}
        rest: tuple[list[int], list[int]] = ([], [])
        place = 0
        for pattern in patterns:
            for (chars, others), many in pattern:
                if others:
                    rest[many].append(place)
                for char in chars:
                    if char not in self.named:
                        self.named[char] = ([], [])
                    self.named[char][many].append(place)
                place += 1
            place += 1
        self.rest = _bits(rest[0], size), _bits(rest[1], size)

    def of(self, char: str) -> tuple[int, int]:
        single, loop = self.named.get(char, ((), ()))
        return self.rest[0] ^ _bits(single, self.size), self.rest[1] ^ _bits(loop, self.size)


def _beyond(named: set[str]) -> str:
    return next(chr(code) for code in range(0x180, 0x110000) if chr(code) not in named)


def _liking(char: str) -> tuple[int, str]:
    """Letters first: they make the likeliest names."""
    place = _FILLERS.find(char)
    return (place if place >= 0 else len(_FILLERS), char)
