"""Automata: what globs admit together, and what one admits that others do not.

The tokens of a glob are an automaton as they stand. Its places are the gaps between the tokens; a
token for one character leads to the next place, and a token for a run may be passed over or stayed
at. The three tokens of `a*b` have four places:

              a          *          b
    place 0 ----> 1 ----------> 2 ----> 3, the end
                      |   ^
                      +---+  any character: stay

One may stand at several places at once. Before the first character of "ab" that is place 0; after
"a" it is 1 and 2, because the run may be over already; after "ab" it is 1, 2 and 3. The end is
among them, so "ab" is admitted.

- `places_after` reads a text, or another glob, and tells the places (`covers`; how a pattern lies
  along the parts of a subject; whether some path in a role's ARN would fit).
- `member` finds a shortest text in the intersection of some globs without some others, or shows
  that there is none. It puts the places of all globs into one state and tries the states, nearest
  to the end first. Of `a*` without `a*b`: after "a" the first glob is at its end and the second is
  not, so that "a" is the answer. Each state that is tried is taken from a budget.

Characters that no glob tells apart are tried once. `member` keeps a state as one number with a bit
for each place, because the search passes through many of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from trust_widgets.text.budget import Budget
from trust_widgets.text.tokens import Glob, GlobItem, is_within

# Letters for "any character that no pattern names", the likeliest first.
_FILLERS = (
    "xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_/.:@"
    " =+,;!#%&~^'\"()<>|\\`$[]{}*?" + "".join(map(chr, range(0xA1, 0x180)))
)


def places_after(glob: Glob, places: Iterable[int], letters: Glob) -> set[int]:
    """The places in a glob at which one may stand after some letters; none if they do not fit.

    Args:
        glob: its place 0 is before the first token, its end is `len(glob)`.
        places: where one stands before the first letter.
        letters: a text as tokens; or another glob, and then the places are right for each text that
            it admits.

    Example:
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> from trust_widgets.text.tokens import tokens_of_pattern, tokens_of_text
        >>> glob = tokens_of_pattern(pattern_from_text("a*b"))
        >>> sorted(places_after(glob, [0], tokens_of_text("a")))
        [1, 2]
        >>> sorted(places_after(glob, [0], tokens_of_text("ab")))
        [1, 2, 3]
    """
    here = _past_runs(glob, places)
    for letter in letters:
        here = _past_runs(glob, _moved(glob, here, letter))
        if not here:
            break
    return here


def _past_runs(glob: Glob, places: Iterable[int]) -> set[int]:
    """The places, and those after each run that takes no more characters."""
    reached = set(places)
    for place in list(reached):
        while place < len(glob) and glob[place].many:
            place += 1
            reached.add(place)
    return reached


def _moved(glob: Glob, places: Iterable[int], letter: GlobItem) -> Iterator[int]:
    """The places one letter further; a run of letters fits nothing but a run."""
    for place in places:
        if place == len(glob):
            continue
        token = glob[place]
        if (token.many or not letter.many) and is_within(letter.chars, token.chars):
            yield place if token.many else place + 1


def covers(wide: Glob, narrow: Glob) -> bool:
    """True if each text of `narrow` is surely one of `wide`.

    False may also mean that this search is too short.

    Each token of the narrow one is taken as a letter: what follows is right for every text that it
    stands for.

    Example:
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> from trust_widgets.text.tokens import tokens_of_pattern
        >>> wide, narrow = map(tokens_of_pattern, map(pattern_from_text, ("repo:*", "repo:o/*")))
        >>> covers(wide, narrow), covers(narrow, wide)
        (True, False)
    """
    return len(wide) in places_after(wide, (0,), narrow)


class _Letter(NamedTuple):
    """One of the characters that no pattern tells apart, with the places it moves on from."""

    char: str
    single: int
    loop: int


class _Part(NamedTuple):
    """One pattern's bits: all, its end, and how many characters each place still needs."""

    first: int
    bits: int
    end: int
    needs: tuple[int, ...]


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
    return _Automaton(all_of, none_of).search(budget)


class _Automaton:
    """The patterns side by side in one number."""

    def __init__(self, all_of: Sequence[Sequence[Glob]], none_of: Sequence[Glob]) -> None:
        patterns = [pattern for group in all_of for pattern in group] + list(none_of)
        self.start, self.loops, self.any_loops, self.doom = 0, 0, 0, 0
        # A run of any characters -> the places before it in its pattern.
        self.below: dict[int, int] = {}
        self.parts_at = 0
        self.letters = _letters(patterns)
        parts = [self._lay(pattern) for pattern in patterns]
        self.groups: list[list[_Part]] = []
        self.group_bits: list[int] = []
        self.group_ends: list[int] = []
        at = 0
        for group in all_of:
            members = parts[at : at + len(group)]
            at += len(group)
            self.groups.append(members)
            self.group_bits.append(sum(part.bits for part in members))
            self.group_ends.append(sum(part.end for part in members))
        self.bad_ends = sum(part.end for part in parts[at:])
        self.doom = sum(
            self._doom_of(pattern, part) for pattern, part in zip(none_of, parts[at:], strict=True)
        )

    def _lay(self, pattern: Glob) -> _Part:
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
            needs.append(needs[-1] if token.many else needs[-1] + 1)
        return _Part(first, bits, 1 << (first + len(pattern)), tuple(reversed(needs)))

    def _doom_of(self, pattern: Glob, part: _Part) -> int:
        """The place from which a pattern admits whatever follows."""
        bit = part.end >> 1
        return bit if pattern and bit & self.any_loops else 0

    def settle(self, state: int) -> int:
        """Pass over empty runs, and drop places that a run of any characters covers."""
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


def _letters(patterns: Iterable[Glob]) -> list[_Letter]:
    """One character for each way in which the patterns move."""
    found: dict[tuple[int, int], _Letter] = {}
    patterns = list(patterns)
    named: set[str] = set()
    for pattern in patterns:
        for token in pattern:
            named |= token.chars.named
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

    def __init__(self, patterns: Sequence[Glob]) -> None:
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
