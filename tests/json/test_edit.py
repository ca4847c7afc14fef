"""Edits change what they name and keep every other character."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets._json.edit import insert, remove, rename, replace, replace_slice

EMPTY = '{\n  "Version": "2012-10-17",\n  "Statement": []\n}'
ONE = {"Effect": "Allow", "Action": ["a", "b"]}
ITEMS = st.lists(st.sampled_from([1, "x", {"Effect": "Allow"}, {"a": [1, 2]}, []]), max_size=4)
INDENTS = st.sampled_from([None, 1, 2, 4, "\t"])


@given(ITEMS, ITEMS, INDENTS, st.data())
def test_a_slice_is_replaced_as_in_a_python_list(
    old: list[Any], new: list[Any], indent: Any, data: st.DataObject
) -> None:
    """For any list, range, values and layout."""
    start = data.draw(st.integers(0, len(old)))
    stop = data.draw(st.integers(start, len(old)))
    text = json.dumps({"Version": "1", "Statement": old, "Id": "x"}, indent=indent)
    expected = [*old[:start], *new, *old[stop:]]
    assert json.loads(replace_slice(text, ("Statement",), start, stop, new))["Statement"] == expected


@given(ITEMS)
def test_from_the_empty_policy_on_it_is_laid_out_as_json_dumps_does(new: list[Any]) -> None:
    """What a form writes into an empty policy is the canonical text."""
    text = replace_slice(EMPTY, ("Statement",), 0, 0, new)
    assert text == json.dumps({"Version": "2012-10-17", "Statement": new}, indent=2)


@given(ITEMS, ITEMS, st.sampled_from([2, 4, "\t"]))
def test_one_entry_after_the_other_is_laid_out_alike(first: list[Any], then: list[Any], indent: Any) -> None:
    """Entries added later look as if they had been there from the start."""
    text = json.dumps({"Statement": first}, indent=indent)
    if first:
        for value in then:
            at = len(json.loads(text)["Statement"])
            text = replace_slice(text, ("Statement",), at, at, [value])
        assert text == json.dumps({"Statement": [*first, *then]}, indent=indent)


def test_the_others_keep_every_character() -> None:
    """However odd their layout is, comments in the source's style included."""
    text = '{"Statement": [\n\t{ "a":1 },\n      {"b" : 2}  ,\n  {"c": 3}\n]}'
    assert replace_slice(text, ("Statement",), 1, 2, [9]) == text.replace('{"b" : 2}', "9")
    assert replace_slice(text, ("Statement",), 1, 2, []) == '{"Statement": [\n\t{ "a":1 }  ,\n  {"c": 3}\n]}'


def test_a_single_statement_gets_brackets_when_it_has_company() -> None:
    """It counts as a list of one, and stays a single one while it is alone."""
    text = '{"Statement": {"Effect": "Allow"}}'
    assert replace_slice(text, ("Statement",), 0, 1, [{"a": 1}]) == '{"Statement": {"a": 1}}'
    assert json.loads(replace_slice(text, ("Statement",), 1, 1, [2])) == {"Statement": [{"Effect": "Allow"}, 2]}
    assert json.loads(replace_slice(text, ("Statement",), 0, 1, [])) == {"Statement": []}


def test_a_missing_list_is_made() -> None:
    """A policy without statements gets its list."""
    assert json.loads(replace_slice('{"Version": "1"}', ("Statement",), 0, 0, [1])) == {
        "Version": "1",
        "Statement": [1],
    }


def test_line_ends_of_windows_stay() -> None:
    """New lines end as the others do."""
    text = replace_slice(EMPTY.replace("\n", "\r\n"), ("Statement",), 0, 0, [ONE])
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_members_are_replaced_renamed_removed_and_added(indent: Any) -> None:
    """The same results as on plain values, in the same layout."""

    def text(**members: Any) -> str:
        return json.dumps({"Statement": [members]}, indent=indent)

    before = text(Effect="Allow", Action="a", Resource="*")
    place = ("Statement", 0)
    assert replace(before, (*place, "Effect"), "Deny") == text(Effect="Deny", Action="a", Resource="*")
    assert rename(before, (*place, "Action"), "NotAction") == text(Effect="Allow", NotAction="a", Resource="*")
    assert remove(before, (*place, "Resource")) == text(Effect="Allow", Action="a")
    assert remove(before, (*place, "Effect")) == text(Action="a", Resource="*")
    added = insert(before, (*place, "Sid"), "One", ("Sid", "Effect"))
    assert added == text(Sid="One", Effect="Allow", Action="a", Resource="*")
    assert insert(before, (*place, "Condition"), {}) == text(Effect="Allow", Action="a", Resource="*", Condition={})


def test_removing_the_only_member_leaves_an_empty_object() -> None:
    """No comma and no blank line stays behind."""
    assert remove('{\n  "a": 1\n}', ("a",)) == "{}"


def test_a_single_value_takes_its_name_with_it() -> None:
    """Removing value 0 of `"AWS": "x"` removes the kind."""
    assert remove('{"AWS": "x", "Service": "y"}', ("AWS", 0)) == '{"Service": "y"}'


def test_a_place_that_is_not_there_is_none() -> None:
    """No edit guesses."""
    text = '{"a": [1]}'
    assert replace(text, ("b",), 1) is None
    assert rename(text, ("b",), "c") is None
    assert remove(text, ("a", 1)) is None
    assert insert(text, ("a",), 1) is None
    assert insert(text, ("b", "c"), 1) is None
