"""Find one value inside some value sets and outside others, or prove that there is none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from trust_widgets.access.domains import Domain
from trust_widgets.access.value_kinds import DATE, NUMBER, TEXT, TRUTH
from trust_widgets.access.value_sets import ValueSet, merged
from trust_widgets.aws.arns import parts_of_pattern
from trust_widgets.evaluation import number_from_text
from trust_widgets.text.automaton import member
from trust_widgets.text.budget import Budget, Undecided
from trust_widgets.text.by_head import FEW, ByHead, TestsByHead, literal_head
from trust_widgets.text.glob_places import covers
from trust_widgets.text.globs import Pattern, Test, Wild
from trust_widgets.text.tokens import Glob, head_of


class ValueConstraints(NamedTuple):
    """What one value has to meet.

    Args:
        fitting: conditions whose values it must fit.
        unfitting: conditions whose values it must not fit.
    """

    fitting: tuple[ValueSet, ...] = ()
    unfitting: tuple[ValueSet, ...] = ()

    def and_(self, value_set: ValueSet, fits: bool) -> ValueConstraints:
        """One more."""
        if fits:
            return ValueConstraints((*self.fitting, value_set), self.unfitting)
        return ValueConstraints(self.fitting, (*self.unfitting, value_set))

    def is_met(self, text: str) -> bool:
        """Whether a text is such a value."""
        return all(each.fits(text) for each in self.fitting) and not any(
            each.fits(text) for each in self.unfitting
        )

    def merged(self) -> ValueConstraints:
        """The same with fewer sets that it must not fit, where there are many."""
        return self._replace(unfitting=merged(self.unfitting))

    @property
    def each(self) -> tuple[ValueSet, ...]:
        """All of the conditions."""
        return (*self.fitting, *self.unfitting)

    @property
    def kinds(self) -> set[str]:
        """The kinds of values that they require."""
        return {value_set.kind for value_set in self.each}


def value(
    asked: ValueConstraints, domain: Domain, budget: Budget, likes: Sequence[str] = ()
) -> str | None:
    """A value of `domain` that fits all of some conditions and none of others; `None`: there is
    none.

    Args:
        asked: the conditions.
        domain: what the key can hold.
        budget: how many states may be expanded.
        likes: values to try first.

    Raises:
        Undecided: when it is not known whether there is one.

    Example:
        >>> from trust_widgets.access.domains import domain_of
        >>> from trust_widgets.access.value_sets import value_set_of
        >>> owner = value_set_of("StringLike", (("octo-", Wild.RUN),))
        >>> value(ValueConstraints((owner,)), domain_of("aws:principaltag/owner"), Budget())
        'octo-other'
    """
    if any(each.is_empty for each in asked.fitting):
        return None
    few = _few(asked, domain)
    texts = chain(likes, _likely(asked, domain) if few is None else few)
    found = _first(texts, asked, domain, budget)
    if found is not None or few is not None:
        return found
    if domain.kind == TEXT and asked.kinds <= {TEXT}:
        return _search(asked, domain, budget)
    if _is_complete(domain, asked.kinds):
        return None
    raise Undecided


def _first(
    texts: Iterable[str], asked: ValueConstraints, domain: Domain, budget: Budget
) -> str | None:
    """The first of some texts that is such a value."""
    asked = asked.merged()
    cost = sum(each.cost for each in asked.each) >> _QUICK
    for text in texts:
        budget.work(cost)
        if asked.is_met(text) and domain.has(text):
            return text
    return None


_QUICK = 3  # so many tests, as a power of 2, take as long as a step


def _few(asked: ValueConstraints, domain: Domain) -> tuple[str, ...] | None:
    """The only texts that it can be, where they are listed."""
    listed = (value_set.exact for value_set in asked.fitting if value_set.exact is not None)
    return domain.only or min(listed, key=len, default=None)


def _is_complete(domain: Domain, kinds: set[str]) -> bool:
    """Whether the likely values are all that there are to try."""
    if domain.kind == TRUTH:
        return True
    if domain.kind == TEXT:  # a text that is no such value represents all others
        return len(kinds) == 1 and domain.forms[0][0].many
    if domain.kind == DATE:  # numbers compare moments that are written as seconds
        return kinds <= {DATE, NUMBER}
    return kinds <= {domain.kind}


def _likely(asked: ValueConstraints, domain: Domain) -> Iterator[str]:
    """Likely values: made from what is required, then the key's own, then what lies around the
    borders.
    """
    for value_set in asked.fitting:
        for pattern in value_set.patterns[:_MOST_PATTERNS]:
            if value_set.shape == "arn":
                yield from _arns(pattern)
            yield from examples_of(pattern, domain.filler)
    yield from domain.examples
    for value_set in asked.each:
        yield from value_set.points
    if len(asked.kinds) > 1 or domain.kind not in asked.kinds:
        yield from _EVERYWHERE
    yield from _between(asked)


_MOST_PATTERNS = 12
_EVERYWHERE = ("true", "false", "other", "0", "1")


def _between(asked: ValueConstraints) -> Iterator[str]:
    """Between the borders of different conditions."""
    for value_set in asked.each:
        if value_set.kind == NUMBER:
            numbers = (
                number_from_text(text) for text in value_set.points
            )  # of an ARN's part, points are ARNs
            yield from (f"{float(number) + 0.5:g}" for number in numbers if number is not None)


_IN_ARNS = (
    "arn",
    "aws",
    "sns",
    "us-east-1",
    "999988887777",
)  # what a wildcard for a whole part is likely to represent


def _arns(pattern: Pattern) -> Iterator[str]:
    """Likely ARNs of a pattern for them."""
    parts = parts_of_pattern(pattern)
    if parts is not None:
        wild = ((Wild.RUN,), (Wild.RUN, Wild.RUN))
        before: list[str] = []
        for part, usual in zip(parts, _IN_ARNS, strict=False):
            if part in wild:
                before.append(usual)
            else:
                before.append(next(examples_of(part)))
        for resource in examples_of(parts[5]):
            yield ":".join((*before, resource))


def examples_of(pattern: Pattern, filler: str = "other") -> Iterator[str]:
    """Likely texts of a pattern, one that a hostile external caller would choose first.

    Example:
        >>> list(examples_of(("repo:octo", Wild.RUN)))[:2]
        ['repo:octo-evil', 'repo:octoother']
    """
    if Wild.RUN not in pattern and Wild.ONE not in pattern:
        yield "".join(map(str, pattern))
        return
    for run in ("-evil", filler, "x", "999988887777", ""):
        parts, before = [], ""
        for part in pattern:
            if isinstance(part, str):
                parts.append(part)
            elif part is Wild.ONE:
                parts.append("1")
            elif run == "-evil" and not before[-1:].isalnum():
                parts.append(filler)
            else:
                parts.append(run)
            before = parts[-1]
        yield "".join(parts)


def _search(asked: ValueConstraints, domain: Domain, budget: Budget) -> str | None:
    """By the automaton, after what is plain to see was left out."""
    groups: list[tuple[Glob, ...]] = []
    for value_set in asked.fitting:
        group = tuple(_outside(value_set, asked.unfitting))
        if not group:
            return None
        groups.append(group)
    budget.spend()
    refused = tuple(
        dict.fromkeys(tokens for value_set in asked.unfitting for tokens in value_set.tokens)
    )
    for group in groups:
        refused = _that_matter(refused, group)
    return member([domain.forms, *groups], refused, budget)


def _that_matter(refused: tuple[Glob, ...], group: tuple[Glob, ...]) -> tuple[Glob, ...]:
    """The globs without those that begin otherwise than all globs of a group; a few stay anyway."""
    if len(refused) <= FEW:
        return refused
    heads = sorted(map(head_of, group))
    starts = ByHead((head, head) for head in heads)

    def matters(glob: Glob) -> bool:
        head = head_of(glob)
        after = bisect_left(heads, head)
        longer = after < len(heads) and heads[after].startswith(head)
        return longer or any(True for _ in starts.for_text(head))

    return tuple(glob for glob in refused if matters(glob))


def _outside(value_set: ValueSet, unfitting: Sequence[ValueSet]) -> Iterator[Glob]:
    """The values that no single other value plainly covers."""
    alike: list[ValueSet] = []
    others: list[ValueSet] = []
    for each in unfitting:
        if each.shape and each.shape == value_set.shape:
            alike.append(each)
        else:
            others.append(each)
    wide = TestsByHead(chain.from_iterable(map(_wide_by_head, alike)))
    tokens_by_head = ByHead((head_of(tokens), tokens) for each in others for tokens in each.tokens)
    for number, tokens in enumerate(value_set.tokens):
        if _is_within(value_set, number, wide):
            continue
        if not any(covers(glob, tokens) for glob in tokens_by_head.for_text(head_of(tokens))):
            yield tokens


def _wide_by_head(value_set: ValueSet) -> Iterator[tuple[str, Test]]:
    """The tests that can decide whether they admit all that a text with wildcards represents,
    each with what such a text begins with.
    """
    heads = [literal_head(p) for p in value_set.patterns if Wild.ONE not in p]
    return zip(heads, value_set.wide, strict=True)


def _is_within(value_set: ValueSet, number: int, wide: TestsByHead) -> bool:
    """Whether another value that is read in the same way admits one, its wildcards taken for
    letters.
    """
    if not value_set.shape or number >= len(value_set.letters):
        return False
    return wide.is_met(value_set.letters[number])
