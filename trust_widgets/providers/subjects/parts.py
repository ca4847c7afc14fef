"""A part of a subject, such as the owner of a repository: its values, and patterns for them in
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trust_widgets.text.globs import example_text, is_anything, is_exact, is_wildcard, matches


@dataclass(frozen=True, slots=True)
class Part:
    """A named hole in a subject.

    Args:
        name: `"owner"`; also the name of the parameter that fills it, and the beginning of its
            faults' names.
        one: words for one exact value, with `{}` where it is: `"branch {}"`.
        many: words for any value: `"any branch"`.
        chars: what values are made of, as a regular expression for one character:
            `r"[A-Za-z0-9-]"`.
        example: a realistic value.
        stranger: a realistic value that another caller could have; `""` where nobody else can.
        least, most: how long values are, in characters.
        rule: a regular expression that a whole value must match too.
        choices: the values, where they are few and fixed; `chars` does not matter then.
        never: texts that separate parts and that values are taken not to hold.
        noun: what begins so, in `"any branch whose name begins with rel"`.
        closes: the name of another part that is as good as exact when this one is, as a number that
            is given once is for a name. Such a part has no separate faults.
        fine_within: names that only insiders give, as branches: a pattern with anything fixed in it
            is no fault, unless it begins with a name that is not ended, as in `main*`, which
            `main-evil` fits too.
        free: any value of it is no fault, as with the user who made something run.
        fault: the one name of its fault, in place of `<name>_any` and `<name>_unterminated`.
        written: how the issuer writes characters that a value may hold and a subject may not:
            `{":": "%3A"}`.
    """

    name: str
    one: str
    many: str
    chars: str
    example: str
    stranger: str = ""
    least: int = 1
    most: int = 255
    rule: str = ""
    choices: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    noun: str = "name"
    closes: str = ""
    fine_within: bool = False
    free: bool = False
    fault: str = ""
    written: tuple[tuple[str, str], ...] = ()

    @property
    def longest(self) -> int:
        """How long a value can be."""
        return max(map(len, self.choices), default=self.most)

    def is_value(self, text: str) -> bool:
        """Whether a text, as written in a subject, is a value of this part."""
        if self.choices:
            return text in self.choices
        if not self.least <= len(text) <= self.most:
            return False
        if not _fits(f"(?:{self.chars})*", text):
            return False
        if any(each in text for each in self.never):
            return False
        return not self.rule or _fits(self.rule, text)

    def may_hold(self, char: str) -> bool:
        """Whether a character of a pattern, a wildcard too, may be in a value."""
        return is_wildcard(char) or bool(self.choices) or _fits(self.chars, char)

    def admits(self, pattern: str) -> bool:
        """Whether some value fits a pattern of characters that it may hold."""
        if self.choices:
            return any(matches(pattern, choice) for choice in self.choices)
        if is_exact(pattern):
            return self.is_value(pattern)
        if any(map(pattern.__contains__, self.never)):
            return False
        fixed = len(pattern) - pattern.count("*")
        return fixed <= self.most and ("*" in pattern or fixed >= self.least)

    def narrowed(self, pattern: str) -> str:
        """A pattern as the choices it admits: one is as good as exact, all are any."""
        fitting = [choice for choice in self.choices if matches(pattern, choice)]
        if len(fitting) == 1:
            return fitting[0]
        admits_all = fitting and len(fitting) == len(self.choices)
        return "*" if admits_all else pattern

    def escaped(self, value: str) -> str:
        """A value as written in a subject."""
        for char, written in self.written:
            value = value.replace(char, written)
        return value

    def unescaped(self, text: str) -> str:
        """A value as people know it."""
        for char, written in self.written:
            text = text.replace(written, char)
        return text

    def say(self, patterns: tuple[str, ...]) -> str:
        """Patterns for values in words.

        Example:
            >>> branch = Part("branch", "branch {}", "any branch", ".", "main")
            >>> branch.say(("main",)), branch.say(("release/*",))
            ('branch main', 'any branch whose name begins with release/')
        """
        if any(map(is_anything, patterns)):
            return self.many
        if len(patterns) == 1 and is_exact(patterns[0]):
            return self.one.format(self.unescaped(patterns[0]))
        return (
            f"{self.many} whose {self.noun}"
            f" {' or '.join(map(_like, map(self.unescaped, patterns)))}"
        )

    def fault_of(self, patterns: tuple[str, ...]) -> str:
        """How patterns for it are wide: the fault's name, or `""`."""
        wide = [pattern for pattern in patterns if not is_exact(pattern)]
        if self.fine_within and not any(map(is_anything, wide)):
            wide = [pattern for pattern in wide if _breaks_off(pattern)]
        if self.closes or self.free or not wide:
            return ""
        starts = any(is_wildcard(pattern[0]) for pattern in wide)
        return self.fault or f"{self.name}_{'any' if starts else 'unterminated'}"

    def fill(self, pattern: str, *, hostile: bool = False) -> str | None:
        """A realistic value that fits a pattern, an external caller's if that is wanted and
        there can be one."""
        if is_exact(pattern):
            return pattern
        wanted = self.stranger if hostile and self.stranger else self.example
        first = ("-evil", "evil") if wanted == self.stranger else ()
        for text in (wanted, *self.choices, *self._filled(pattern, first)):
            if self.is_value(text) and matches(pattern, text):
                return text
        return None

    def _filled(self, pattern: str, first: tuple[str, ...]) -> Iterator[str]:
        """A pattern with texts in place of its wildcards, and the example with the pattern's
        ends.
        """
        usual = (self.example, "x", "1", "")
        if pattern.partition("*")[0][-1:].isalnum():  # a name that has only begun
            usual = ("", "-x", "x", "1")
        for one in (self.example[:1], "x"):
            yield from (example_text(pattern, filler, one) for filler in (*first, *usual))
        head, _, tail = pattern.partition("*")
        yield head + self.example[len(head) : len(self.example) - len(tail)] + tail


# What people end the beginning of a name with, `release/*`; `v*` is the usual way to write
# versions.
_ENDED = re.compile(r"(?:.*[/._:@-])?v?", re.DOTALL)


def _breaks_off(pattern: str) -> bool:
    """Whether a pattern begins with a name that other names begin with too: `main*`, and not
    `release/*`.
    """
    begins, star, _ = pattern.partition("*")
    return bool(star) and _ENDED.fullmatch(begins) is None


def _like(pattern: str) -> str:
    if is_exact(pattern):
        return f"is {pattern}"
    if is_exact(pattern[:-1]) and pattern.endswith("*"):
        return f"begins with {pattern[:-1]}"
    if is_exact(pattern[1:]) and pattern.startswith("*"):
        return f"ends with {pattern[1:]}"
    return f"is like {pattern}"


def _fits(expression: str, text: str) -> bool:
    return re.fullmatch(expression, text, re.DOTALL) is not None
