"""The rows of the picture: callers and conditions of each Allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trust_widgets.access import SAYS, CallerClass, emphasis
from trust_widgets.explain import (
    ACCESS,
    SIGNS,
    External,
    Fold,
    callers_in_words,
    exact_words,
    label_of_condition,
    number_of,
    who_of,
)
from trust_widgets.pictures.shapes import Line, plain, wrapped
from trust_widgets.pictures.style import FAINT, GOOD, SMALL, WARN
from trust_widgets.policy import Condition, Home, Statement, TrustPolicy
from trust_widgets.text.english import capital

SIZE, PAD = 12.0, 7
LETTERS, MONO_LETTERS = 23, 23  # letters on a line of a caller, and of a guard
MOST_GUARDS = 4
COLOURS: dict[External, str] = {
    "yes": WARN,
    "no": GOOD,
    "vendor": GOOD,
    "named account": FAINT,
    "not decided": FAINT,
}


@dataclass(frozen=True)
class PictureRow:
    """One Allow with its places in the picture.

    Args:
        who: the callers, in lines. guards: each condition in lines, with its exact words. sign,
            colour: about external callers.
        title: all of it in words. enters: whether anybody is allowed by it.
    """

    who: tuple[Line, ...]
    guards: tuple[tuple[tuple[Line, ...], str], ...]
    sign: str
    colour: str
    title: str
    enters: bool = True

    @property
    def caller_height(self) -> float:
        """Of the box with the callers."""
        return PAD * 2 + len(self.who) * SIZE * 1.3 + SMALL * 1.4

    @property
    def guards_height(self) -> float:
        """Of all conditions, with the gaps between."""
        return sum(guard_height(lines) for lines, _ in self.guards) + 4 * (len(self.guards) - 1)

    @property
    def height(self) -> float:
        """Of the whole row."""
        return max(self.caller_height, self.guards_height)


def rows_of(
    policy: TrustPolicy, callers: Sequence[CallerClass], home: Home, refused: bool
) -> list[PictureRow]:
    """Return a row for each Allow: first those that allow requests, as `who_gets_in` has them."""
    colours = dict.fromkeys(COLOURS, FAINT) if refused else COLOURS
    rows = (_row(policy.statements[int(c.path[1])], c, home, colours[c.external]) for c in callers)
    return [*rows, *_dead_rows(policy, callers, home)]


def _row(statement: Statement, caller: CallerClass, home: Home, colour: str) -> PictureRow:
    who = capital(_names(statement, home))
    lines = wrapped(emphasis(who, caller.wide), LETTERS, 5)
    title = caller.sentence.removeprefix(SAYS)
    sign = f"{SIGNS[caller.external]} {ACCESS[caller.external]}"
    return PictureRow(lines, tuple(_guards(statement.conditions)), sign, colour, title)


def _names(statement: Statement, home: Home) -> str:
    """Whom a statement names, without its conditions: they have their own place."""
    return callers_in_words(who_of(statement, home), Fold.LONG).text


def _dead_rows(
    policy: TrustPolicy, callers: Sequence[CallerClass], home: Home
) -> Iterator[PictureRow]:
    """An Allow that allows no one."""
    alive = {caller.path[1] for caller in callers}
    for index, statement in enumerate(policy.statements):
        if statement.effect == "Allow" and index not in alive:
            who = wrapped(
                plain(capital(_names(statement, home)) or number_of(("Statement", index))),
                LETTERS,
                2,
            )
            title = f"{number_of(('Statement', index))} allows no one."
            yield PictureRow(
                who, tuple(_guards(statement.conditions)), "✕ never matches", FAINT, title, False
            )


def _guards(conditions: Sequence[Condition]) -> Iterator[tuple[tuple[Line, ...], str]]:
    if len(conditions) <= MOST_GUARDS:
        fitting = conditions
    else:
        fitting = conditions[: MOST_GUARDS - 1]
    lines = 3 if len(conditions) <= 2 else 2
    for condition in fitting:
        yield (
            wrapped(plain(label_of_condition(condition)), MONO_LETTERS, lines),
            exact_words(condition),
        )
    rest = conditions[len(fitting) :]
    if rest:
        yield (
            wrapped(plain(f"and {len(rest)} more"), MONO_LETTERS, 1),
            "; ".join(map(exact_words, rest)),
        )


def guard_height(lines: tuple[Line, ...]) -> float:
    """How tall a condition of so many lines is."""
    return 9 + len(lines) * SMALL * 1.3
