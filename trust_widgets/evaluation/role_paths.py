"""The path of a role, which its session's ARN does not tell.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
"""

from __future__ import annotations

from functools import lru_cache

from trust_widgets.aws.arns import parts_of_pattern
from trust_widgets.text.globs import Pattern, Wild, matcher_from_pattern, text_from_pattern


class WithoutPath(str):
    """The ARN of a session's role, written without the path that nobody told us."""

    __slots__ = ()


@lru_cache(maxsize=1024)
def asks_for_a_path(base: str, pattern: Pattern, arn: str) -> bool:
    """Whether a value of a policy asks for a path with which it would fit a role's ARN.

    A value with no slash behind `role/` is taken to ask for names: most roles have no path.

    Args:
        base: the operator. pattern: the value, as the operator reads it. arn: of the role, without its path.

    Example:
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> team = pattern_from_text("arn:aws:iam::111122223333:role/team/*")
        >>> asks_for_a_path("ArnLike", team, "arn:aws:iam::111122223333:role/app")
        True
    """
    if text_from_pattern(pattern).count("/") < 2:
        return False
    before, _, name = arn.partition("/")
    if base.endswith("IgnoreCase"):
        pattern, before, name = (text_from_pattern(pattern).lower(),), before.lower(), name.lower()
    if base.startswith("Arn"):
        parts = parts_of_pattern(pattern)
        values = before.split(":")
        if parts is None or not all(matcher_from_pattern(p)(v) for p, v in zip(parts[:5], values, strict=False)):
            return False
        pattern, before = parts[5], values[5]
    return base.startswith(("Arn", "String")) and _fits_between(pattern, f"{before}/", f"/{name}")


def _fits_between(pattern: Pattern, before: str, after: str) -> bool:
    """Whether a pattern fits some text that begins and ends so."""
    letters = tuple(letter for part in pattern for letter in (part if isinstance(part, str) else (part,)))
    begun = _places(letters, {0}, before)
    if not begun:
        return False
    return len(letters) in _places(letters, set(range(min(begun), len(letters) + 1)), after)


def _places(letters: tuple[str | Wild, ...], places: set[int], text: str) -> set[int]:
    """Where in a pattern one may stand behind a text, from some places on."""
    places = _past_runs(letters, places)
    for char in text:
        taken = {at for at in places if at < len(letters) and letters[at] in (Wild.RUN, Wild.ONE, char)}
        places = _past_runs(letters, {at if letters[at] is Wild.RUN else at + 1 for at in taken})
    return places


def _past_runs(letters: tuple[str | Wild, ...], places: set[int]) -> set[int]:
    found = set(places)
    for at in places:
        while at < len(letters) and letters[at] is Wild.RUN:
            at += 1
            found.add(at)
    return found
