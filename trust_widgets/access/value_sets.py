"""Value sets: the values that make one condition true, and values near the border of the set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from trust_widgets.access.border_values import POINTS, date_text
from trust_widgets.access.many_values import within_any
from trust_widgets.access.value_kinds import ADDRESS, DATE, KINDS, TEXT
from trust_widgets.aws.arns import PARTS, parts_of_pattern
from trust_widgets.evaluation import number_from_text, operator_named
from trust_widgets.text import by_head
from trust_widgets.text.by_head import FEW, literal_head
from trust_widgets.text.globs import Pattern, Test, Wild, text_from_pattern
from trust_widgets.text.tokens import (
    ANY,
    NO_COLON,
    Glob,
    tokens_of_pattern,
    tokens_of_text,
    without,
)


@dataclass(frozen=True, slots=True, eq=False)
class ValueSet:
    """The texts that at least one value of a condition matches, as if its operator were not
    negated.

    Args:
        kind: `TEXT`, `NUMBER`, ...
        tests: one for each value that can be read.
        tokens: for `TEXT`, the values as sets of texts.
        exact: the texts, when there are no others.
        points: texts of which one lies in each stretch that the values treat alike, for other
            kinds than `TEXT`.
        patterns: the values, as a person wrote them.
        quick: the one test that all others come to, where there are many.
        letters: each value as a text in which a wildcard is its own letter, `wide` those
            tests that can decide whether they admit all that such a text represents; `shape` says
            with which other languages.
    """

    kind: str
    tests: tuple[Test, ...]
    tokens: tuple[Glob, ...] = ()
    exact: tuple[str, ...] | None = None
    points: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    shape: str = ""
    letters: tuple[str, ...] = ()
    wide: tuple[Test, ...] = ()
    quick: Test | None = None

    @property
    def cost(self) -> int:
        """How many steps it takes to see whether a text is in it."""
        if self.quick is not None:
            return 1
        return len(self.tests)

    @property
    def is_empty(self) -> bool:
        """Whether no text is in it, because none of the values can be read."""
        return not self.tests and self.quick is None

    def fits(self, text: str) -> bool:
        """Whether a text is in it."""
        if self.quick is not None:
            return self.quick(text)
        return any(test(text) for test in self.tests)

    def lift(self, before: Glob, after: Glob, border: str, part: Callable[[str], str]) -> ValueSet:
        """The same of a part of a longer text; `border` is what ends it there, so that it never
        is in it.
        """
        tests = tuple(_of_part(test, part) for test in self.tests)
        tokens = tuple((*before, *without(tokens, border), *after) for tokens in self.tokens)
        quick = _of_part(self.quick, part) if self.quick is not None else None
        return replace(
            self,
            tests=tests,
            tokens=tokens,
            exact=None,
            patterns=(),
            shape="",
            quick=quick,
        )

    def of_part(self, before: Glob, part: Callable[[str], str]) -> ValueSet:
        """The same, for another kind than `TEXT`, of the account or the name in an ARN.

        An operator that compares numbers reads an account ID as one: the points are written as ARNs
        whose account, or name, is that number.
        """
        tests = tuple(_of_part(test, part) for test in self.tests)
        head = "".join(
            next(iter(token.chars.named))
            for token in before
            if not token.many and token.chars.named
        )
        return replace(
            self,
            tests=tests,
            points=tuple(_arn_with(head, point) for point in self.points),
            patterns=(),
            quick=_of_part(self.quick, part) if self.quick is not None else None,
        )

    def of_moment(self, part: Callable[[str], str]) -> ValueSet:
        """The same, for dates and numbers, of a moment that is written as a date: `part` is its
        number.
        """
        if self.kind == DATE:
            return self
        numbers = (number_from_text(point) for point in self.points)
        points = (date_text(number) for number in numbers if number is not None)
        tests = tuple(_of_part(test, part) for test in self.tests)
        return replace(self, kind=DATE, tests=tests, points=tuple(points), patterns=())


def _arn_with(head: str, part: str) -> str:
    """An ARN whose account is a number, or whose last part is a text."""
    if not head.endswith("::"):
        return f"{head}{part}"
    account = part if not part.isdigit() else part.zfill(12)
    return f"{head}{account}:role/other"


def _of_part(test: Test, part: Callable[[str], str]) -> Test:
    return lambda text: test(part(text))


def tokens_of_arn(pattern: Pattern) -> Glob | None:
    """What `ArnLike` admits: six parts, of which only the last may hold a colon; `None` for a
    pattern of no ARN.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

    Example:
        >>> tokens_of_arn(("*",)) is None
        True
    """
    parts = parts_of_pattern(pattern)
    if parts is None or parts[0] not in (("arn",), (Wild.RUN,)):
        return None
    found = list(tokens_of_text("arn"))  # a value is an ARN only if it begins so
    for number, part in enumerate(parts[1:], start=2):
        found.extend(tokens_of_text(":"))
        found.extend(tokens_of_pattern(part, ANY if number == PARTS else NO_COLON))
    return tuple(found)


@lru_cache(maxsize=8192)
def value_set_of(base: str, patterns: tuple[Pattern, ...]) -> ValueSet:
    """What an operator makes of some values.

    Example:
        >>> value_set_of("StringLike", (("octo-", Wild.RUN),)).fits("octo-org")
        True
    """
    read = operator_named(base).read
    readable: list[Pattern] = []
    tests: list[Test] = []
    for pattern in patterns:
        test = read(pattern)
        if test is not None:
            readable.append(pattern)
            tests.append(test)
    kind = next(kind for prefix, kind in KINDS.items() if base.startswith(prefix))
    if kind == TEXT:
        return _of_text(base, tuple(readable), tuple(tests))
    texts = [text_from_pattern(pattern) for pattern in readable]
    points = tuple(dict.fromkeys(POINTS[kind](texts)))
    if kind == ADDRESS and len(tests) > FEW:
        quick = within_any(texts)
    else:
        quick = None
    return ValueSet(
        kind,
        tuple(tests),
        points=points,
        patterns=tuple(readable),
        quick=quick,
    )


def _of_text(base: str, patterns: tuple[Pattern, ...], tests: tuple[Test, ...]) -> ValueSet:
    if base.startswith("Arn"):
        found = [tokens for pattern in patterns if (tokens := tokens_of_arn(pattern)) is not None]
        return _with_letters(ValueSet(TEXT, tests, tuple(found), patterns=patterns), "arn")
    globs = tuple(map(operator_named(base).as_glob, patterns))
    if base.endswith("IgnoreCase"):
        texts = [text_from_pattern(glob) for glob in globs]
        in_any_case = tuple(tokens_of_text(text, fold=True) for text in texts)
        small = frozenset(text.lower() for text in texts)
        quick = (lambda text: text.lower() in small) if len(tests) > FEW else None
        return ValueSet(TEXT, tests, in_any_case, patterns=globs, quick=quick)
    are_whole = all(Wild.RUN not in glob and Wild.ONE not in glob for glob in globs)
    if are_whole:
        exact = tuple("".join(map(str, glob)) for glob in globs)
    else:
        exact = None
    whole = tuple(map(tokens_of_pattern, globs))
    return _with_letters(ValueSet(TEXT, tests, whole, exact, patterns=globs), "like")


_LETTERS = {
    Wild.RUN: "\ue000",
    Wild.ONE: "\ue001",
}  # of no policy: IAM takes characters up to U+00FF


def _with_letters(value_set: ValueSet, shape: str) -> ValueSet:
    letters = tuple(map(_with_wildcards_as_letters, value_set.patterns))
    wide = tuple(
        t
        for t, parts in zip(value_set.tests, value_set.patterns, strict=True)
        if Wild.ONE not in parts
    )
    quick = value_set.quick
    if len(value_set.tests) > FEW:
        heads = [literal_head(pattern) for pattern in value_set.patterns]
        quick = by_head.TestsByHead(zip(heads, value_set.tests, strict=True)).is_met
    return replace(
        value_set,
        shape=shape,
        letters=letters,
        wide=wide,
        quick=quick,
    )


def _with_wildcards_as_letters(pattern: Pattern) -> str:
    """Return a pattern as a text in which each wildcard is its own character."""
    return "".join(_LETTERS[part] if isinstance(part, Wild) else part for part in pattern)


def merged(value_sets: tuple[ValueSet, ...]) -> tuple[ValueSet, ...]:
    """Value sets of which the same texts are in one, where many can be asked at once.

    Nothing but the test of the merged ones is kept.
    """
    if len(value_sets) <= FEW:
        return value_sets
    kept = [each for each in value_sets if not _is_plain(each)]
    addresses = [each for each in value_sets if _is_plain(each) and each.kind == ADDRESS]
    texts = [each for each in value_sets if _is_plain(each) and each.kind == TEXT]
    if addresses:
        networks = [text_from_pattern(pattern) for each in addresses for pattern in each.patterns]
        kept.append(ValueSet(ADDRESS, (), quick=within_any(networks)))
    if texts:
        tests: list[tuple[str, Test]] = []
        for each in texts:
            heads = map(literal_head, each.patterns)
            tests += zip(heads, each.tests, strict=True)
        kept.append(ValueSet(TEXT, (), quick=by_head.TestsByHead(tests).is_met))
    return tuple(kept)


def _is_plain(value_set: ValueSet) -> bool:
    """Whether the tests belong to the patterns, and a text begins as the pattern it fits."""
    if value_set.kind == ADDRESS:
        return bool(value_set.patterns)
    return bool(value_set.shape) and len(value_set.patterns) == len(value_set.tests)
