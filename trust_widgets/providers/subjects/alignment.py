"""What a pattern leaves open in each part of a template.

A template is a row of fixed texts and of parts. A `*` may run across several of them, so that a
pattern is laid along a template in every way there is: between two elements stands a place in the
pattern, and a place at a `*` may stand there again, because the `*` goes on. Along a fixed text the
places are those of `text/automaton.py`. Along a part they are found here, because what of the
pattern lies along it is asked as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trust_widgets.providers.subjects.parts import Part
from trust_widgets.text.automaton import places_after
from trust_widgets.text.globs import is_exact, pattern_from_text, tidy, widest
from trust_widgets.text.tokens import Glob, tokens_of_pattern, tokens_of_text

Element = str | Part


def align(template: Sequence[Element], pattern: str) -> dict[str, tuple[str, ...]] | None:
    """For each part, the widest patterns that its values may fit; `None` when no such subject fits
    the pattern.

    Example:
        >>> owner = Part("owner", "{}", "any owner", "[a-z-]", "octo-org")
        >>> name = Part("name", "{}", "any name", "[a-z-]", "app")
        >>> align(("repo:", owner, "/", name), "repo:octo*") == {
        ...     "owner": ("octo*",),
        ...     "name": ("*",),
        ... }
        True
    """
    pattern = tidy(pattern)
    glob = tokens_of_pattern(
        pattern_from_text(pattern)
    )  # as tidy, it has a token for each character
    places, steps = {0}, []
    for element in template:
        if isinstance(element, str):
            steps.append(
                [
                    (at, *step)
                    for at in sorted(places)
                    for step in _along_text(element, pattern, glob, at)
                ]
            )
        else:
            steps.append(
                [(at, *step) for at in sorted(places) for step in _along_part(element, pattern, at)]
            )
        places = {to for _, to, _ in steps[-1]}
    places = {place for place in places if not pattern[place:].strip("*")}
    found: dict[str, tuple[str, ...]] = {}
    for element, taken in zip(reversed(template), reversed(steps), strict=True):
        taken = [step for step in taken if step[1] in places]
        if isinstance(element, Part):
            texts = {element.narrowed(text): None for _, _, text in taken}
            found[element.name] = ("*",) if "*" in texts else widest(texts)
        places = {at for at, _, _ in taken}
    return dict(reversed(found.items())) if places else None


def _along_text(text: str, pattern: str, glob: Glob, at: int) -> Iterator[tuple[int, str]]:
    """Where a fixed text that begins at a place may end; nothing of the pattern is told of it."""
    here = pattern[at : at + len(text)]
    if is_exact(here) and here != text:
        return  # the plain case, in which there is no need to go letter by letter
    yield from ((place, "") for place in places_after(glob, (at,), tokens_of_text(text)))


def _along_part(part: Part, pattern: str, at: int) -> Iterator[tuple[int, str]]:
    """Where a part that begins at a place may end, and what of the pattern lies along it."""
    fixed = 0
    for to in range(at, len(pattern) + 1):
        fixed += to > at and pattern[to - 1] != "*"
        if fixed > part.longest or (to > at and not part.may_hold(pattern[to - 1])):
            return
        text = pattern[at:to] + ("*" if pattern[to : to + 1] == "*" else "")
        if part.admits(text):
            yield to, text
