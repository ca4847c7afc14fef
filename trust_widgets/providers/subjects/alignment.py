"""What a pattern leaves open in each part of a template.

A template is a row of fixed texts and of parts. A `*` may run across several of them, so that a
pattern is laid along a template in every way there is: between two elements stands a place in the
pattern, and a place at a `*` may stand there again, because the `*` goes on. Along a fixed text the
places are those of `text/automaton.py`. Along a part they are found here, because what of the
pattern lies along it is checked as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trust_widgets.providers.subjects.parts import Part
from trust_widgets.text.glob_places import places_after
from trust_widgets.text.globs import is_exact, pattern_from_text, tidy, widest
from trust_widgets.text.tokens import tokens_of_pattern, tokens_of_text

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
    return LaidPattern(tidy(pattern)).along(template)


_Step = tuple[int, int, str]
"""Where an element begins and ends in a pattern, and what of the pattern lies along it."""


@dataclass(frozen=True, slots=True)
class _Node:
    """What the elements up to one leave open of a pattern; elements that follow are below it.

    Args:
        element: the last one. taken: its steps. places: where these end.
        below: by the ID of the next element, which is quicker than its hash. Each node keeps its
            element, so that no other one has its ID.
    """

    element: Element
    taken: list[_Step]
    places: tuple[int, ...]
    below: dict[str | int, _Node] = field(default_factory=dict)


class LaidPattern:
    """One pattern, laid along the elements that templates begin with: each of these once.

    Args:
        pattern: a tidy one.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._start = _Node("", [], (0,))
        # As the pattern is tidy, it has a token for each character.
        self._glob = tokens_of_pattern(pattern_from_text(pattern))
        head = pattern.removesuffix("*")
        # What comes before the only wildcard, a "*" at the end: the usual pattern.
        self._head = head if head != pattern and is_exact(head) else None
        self._known: dict[tuple[str | int, int], list[_Step]] = {}

    def along(self, template: Sequence[Element]) -> dict[str, tuple[str, ...]] | None:
        """What the pattern leaves open in each part of a template, as `align` has it."""
        steps = []
        node = self._start
        for element in template:
            node = self._after(node, element)
            if not node.taken:
                return None
            steps.append(node.taken)
        places = set()
        for place in node.places:
            if not self.pattern[place:].strip("*"):
                places.add(place)
        found: dict[str, tuple[str, ...]] = {}
        for element, taken in zip(reversed(template), reversed(steps), strict=True):
            right = [step for step in taken if step[1] in places]
            if isinstance(element, Part):
                texts = {element.narrowed(text): None for _, _, text in right}
                found[element.name] = ("*",) if "*" in texts else widest(texts)
            places = {at for at, _, _ in right}
        if not places:
            return None
        return dict(reversed(found.items()))

    def _after(self, node: _Node, element: Element) -> _Node:
        """The node of an element below another one."""
        key = element if isinstance(element, str) else id(element)
        found = node.below.get(key)
        if found is None:
            taken: list[_Step] = []
            for at in node.places:
                taken += self._steps(element, key, at)
            places = {to for _, to, _ in taken}
            found = _Node(element, taken, tuple(sorted(places)))
            node.below[key] = found
        return found

    def _steps(self, element: Element, key: str | int, at: int) -> list[_Step]:
        """The steps of an element from a place, whatever was before it."""
        found = self._known.get((key, at))
        if found is None:
            along = self._along_text if isinstance(element, str) else self._along_part
            found = [(at, *step) for step in along(element, at)]  # type: ignore[arg-type]
            self._known[key, at] = found
        return found

    def _along_text(self, text: str, at: int) -> Iterator[tuple[int, str]]:
        """Where a fixed text that begins at a place may end; nothing of the pattern is said about
        it.
        """
        if self._head is not None and at <= len(self._head):
            yield from self._along_text_with_head(self._head, text, at)
            return
        here = self.pattern[at : at + len(text)]
        if is_exact(here) and here != text:
            return  # the plain case, in which there is no need to go letter by letter
        if self.pattern[at:] == "*":
            yield from ((at, ""), (at + 1, ""))
            return
        yield from ((to, "") for to in places_after(self._glob, (at,), tokens_of_text(text)))

    @staticmethod
    def _along_text_with_head(head: str, text: str, at: int) -> Iterator[tuple[int, str]]:
        """The same for a pattern whose only wildcard is a "*" behind its head."""
        rest = head[at:]
        if text.startswith(rest):
            yield len(head), ""
            yield len(head) + 1, ""
        elif rest.startswith(text):
            yield at + len(text), ""

    def _along_part(self, part: Part, at: int) -> Iterator[tuple[int, str]]:
        """Where a part that begins at a place may end, and what of the pattern lies along it."""
        pattern, longest, fixed = self.pattern, part.longest, 0
        for to in range(at, len(pattern) + 1):
            fixed += to > at and pattern[to - 1] != "*"
            if fixed > longest or (to > at and not part.may_hold(pattern[to - 1])):
                return
            text = pattern[at:to] + ("*" if pattern[to : to + 1] == "*" else "")
            if part.admits(text):
                yield to, text
