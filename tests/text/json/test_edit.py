"""Edits change what they name and keep every other character."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.text.json.edit import insert, remove, rename, replace, replace_slice

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
    assert (
        json.loads(replace_slice(text, ("Statement",), start, stop, new))["Statement"] == expected
    )


@given(ITEMS)
def test_from_the_empty_policy_on_it_is_laid_out_as_json_dumps_does(new: list[Any]) -> None:
    """What a form writes into an empty policy is the canonical text."""
    text = replace_slice(EMPTY, ("Statement",), 0, 0, new)
    assert text == json.dumps({"Version": "2012-10-17", "Statement": new}, indent=2)


@given(ITEMS, ITEMS, st.sampled_from([2, 4, "\t"]))
def test_one_entry_after_the_other_is_laid_out_alike(
    first: list[Any], then: list[Any], indent: Any
) -> None:
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
    assert (
        replace_slice(text, ("Statement",), 1, 2, [])
        == '{"Statement": [\n\t{ "a":1 }  ,\n  {"c": 3}\n]}'
    )


def test_a_single_statement_gets_brackets_when_it_has_company() -> None:
    """It counts as a list of one, and stays a single one while it is alone."""
    text = '{"Statement": {"Effect": "Allow"}}'
    assert replace_slice(text, ("Statement",), 0, 1, [{"a": 1}]) == '{"Statement": {"a": 1}}'
    assert json.loads(replace_slice(text, ("Statement",), 1, 1, [2])) == {
        "Statement": [{"Effect": "Allow"}, 2]
    }
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
    assert replace(before, (*place, "Effect"), "Deny") == text(
        Effect="Deny", Action="a", Resource="*"
    )
    assert rename(before, (*place, "Action"), "NotAction") == text(
        Effect="Allow", NotAction="a", Resource="*"
    )
    assert remove(before, (*place, "Resource")) == text(Effect="Allow", Action="a")
    assert remove(before, (*place, "Effect")) == text(Action="a", Resource="*")
    added = insert(before, (*place, "Sid"), "One", ("Sid", "Effect"))
    assert added == text(Sid="One", Effect="Allow", Action="a", Resource="*")
    assert insert(before, (*place, "Condition"), {}) == text(
        Effect="Allow", Action="a", Resource="*", Condition={}
    )


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


ON_ONE_LINE = "sts:AssumeRoleWithWebIdentity"
BRACKETS = """{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": {"Federated": "accounts.google.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {
      "StringEquals": {"accounts.google.com:aud": "mine"}
    }
  }]
}"""
ASKED = {"StringEquals": {"accounts.google.com:aud": "mine"}}
STATEMENT = {
    "Effect": "Allow",
    "Principal": {"Federated": "accounts.google.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": ASKED,
}
BELOW = ("Statement",)


def replaced(text: str, **changed: Any) -> str:
    """The text after its only statement says something else."""
    return replace_slice(text, BELOW, 0, 1, [{**STATEMENT, **changed}])


def test_of_a_statement_only_what_it_says_otherwise_is_written_again() -> None:
    """The rest keeps every character, `[{` and members on one line among them."""
    assert replaced(BRACKETS) == BRACKETS
    assert replaced(BRACKETS, Effect="Deny") == BRACKETS.replace("Allow", "Deny")
    other = {"StringEquals": {"accounts.google.com:aud": "yours"}}
    assert replaced(BRACKETS, Condition=other) == BRACKETS.replace("mine", "yours")
    short = '"StringEquals": {"accounts.google.com:aud": "mine", "accounts.google.com:sub": "1"}\n'
    both = {"StringEquals": {**ASKED["StringEquals"], "accounts.google.com:sub": "1"}}
    assert replaced(BRACKETS, Condition=both) == BRACKETS.replace(
        '"StringEquals": {"accounts.google.com:aud": "mine"}\n', short
    )


def test_a_guard_is_a_line_of_its_own_where_the_others_are() -> None:
    """In the indentation of the document, behind what was there."""
    guarded = {**ASKED, "Bool": {"aws:SecureTransport": "true"}}
    added = '"mine"},\n      "Bool": {\n        "aws:SecureTransport": "true"\n      }\n    }'
    assert replaced(BRACKETS, Condition=guarded) == BRACKETS.replace('"mine"}\n    }', added)


def test_what_no_longer_fits_on_its_line_gets_several() -> None:
    """While one line stays one in a text that has no other."""
    asked = {"StringEquals": {**ASKED["StringEquals"], "accounts.google.com:sub": "1" * 100}}
    lines = [
        '"StringEquals": {',
        '  "accounts.google.com:aud": "mine",',
        f'  "accounts.google.com:sub": "{"1" * 100}"',
        "}",
    ]
    text = replaced(BRACKETS, Condition=asked)
    assert "\n" + "\n".join(f"      {line}" for line in lines) + "\n    }" in text
    flat = json.dumps({"Statement": [STATEMENT]})
    assert replaced(flat, Condition=asked) == json.dumps(
        {"Statement": [{**STATEMENT, "Condition": asked}]}
    )


def test_a_statement_beside_one_of_several_lines_has_several() -> None:
    """Behind the bracket that closes the other, and as far in."""
    added = '  }, {\n    "Effect": "Deny",\n    "Action": [\n      "a",\n      "b"\n    ]\n  }]\n}'
    other = {"Effect": "Deny", "Action": ["a", "b"]}
    assert replace_slice(BRACKETS, BELOW, 1, 1, [other]) == BRACKETS.removesuffix("  }]\n}") + added


def test_a_list_of_one_stays_as_it_is_written() -> None:
    """IAM takes a value and a list of it alone as the same."""
    text = BRACKETS.replace(f'"{ON_ONE_LINE}"', f'["{ON_ONE_LINE}"]')
    assert replaced(text, Effect="Deny") == text.replace("Allow", "Deny")


KEYS = st.sampled_from(["Sid", "Effect", "Action", "Principal", "Condition"])
VALUES = st.recursive(
    st.sampled_from(["a", "b", True, 1]),
    lambda inner: (
        st.dictionaries(KEYS, inner, max_size=3) | st.lists(inner, min_size=2, max_size=3)
    ),
    max_leaves=4,
)
STATEMENTS = st.lists(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), min_size=1, max_size=3)


@given(STATEMENTS, st.dictionaries(KEYS, VALUES, min_size=1), INDENTS, st.booleans(), st.data())
def test_a_change_says_the_new_keeps_the_others_and_takes_no_lines(
    old: list[Any], new: dict[str, Any], indent: Any, brackets: bool, data: st.DataObject
) -> None:
    """In any layout: a statement of several lines stays one, as many as it has members at least."""
    at = data.draw(st.integers(0, len(old) - 1))
    written = [json.dumps(each, indent=indent) for each in old]
    gap = ", " if brackets else ",\n"
    text = "{" + '\n"Statement": [' + gap.join(written) + "]\n}"
    now = replace_slice(text, BELOW, at, at + 1, [new])
    head = text.index("[") + 1 + sum(len(each) + len(gap) for each in written[:at])
    tail = len(text) - head - len(written[at])
    assert now[:head] == text[:head] and now[len(now) - tail :] == text[len(text) - tail :]
    changed = now[head : len(now) - tail]
    assert json.loads(changed) == new
    if "\n" in written[at]:
        assert changed.count("\n") >= len(new) + 1
