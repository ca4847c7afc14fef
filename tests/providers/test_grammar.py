"""Grammars of subjects: how a pattern is laid along a template, held against every subject of a small language."""

from __future__ import annotations

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trust_widgets.providers._globs import covers, matches, tidy
from trust_widgets.providers._grammar import Form, Grammar, Part

LETTERS = ("a", "b", "aa", "ab", "ba", "bb")
SMALL = Grammar(
    forms=(Form("two", "x:{left}[@{id}]/{right}", "{left}/{right}[ ({id})]"), Form("one", "y:{left}", "y of {left}")),
    parts=(
        Part("left", "left {}", "any left", "[ab]", "a", "b", most=2),
        Part("id", "{}", "any id", "[1]", "1", closes="left", most=1),
        Part("right", "right {}", "any right", "[ab]", "a", most=2),
    ),
    everything="everything",
)
SUBJECTS = [
    *(f"x:{left}{number}/{right}" for left, number, right in product(LETTERS, ("", "@1"), LETTERS)),
    *(f"y:{left}" for left in LETTERS),
]


def like(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern, by a regular expression."""
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text, re.DOTALL) is not None


@settings(max_examples=500, deadline=None)
@given(st.text("xy:ab@1/*?*", max_size=9))
def test_a_pattern_fits_exactly_the_forms_of_the_subjects_that_it_admits(pattern: str) -> None:
    """And each part's patterns admit exactly what stands there in those subjects."""
    admitted: dict[str, list[dict[str, str]]] = {}
    for text in SUBJECTS:
        found = SMALL.take_apart(text)
        assert found is not None
        if like(pattern, text):
            admitted.setdefault(found[0], []).append(found[1])
    fits = {fit.form.name: fit.parts for fit in SMALL.fits(pattern)}
    assert set(fits) == set(admitted)
    for form, parts in fits.items():
        for name, patterns in parts.items():
            values = {subject[name] for subject in admitted[form] if name in subject}
            every = LETTERS if name != "id" else ("1",)
            assert {value for value in every if any(like(p, value) for p in patterns)} == values


@settings(max_examples=300, deadline=None)
@given(st.text("ab*?", max_size=8), st.text("ab", max_size=6))
def test_matching_is_that_of_regular_expressions(pattern: str, text: str) -> None:
    """Also of the pattern with its wildcards in order."""
    assert matches(pattern, text) == like(pattern, text) == matches(tidy(pattern), text)


@settings(max_examples=300, deadline=None)
@given(st.text("ab*?", max_size=5), st.text("ab*?", max_size=5), st.text("ab", max_size=5))
def test_what_covers_a_pattern_admits_what_it_does(wider: str, pattern: str, text: str) -> None:
    """It never covers too much."""
    assert not (covers(wider, pattern) and matches(pattern, text)) or matches(wider, text)


def test_an_optional_section_is_there_or_not() -> None:
    """Built, taken apart, and in words where it is known."""
    assert SMALL.build("two", left="a", right="b") == "x:a/b"
    assert SMALL.build("two", left="a", id="1", right="b") == "x:a@1/b"
    assert SMALL.take_apart("x:a@1/b") == ("two", {"left": "a", "id": "1", "right": "b"})
    readings = [SMALL.read(text) for text in ("x:a@1/b", "x:a/*", "x:*@1/b")]
    assert [reading and reading.words for reading in readings] == [
        "a/b (1)",
        "any right of left a",
        "right b of any left (1)",
    ]
    assert [reading and reading.faults for reading in readings] == [(), ("right_any",), ()]


@pytest.mark.parametrize(
    ("form", "parts", "message"),
    [
        ("two", {"left": "c", "right": "a"}, "'c' is no left; 'a' is one"),
        ("two", {"left": "aaa", "right": "a"}, "is no left"),
        ("two", {"left": "a"}, "takes other parts"),
        ("one", {"left": "a", "right": "a"}, "takes other parts"),
        ("one", {"left": "*"}, "is no left"),
    ],
)
def test_what_cannot_be_built(form: str, parts: dict[str, str], message: str) -> None:
    """A letter that the part does not have, one too many, a part that is missing or too much, a wildcard."""
    with pytest.raises(ValueError, match=re.escape(message)):
        SMALL.build(form, **parts)


def test_a_pattern_is_built_from_parts_with_wildcards() -> None:
    """It is refused only where no value could fit."""
    assert SMALL.pattern("two", left="a*", right="*") == "x:a*/*"
    with pytest.raises(ValueError, match="fits no left"):
        SMALL.pattern("one", left="???")


def test_strangers_come_first() -> None:
    """And only where the part is open that strangers can have."""
    assert SMALL.subjects_for("x:*/a")[0] == "x:b@1/a"
    assert SMALL.subjects_for("x:*/a", strangers=False)[0] == "x:a@1/a"
    assert SMALL.subjects_for("x:a/*") == ("x:a/a",)
