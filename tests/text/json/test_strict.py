"""Values of JSON without faults, against the standard library's own reading of the same
characters.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.text.json.strict import Value, pretty, read_strictly

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


def below(value: Value) -> Iterator[Value]:
    """A value and all that is in it."""
    yield value
    for child in value.children():
        yield from below(child)


@given(DOCUMENTS, st.sampled_from([None, 0, 3]), st.booleans())
def test_each_value_is_where_it_says(document: Any, indent: int | None, ascii_only: bool) -> None:
    """Its characters alone are read as that value; an object has all its members, a list all its
    items.
    """
    root = read_strictly(json.dumps(document, indent=indent, ensure_ascii=ascii_only))
    assert root is not None
    assert root.plain == document
    for value in below(root):
        assert json.loads(value.source) == value.plain
        if isinstance(value.plain, dict):
            assert {name: child.plain for name, child in value.members().items()} == value.plain
        if isinstance(value.plain, list):
            assert [child.plain for child in value.items()] == value.plain


def test_places_by_hand() -> None:
    """With space everywhere that JSON allows it."""
    root = read_strictly(' { "a" : [ 1 , "b" ] , "c" : { } } ')
    assert root is not None
    members = root.members()
    assert (root.start, root.end) == (1, 34)
    assert (members["a"].start, members["a"].end) == (9, 20)
    assert [item.start for item in members["a"].items()] == [11, 15]
    assert members["c"].source == "{ }"


def test_of_two_members_with_one_name_the_last_counts() -> None:
    """As the standard library has it."""
    root = read_strictly('{"a": 1, "a": 2}')
    assert root is not None
    assert root.members()["a"].start == 14


def test_other_values_have_no_members_and_no_items() -> None:
    """A text, and a list asked for its members."""
    for text in ('"{}"', "1", "null", "true"):
        root = read_strictly(text)
        assert root is not None
        assert not root.members() and not root.items() and not list(root.children())
    root = read_strictly('[{"a": 1}]')
    assert root is not None
    assert not root.members()


@pytest.mark.parametrize("text", ["", " ", "{", "{} {}", '{"a": 1,}', "nul", "'a'", "[" * 100_000])
def test_what_is_not_json(text: str) -> None:
    """Also what is nested too deeply, and two values."""
    assert read_strictly(text) is None
    assert pretty(text) == text
