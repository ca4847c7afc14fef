"""Wildcards against a matcher that tries everything, and against patterns made to be slow."""

from __future__ import annotations

import time
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trust_widgets.text.globs import (
    Wild,
    count_wildcards,
    covers,
    example_text,
    fixed_start,
    has_wildcard,
    is_anything,
    is_exact,
    is_only_wildcards,
    matcher_from_pattern,
    matches,
    pattern_from_text,
    text_from_pattern,
    tidy,
    widest,
)

# Few letters, so that near misses are common; a newline, and what regular expressions would read.
LETTERS = "ab\n.$"
PATTERNS = st.text(LETTERS + "*?*?", max_size=9)
TEXTS = st.text(LETTERS, max_size=12)


def slowly(pattern: str, text: str) -> bool:
    """What the page says, tried at every place: `*` is any run, also none, and `?` is exactly
    one.
    """

    @cache
    def fits(p: int, t: int) -> bool:
        if p == len(pattern):
            return t == len(text)
        if pattern[p] == "*":
            return fits(p + 1, t) or (t < len(text) and fits(p, t + 1))
        return t < len(text) and pattern[p] in ("?", text[t]) and fits(p + 1, t + 1)

    return fits(0, 0)


@given(PATTERNS, TEXTS)
@example("a*a", "a")
@example("ab*ba", "aba")
@example("*?", "")
@example("?*?", "a")
@example("a*b?b*a", "abbbba")
def test_a_text_fits_as_the_slow_matcher_says(pattern: str, text: str) -> None:
    """Whatever the pattern."""
    assert matches(pattern, text) is slowly(pattern, text)


@given(TEXTS, st.data())
def test_a_text_fits_what_was_made_of_it(text: str, data: st.DataObject) -> None:
    """Any stretch may become a star, any character a question mark."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert matches(f"{text[:start]}*{text[end:]}", text)
    assert matches(f"{text[:start]}{'?' * (end - start)}{text[end:]}", text)


@given(
    st.lists(st.sampled_from(["a", "b", "*", "?", Wild.RUN, Wild.ONE]), max_size=7),
    st.text("ab*?", max_size=7),
)
def test_an_asterisk_that_is_a_letter_stays_one(pieces: list[str | Wild], text: str) -> None:
    """Letters are put in for the wildcards' signs on both sides, so that only real wildcards are
    left as such.
    """
    letters = str.maketrans("*?", "sq")
    pattern = "".join(p.value if isinstance(p, Wild) else p.translate(letters) for p in pieces)
    assert matcher_from_pattern(tuple(pieces))(text) is slowly(pattern, text.translate(letters))


@given(st.text("ab*?", max_size=12))
def test_a_pattern_is_written_as_it_was_read(text: str) -> None:
    """Reading loses nothing."""
    assert text_from_pattern(pattern_from_text(text)) == text


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("a", "a\n", False),
        ("a*", "a\n", True),
        ("a?b", "a\nb", True),
        ("a?", "a\n", True),
        ("*b", "b\n", False),
        ("", "", True),
        ("", "\n", False),
        ("*", "", True),
        ("?", "", False),
        ("**", "", True),
        ("?*", "", False),
        ("*?*?*", "a", False),
        ("*?*?*", "ab", True),
        ("a.c", "abc", False),
        ("[ab]", "a", False),
        ("?", "\U0001f600", True),
    ],
)
def test_newlines_and_what_other_matchers_read(pattern: str, text: str, fits: bool) -> None:
    """A newline is a character like any other, and nothing but `*` and `?` is special."""
    assert matches(pattern, text) is fits


@pytest.mark.parametrize("piece", ["a*", "*a?", "*?a", "*aa?a"])
@pytest.mark.parametrize("end", ["b", "", "?b"])
def test_a_hostile_pattern_takes_no_time(piece: str, end: str) -> None:
    """Fifty stars against five thousand letters that nearly fit: trying all ways would outlast the
    universe.
    """
    pattern, text = piece * 50 + end, "a" * 5000
    start = time.process_time()
    assert matches(pattern, text) is (end == "")
    assert time.process_time() - start < 0.5


@given(PATTERNS, TEXTS)
def test_an_example_fits_its_glob(pattern: str, run: str) -> None:
    """Whatever is put in for `*`, and it begins as every text does that fits."""
    text = example_text(pattern, run=run, one="b")
    assert slowly(pattern, text)
    assert text.startswith(fixed_start(pattern))
    assert is_exact(text)


@given(PATTERNS, TEXTS)
def test_a_tidy_glob_admits_the_same(pattern: str, text: str) -> None:
    """Also with its `?` and `*` in another order."""
    assert slowly(tidy(pattern), text) is slowly(pattern, text)
    assert "**" not in tidy(pattern)
    assert "*?" not in tidy(pattern)


@given(PATTERNS, PATTERNS, TEXTS)
@example("a?", "a*", "ab")
@example("?*", "*?", "a")
def test_a_glob_that_covers_another_admits_its_texts(wide: str, narrow: str, text: str) -> None:
    """A text that fits the narrower one fits the wider one."""
    if covers(wide, narrow) and slowly(narrow, text):
        assert slowly(wide, text)


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ("*", "", True),
        ("*", "a?*", True),
        ("a?b", "axb", True),
        ("a?b", "a?b", True),
        ("a?b", "a*b", False),
        ("?*", "*", False),
        ("*a*", "ba?", True),
        ("*a?", "*a", False),
        ("a", "a\n", False),
        ("a?", "a\n", True),
    ],
)
def test_what_a_glob_covers(wide: str, narrow: str, expected: bool) -> None:
    """Read by hand: `?` in the wider one stands for one character, which `*` need not be."""
    assert covers(wide, narrow) is expected


@pytest.mark.parametrize(
    ("text", "exact", "only", "anything", "count"),
    [
        ("", True, True, False, 0),
        ("a", True, False, False, 0),
        ("*", False, True, True, 1),
        ("??", False, True, False, 2),
        ("?*?", False, True, True, 3),
        ("a*", False, False, False, 1),
        ("$.[", True, False, False, 0),
    ],
)
def test_kinds_of_globs(text: str, exact: bool, only: bool, anything: bool, count: int) -> None:
    """Nothing but `*` and `?` is a wildcard, and the empty text has none."""
    found = (is_exact(text), is_only_wildcards(text), is_anything(text), count_wildcards(text))
    assert found == (exact, only, anything, count)
    assert has_wildcard(text) is not exact


def test_the_widest_of_several_globs() -> None:
    """In their order; of two that admit the same the first stays."""
    assert widest(["a", "ab*", "a*", "b?", "a*", "bc"]) == ("a*", "b?")
