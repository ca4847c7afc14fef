"""What is written is read back equal by Python's own reader, whatever is in it."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.policy import Accepted
from trust_widgets.text.quoting import toml
from trust_widgets.views.home import toml_from_home

HOSTILE = (
    "",
    "\"\"\"'''",
    "line\nnext\r\nlast\t\b\f",
    "C:\\new \\u0041",
    "[[accepted]]",
    "# comment",
    "a = 1\n[b]",
    "\x00\x1b[31m\x7f\x85\u2028\ufeff\u202e",
    "\U0001f600 \U000e0001",
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(HOSTILE)
values = texts | st.lists(texts, max_size=8)
tables = st.dictionaries(texts, values, max_size=4)


@given(table=tables, more=st.lists(tables, min_size=1, max_size=3), name=texts)
def test_a_document_is_read_back_equal(
    table: dict[str, Any], more: list[dict[str, Any]], name: str
) -> None:
    """Texts, lists and arrays of tables, under any key."""
    table.pop(name, None)
    assert tomllib.loads(toml.document(table, {name: more})) == {**table, name: more}


@given(texts)
def test_a_string_stays_on_its_line(text: str) -> None:
    """And shows no character that does not print."""
    assert toml.string(text).isprintable()


@given(st.text(st.characters(codec=None), max_size=10))
@example("\ud800 alone")
def test_half_a_character_becomes_a_mark(text: str) -> None:
    """TOML holds no lone surrogates; everything else stays."""
    held = tomllib.loads(f"x = {toml.string(text)}")["x"]
    assert held == "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (5, 1), (6, 8)])
def test_a_long_list_has_a_line_for_each(count: int, lines: int) -> None:
    """Five account IDs take 5 * 14 + 4 * 2 + 2 = 80 of 88 columns, six more than 88."""
    assert toml.array(["111122223333"] * count).count("\n") + 1 == lines


def test_an_empty_document_is_empty() -> None:
    """No table, no text."""
    assert toml.document({}) == "" == toml.document({}, {"accepted": []})


accounts = st.lists(st.from_regex(r"[0-9]{12}", fullmatch=True), max_size=8, unique=True).map(tuple)
accepted = st.builds(
    Accepted,
    st.from_regex(r"TP[1-9][0-9]{2}", fullmatch=True),
    texts.filter(str.strip),
    st.dates().map(str) | st.just(""),
    texts,
    texts,
)
homes = st.builds(
    tw.Home,
    accounts,
    st.just("") | st.from_regex(r"o-[a-z0-9]{10,32}", fullmatch=True),
    st.lists(st.from_regex(r"[A-Za-z0-9_-]{1,39}", fullmatch=True), max_size=4, unique=True).map(
        tuple
    ),
    accounts,
    st.lists(accepted, max_size=3).map(tuple),
)


@given(homes)
def test_the_file_of_a_home_is_that_home(home: tw.Home) -> None:
    """Saved and loaded, nothing is lost and nothing is added."""
    assert tw.Home.from_toml(toml_from_home(home)) == home
