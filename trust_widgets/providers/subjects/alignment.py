"""What a pattern leaves open in each part of a template.

A template is a row of fixed texts and of parts. A `*` may run across several of them, so that a pattern is laid
along a template in every way there is: between two elements stands a place in the pattern, and a place at a `*`
may stand there again, because the `*` goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trust_widgets.providers.subjects.parts import Part
from trust_widgets.text.globs import widest

Element = str | Part


def align(template: Sequence[Element], pattern: str) -> dict[str, tuple[str, ...]] | None:
    """For each part, the widest patterns that its values may fit; `None` when no such subject fits the pattern.

    Example:
        >>> owner = Part("owner", "{}", "any owner", "[a-z-]", "octo-org")
        >>> name = Part("name", "{}", "any name", "[a-z-]", "app")
        >>> align(("repo:", owner, "/", name), "repo:octo*") == {"owner": ("octo*",), "name": ("*",)}
        True
    """
    places, steps = {0}, []
    for element in template:
        steps.append([(at, *step) for at in sorted(places) for step in _steps(element, pattern, at)])
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


def _steps(element: Element, pattern: str, at: int) -> Iterator[tuple[int, str]]:
    """Where an element that begins at a place may end, and what of the pattern lies along it."""
    if isinstance(element, str):
        yield from ((place, "") for place in _after(element, pattern, at))
        return
    fixed = 0
    for to in range(at, len(pattern) + 1):
        fixed += to > at and pattern[to - 1] != "*"
        if fixed > element.longest or (to > at and not element.may_hold(pattern[to - 1])):
            return
        text = pattern[at:to] + ("*" if pattern[to : to + 1] == "*" else "")
        if element.admits(text):
            yield to, text


def _after(text: str, pattern: str, at: int) -> set[int]:
    """The places behind a fixed text."""
    places = _with_stars_left(pattern, {at})
    for char in text:
        taken = {place for place in places if pattern[place : place + 1] in ("*", "?", char)}
        moved = {place if pattern[place] == "*" else place + 1 for place in taken}
        places = _with_stars_left(pattern, moved)
    return places


def _with_stars_left(pattern: str, places: set[int]) -> set[int]:
    """The places, and those behind a `*` that takes nothing more."""
    found = set(places)
    for place in places:
        while pattern[place : place + 1] == "*":
            place += 1
            found.add(place)
    return found
