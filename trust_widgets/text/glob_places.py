"""The places of a glob at which a match may be while a text is read.

The tokens of a glob are an automaton as written. Its places are the gaps between the tokens; a
token for one character leads to the next place, and a token for a run may be passed over or stayed
at. The three tokens of `a*b` have four places:

              a          *          b
    place 0 ----> 1 ----------> 2 ----> 3, the end
                      |   ^
                      +---+  any character: stay

A match may be at several places at once. Before the first character of "ab" that is place 0; after
"a" it is 1 and 2, because the run may be over already; after "ab" it is 1, 2 and 3. The end is
among them, so "ab" is admitted.

`places_after` reads a text, or another glob, and returns the places: for `covers`, for how a
pattern lies along the parts of a subject, and for whether some path in a role's ARN would fit. A
search over several globs at once is in `automaton`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.text.tokens import Glob, GlobItem, is_within


def places_after(glob: Glob, places: Iterable[int], letters: Glob) -> set[int]:
    """The places in a glob at which a match may be after some characters; none if they do not fit.

    Args:
        glob: its place 0 is before the first token, its end is `len(glob)`.
        places: where the match is before the first character.
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

    Each token of the narrow one is read as a letter: what follows is right for every text that it
    represents.

    Example:
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> from trust_widgets.text.tokens import tokens_of_pattern
        >>> wide, narrow = map(tokens_of_pattern, map(pattern_from_text, ("repo:*", "repo:o/*")))
        >>> covers(wide, narrow), covers(narrow, wide)
        (True, False)
    """
    return len(wide) in places_after(wide, (0,), narrow)
