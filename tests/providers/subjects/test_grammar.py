"""Grammars of subjects: how a pattern is laid along a template, held against every subject of a
small language.
"""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.text.globs import covers, matches, tidy

LETTERS = ("a", "b", "aa", "ab", "ba", "bb")
SMALL = Grammar(
    forms=(
        Form("two", "x:{left}[@{id}]/{right}", "{left}/{right}[ ({id})]"),
        Form("one", "y:{left}", "y of {left}"),
    ),
    parts=(
        Part("left", "left {}", "any left", "[ab]", "a", "b", most=2),
        Part("id", "{}", "any ID", "[1]", "1", closes="left", most=1),
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
    return (
        re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), text, re.DOTALL)
        is not None
    )


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
    """A letter that the part does not have, one too many, a part that is missing or too much, a
    wildcard.
    """
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


# -- parts, by what their docstrings say -----------------------------------------------------------

NAME = Part(
    "name", "name {}", "any name", "[ab]", "ab", "ba", least=2, most=3, never=("bb",), rule="a.*|ba"
)
PHASE = Part("phase", "phase {}", "any phase", "", "plan", choices=("plan", "apply"))


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("ab", True), ("aba", True), ("ba", True), ("a", False), ("abab", False), ("ac", False),
        ("abb", False), ("baa", False), ("", False),
    ],
)  # fmt: skip
def test_a_value_of_a_part(text: str, fits: bool) -> None:
    """Two or three letters, without bb, and as the rule says."""
    assert NAME.is_value(text) is fits


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("??", True), ("???", True), ("?", False), ("????", False), ("a*", True), ("*", True),
        ("a??*", True), ("a???*", False), ("*bb", False), ("aa", True), ("bb", False),
    ],
)  # fmt: skip
def test_a_pattern_that_some_value_fits(pattern: str, fits: bool) -> None:
    """By its length and what values never hold."""
    assert NAME.admits(pattern) is fits


@pytest.mark.parametrize(
    ("pattern", "admits", "narrowed"),
    [
        ("p*", True, "plan"),
        ("*", True, "*"),
        ("?????", True, "apply"),
        ("x*", False, "x*"),
        ("*l*", True, "*"),
    ],
)
def test_a_part_with_few_values(pattern: str, admits: bool, narrowed: str) -> None:
    """A pattern that one of them fits is as good as it; one that all of them fit says nothing."""
    assert (PHASE.admits(pattern), PHASE.narrowed(pattern)) == (admits, narrowed)
    assert (PHASE.longest, NAME.longest) == (5, 3)
    assert (PHASE.is_value("plan"), PHASE.is_value("destroy")) == (True, False)


@pytest.mark.parametrize(
    ("patterns", "words"),
    [
        (("ab",), "name ab"),
        (("*",), "any name"),
        (("a*", "*"), "any name"),
        (("a*",), "any name whose name begins with a"),
        (("*a",), "any name whose name ends with a"),
        (("a*b",), "any name whose name is like a*b"),
        (("a?",), "any name whose name is like a?"),
        (("ab", "b*"), "any name whose name is ab or begins with b"),
    ],
)
def test_patterns_in_words(patterns: tuple[str, ...], words: str) -> None:
    """One value is told as it is, others by what is fixed in them."""
    assert NAME.say(patterns) == words


@pytest.mark.parametrize(
    ("more", "patterns", "fault"),
    [
        ({}, ("a",), ""),
        ({}, ("a", "ab"), ""),
        ({}, ("a*",), "name_unterminated"),
        ({}, ("*a",), "name_any"),
        ({}, ("?a",), "name_any"),
        ({}, ("a*", "*b"), "name_any"),
        ({"fault": "tag"}, ("a*",), "tag"),
        ({"free": True}, ("*",), ""),
        ({"closes": "owner"}, ("*",), ""),
        ({"fine_within": True}, ("*",), "name_any"),
    ],
)
def test_how_patterns_are_wide(more: dict[str, Any], patterns: tuple[str, ...], fault: str) -> None:
    """Open at its beginning is any value; some parts are no fault, and some have one name for
    it.
    """
    assert Part("name", "{}", "any", "[ab]", "ab", **more).fault_of(patterns) == fault


def test_what_a_subject_can_not_hold_is_written_otherwise() -> None:
    """And read back."""
    part = Part("name", "{}", "any name", ".", "a", written=((":", "%3A"), ("/", "%2F")))
    assert (part.escaped("a:b/c"), part.unescaped("a%3Ab%2Fc")) == ("a%3Ab%2Fc", "a:b/c")
    assert part.say(("a%3Ab",)) == "a:b"


@pytest.mark.parametrize(
    ("pattern", "hostile", "value"),
    [
        ("octo-org", True, "octo-org"),
        ("*", False, "octo-org"),
        ("*", True, "evil-org"),
        ("octo*", False, "octo-org"),
        ("octo*", True, "octo-evil"),
        ("*-org", True, "evil-org"),
        ("x?z", False, "xoz"),
        ("a_*", False, None),
    ],
)
def test_a_value_is_made_up(pattern: str, hostile: bool, value: str | None) -> None:
    """The example where it fits, a stranger's where that is asked for; `None` where no value
    fits.
    """
    part = Part("owner", "{}", "any owner", "[a-z-]", "octo-org", "evil-org")
    assert part.fill(pattern, hostile=hostile) == value


# -- patterns that several forms fit ---------------------------------------------------------------

SEVERAL = Grammar(
    forms=(
        Form("job", "x:{left}:p{right}", "job {right} of {left}", fault="job_itself"),
        Form("run", "x:{left}:q{third}", "run {third} of {left}"),
    ),
    parts=(
        Part("left", "left {}", "any left", "[ab]", "a", "b", most=2),
        Part("right", "right {}", "any right", "[ab]", "a", most=2),
        Part("third", "third {}", "any third", "[ab]", "a", most=2, free=True),
    ),
    everything="everything",
    several="*any job or run* of {left}",
    several_fault="run_any",
)


@pytest.mark.parametrize(
    ("pattern", "words", "wide", "faults", "stranger"),
    [
        ("*", "everything", ("everything",), ("everything", "left_any", "run_any"), True),
        ("x:a:*", "any job or run of left a", ("any job or run",), ("run_any",), False),
        (
            "x:a*:*",
            "any job or run of any left whose name begins with a",
            ("any job or run", "any left whose name begins with a"),
            ("left_unterminated", "run_any"),
            True,
        ),
        (
            "x:a:?b",
            "any job or run of left a whose subject is like x:a:?b",
            ("any job or run",),
            ("run_any",),
            False,
        ),
        ("x:a:p*", "job any right of left a", ("any right",), ("right_any", "job_itself"), False),
        ("x:a:q*", "run any third of left a", (), (), False),
        ("x:*:qb", "run third b of any left", ("any left",), ("left_any",), True),
    ],
)
def test_a_pattern_that_several_forms_fit(
    pattern: str, words: str, wide: tuple[str, ...], faults: tuple[str, ...], stranger: bool
) -> None:
    """It is told by what they have in common; where more is fixed, the pattern is told too."""
    reading = SEVERAL.read(pattern)
    assert reading is not None
    assert (reading.words, reading.wide, reading.faults, reading.stranger) == (
        words,
        wide,
        faults,
        stranger,
    )


def test_forms_without_words_for_several_are_joined() -> None:
    """Each in its own words; what is wide in one of them is wide."""
    reading = SMALL.read("?:b*")
    assert reading is not None
    assert (reading.words, reading.faults, reading.stranger) == (
        "any right of any left whose name begins with b or y of any left whose name begins with b",
        ("left_unterminated", "right_any"),
        True,
    )


def test_more_wildcards_than_any_vendors_pattern_has_are_not_laid_along_the_forms() -> None:
    """24 are, 25 are told as they stand; wildcards side by side count as those that they come
    to.
    """
    text = f"callers with a subject like {'?' * 25}"
    reading = SMALL.read("?" * 25)
    assert reading is not None and (reading.words, reading.wide, reading.faults) == (
        text,
        (text,),
        (),
    )
    assert SMALL.read("?" * 24) is None
    assert SMALL.read("*" * 99) == SMALL.read("*")
    assert SEVERAL.subjects_for("*") == ("x:b:pa", "x:b:qa", "x:a:pa", "x:a:qa")
