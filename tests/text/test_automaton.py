"""The automata of globs, against every short text."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.glob_oracle import LONGEST, brute, some_globs
from trust_widgets.access.value_sets import tokens_of_arn
from trust_widgets.text import globs
from trust_widgets.text.automaton import member
from trust_widgets.text.budget import Budget, BudgetExhausted
from trust_widgets.text.glob_places import covers, places_after
from trust_widgets.text.globs import matches, pattern_from_text
from trust_widgets.text.tokens import (
    Glob,
    admits,
    tokens_of_form,
    tokens_of_pattern,
    tokens_of_text,
)

GLOBS = st.text("ab*?", max_size=6)


def tokens(glob: str) -> Glob:
    """A glob as the automaton reads it."""
    return tokens_of_pattern(pattern_from_text(glob))


def found(all_of: list[list[str]], none_of: list[str]) -> str | None:
    """What the automaton finds."""
    return member(
        [[tokens(glob) for glob in group] for group in all_of],
        list(map(tokens, none_of)),
        Budget(50_000),
    )


def check(all_of: list[list[str]], none_of: list[str]) -> None:
    """The automaton and the slow way agree: on whether there is a text, and on how short the
    shortest is.
    """
    text, slow = found(all_of, none_of), brute(all_of, none_of)
    if text is None or slow is None:
        assert slow is None and (text is None or len(text) > LONGEST), (all_of, none_of)
    else:
        assert len(text) == len(slow), (all_of, none_of)
    if text is not None:
        assert all(any(matches(glob, text) for glob in group) for group in all_of)
        assert not any(matches(glob, text) for glob in none_of)


def test_as_the_slow_way_says() -> None:
    """For 1,000 questions."""
    chance = random.Random(5)
    for _ in range(1000):
        check(*some_globs(chance))


@given(st.lists(st.lists(GLOBS, min_size=1, max_size=2), max_size=2), st.lists(GLOBS, max_size=2))
def test_as_the_slow_way_says_of_any_globs(all_of: list[list[str]], none_of: list[str]) -> None:
    """Those that hypothesis thinks of too."""
    check(all_of, none_of)


@given(GLOBS, GLOBS)
def test_the_short_look_is_never_wrong(wide: str, narrow: str) -> None:
    """What it says is covered has no text outside."""
    if covers(tokens(wide), tokens(narrow)):
        assert found([[narrow]], [wide]) is None


@given(GLOBS, GLOBS)
def test_both_short_looks_agree(wide: str, narrow: str) -> None:
    """That of `text/globs.py`, which goes along texts, and that of the automaton."""
    assert covers(tokens(wide), tokens(narrow)) is globs.covers(wide, narrow)


@given(GLOBS.map(globs.tidy), st.text("ab", max_size=6))
def test_the_places_after_a_text(glob: str, text: str) -> None:
    """A place is reached if what is before it admits the text, or does so with the run that begins
    there.

    A tidy glob has a token for each character.
    """

    def is_reached(place: int) -> bool:
        end = place + 1 if glob[place : place + 1] == "*" else place
        return matches(glob[:place], text) or matches(glob[:end], text)

    reached = set(filter(is_reached, range(len(glob) + 1)))
    assert places_after(tokens(glob), [0], tokens_of_text(text)) == reached


def test_the_places_from_a_place_on() -> None:
    """Of `a*b`, read from behind the run on; and from two places at once."""
    glob = tokens("a*b")
    assert places_after(glob, [2], tokens_of_text("b")) == {3}
    assert places_after(glob, [2], tokens_of_text("a")) == set()
    assert places_after(glob, [0, 2], tokens_of_text("a")) == {1, 2}
    assert places_after(glob, [], tokens_of_text("a")) == set()


@pytest.mark.parametrize(
    ("all_of", "none_of", "wanted"),
    [
        ([["repo:octo*"]], ["repo:octo-org/*"], "repo:octo"),
        ([["repo:octo-org/*"]], ["repo:octo*"], None),
        ([["a*"], ["*b"]], [], "ab"),
        ([["*"]], ["*a*", "?*"], ""),
        ([["a", "b"]], ["a"], "b"),
        ([["a\n*"]], ["a*"], None),
    ],
)
def test_known_answers(all_of: list[list[str]], none_of: list[str], wanted: str | None) -> None:
    """By hand."""
    assert found(all_of, none_of) == wanted


def test_case_counts_only_where_it_does() -> None:
    """A text in any case, without the one that is written."""
    assert member([[tokens_of_text("ab", fold=True)]], [tokens_of_text("ab")], Budget()) in (
        "AB",
        "aB",
        "Ab",
    )
    folded = [tokens_of_text("ab", fold=True)]
    assert member([[tokens_of_text("AB")]], folded, Budget()) is None


def test_the_parts_of_an_arn_stay_apart() -> None:
    """A wildcard does not reach over a colon, but in the last part."""
    one, other = (
        tokens_of_arn(pattern_from_text(text)) for text in ("arn:aws:sns:*:b", "arn:aws:sns:*:1:b")
    )
    assert one is None and other is not None
    assert member([[other]], [], Budget()) == "arn:aws:sns::1:b"
    assert member([[other], [tokens_of_text("arn:aws:sns:x:2:1:b")]], [], Budget()) is None


def test_a_form_is_a_set_of_texts() -> None:
    """Ranges, what is not, runs."""
    form = tokens_of_form("o-[a-c0-9][^*]*")
    assert [admits(form, text) for text in ("o-a", "o-5xyz", "o-d", "o-", "o-a*")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_budget_is_a_count() -> None:
    """The same question takes the same states, and too many are refused."""
    hard = [["*a*b*", "*c*d*"], ["*b*a*", "*d*c*"]]
    none = [
        "".join(f"*{letter}" for letter in letters) + "*" for letters in permutations("abcd", 2)
    ]
    spent = []
    for _ in range(2):
        budget = Budget(10_000)
        member([list(map(tokens, group)) for group in hard], list(map(tokens, none)), budget)
        spent.append(10_000 - budget.left)
    assert spent[0] == spent[1] > 0
    with pytest.raises(BudgetExhausted):
        member([[tokens("*a*b*c")]], [tokens("*b*")], Budget(0))
