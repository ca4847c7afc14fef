"""Sets of texts as globs: characters and runs of characters, each out of a class of characters.

A value of a policy and the form that AWS gives to an account ID are all written so. A glob of
`text/globs.py` is such a set as well, whose wildcards may be kept from some characters: `*` never
passes a colon in an ARN. What admits what is found by `text/automaton.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from trust_widgets.text.globs import Pattern, Wild


class CharClass(NamedTuple):
    """A set of characters: those that are named, or all others."""

    named: frozenset[str]
    others: bool = False

    def has(self, char: str) -> bool:
        """Whether a character is in the set."""
        return (char in self.named) != self.others


class GlobItem(NamedTuple):
    """One character out of a set, or (`many`) a run of them, which may be empty."""

    chars: CharClass
    many: bool = False


Glob: TypeAlias = "tuple[GlobItem, ...]"

ANY = CharClass(frozenset(), others=True)
NO_COLON = CharClass(frozenset(":"), others=True)


@lru_cache(maxsize=4096)
def tokens_of_text(text: str, fold: bool = False) -> Glob:
    """A text as tokens; with `fold`, in any case.

    Example:
        >>> len(tokens_of_text("octo"))
        4
    """
    return tuple([_token_of(char, fold) for char in text])


def _token_of(char: str, fold: bool) -> GlobItem:
    """One character as a token; mostly the same one each time, so that long texts take little
    room.
    """
    tokens = _FOLDED if fold else _EXACT
    return tokens.get(char) or _new_token(char, fold)


def _new_token(char: str, fold: bool) -> GlobItem:
    return GlobItem(CharClass(_cases(char) if fold else frozenset(char)))


def _cases(char: str) -> frozenset[str]:
    """A character in all its cases: what has the same lower-case letter."""
    return frozenset(
        c for c in (char, char.lower(), char.upper()) if c.lower() == char.lower() and len(c) == 1
    )


# Of the characters that a policy may have.
_POLICY_CHARACTERS = tuple(map(chr, range(256)))
_EXACT = {char: _new_token(char, fold=False) for char in _POLICY_CHARACTERS}
_FOLDED = {char: _new_token(char, fold=True) for char in _POLICY_CHARACTERS}


def tokens_of_pattern(pattern: Pattern, inside: CharClass = ANY) -> Glob:
    """A pattern as tokens; its wildcards represent characters `inside` a set.

    Example:
        >>> [token.many for token in tokens_of_pattern(("a", Wild.RUN))]
        [False, True]
    """
    found: list[GlobItem] = []
    for part in pattern:
        if isinstance(part, str):
            found.extend(tokens_of_text(part))
        elif part is Wild.ONE:
            found.append(GlobItem(inside))
        elif not (found and found[-1] == GlobItem(inside, True)):
            found.append(GlobItem(inside, True))
    return tuple(found)


def without(tokens: Glob, char: str) -> Glob:
    """The texts of a set that do not contain a character.

    Example:
        >>> admits(without((GlobItem(ANY, True),), "/"), "a/b")
        False
    """
    return tuple(
        GlobItem(_but(item.chars, char), item.many) if item.chars.has(char) else item
        for item in tokens
    )


def _but(chars: CharClass, char: str) -> CharClass:
    """A set without a character that is in it."""
    if chars.others:
        return CharClass(chars.named | {char}, True)
    return CharClass(chars.named - {char})


_FORM = re.compile(r"\[(?P<not>\^?)(?P<chars>[^]]+)\](?P<many>[*]?)|(?P<char>.)", re.DOTALL)


@lru_cache(maxsize=256)
def tokens_of_form(form: str) -> Glob:
    """The form of a kind of value: texts, `[0-9]` for one character and `[a-z]*` for a run.

    Example:
        >>> len(tokens_of_form("o-[a-z0-9][a-z0-9]*"))
        4
    """
    found = []
    for match in _FORM.finditer(form):
        named = match["char"] or "".join(_spread(match["chars"]))
        found.append(GlobItem(CharClass(frozenset(named), bool(match["not"])), bool(match["many"])))
    return tuple(found)


def _spread(chars: str) -> list[str]:
    """`a-c` as a, b, c."""
    found = []
    for first, last, one in re.findall(r"(.)-(.)|(.)", chars, re.DOTALL):
        found.append(one or "".join(map(chr, range(ord(first), ord(last) + 1))))
    return found


def admits(tokens: Glob, text: str) -> bool:
    """Whether a text is in the set.

    Example:
        >>> form = tokens_of_form("o-[a-z0-9]*")
        >>> admits(form, "o-a1b2"), admits(form, "o-A")
        (True, False)
    """
    head, rest = _head_and_rest(tokens)
    return text.startswith(head) and rest.fullmatch(text, len(head)) is not None


def head_of(tokens: Glob) -> str:
    """What each text of a set begins with, as far as it is written letter by letter.

    Example:
        >>> head_of(tokens_of_form("arn:[a-z]*:x"))
        'arn:'
    """
    head: list[str] = []
    for (named, others), many in tokens:
        if many or others or len(named) != 1:
            break
        head.extend(named)
    return "".join(head)


@lru_cache(maxsize=1024)
def _head_and_rest(tokens: Glob) -> tuple[str, re.Pattern[str]]:
    head = head_of(tokens)
    return head, _expression(tokens[len(head) :])


def _expression(tokens: Glob) -> re.Pattern[str]:
    """For forms that the program itself knows, which have few runs; what differs from account to
    account stands before it.
    """
    parts = []
    for item in tokens:
        expression = _expression_of_class(item.chars)
        parts.append(f"{expression}*" if item.many else expression)
    return re.compile("".join(parts), re.DOTALL)


def _expression_of_class(chars: CharClass) -> str:
    named = "".join(map(_escaped, sorted(chars.named)))
    if not named:
        return "."
    if chars.others:
        return f"[^{named}]"
    return f"[{named}]"


def _escaped(char: str) -> str:
    return f"\\U{ord(char):08x}"


def is_within(inner: CharClass, outer: CharClass) -> bool:
    """True if every character of one set is in another.

    Example:
        >>> is_within(NO_COLON, ANY), is_within(ANY, NO_COLON)
        (True, False)
    """
    if not outer.others:
        return not inner.others and inner.named <= outer.named
    if inner.others:
        return outer.named <= inner.named
    return outer.named.isdisjoint(inner.named)
