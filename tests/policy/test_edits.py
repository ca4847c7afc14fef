"""Fixes change a text as far as they say, all of it or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.policy import Fix, Insert, Remove, Rename, Replace, change, parse
from trust_widgets.policy.edits import (
    Splice,
    add_condition,
    add_value,
    compare_with,
    move_condition,
)

TEXT = '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Resource": "*"}]}'
PLACE = ("Statement", 0)


def test_edits_are_made_one_after_the_other() -> None:
    """Each sees the text that the one before it made; new elements stand where AWS writes them."""
    fix = Fix(
        "Mend it",
        (
            Replace((*PLACE, "Effect"), "Allow"),
            Remove((*PLACE, "Resource")),
            Insert((*PLACE, "Action"), "sts:AssumeRole"),
            Insert((*PLACE, "Sid"), "One"),
            Rename(("Version",), "Id"),
        ),
    )
    assert (
        fix.apply(TEXT)
        == '{"Id": "2012-10-17", "Statement": [{"Sid": "One", "Effect": "Allow", "Action":'
        ' "sts:AssumeRole"}]}'
    )


def test_all_edits_or_none() -> None:
    """A place that is gone leaves the text as it is, also when other edits would fit."""
    fix = Fix("Mend it", (Replace((*PLACE, "Effect"), "Allow"), Remove((*PLACE, "Nothing"))))
    assert fix.apply(TEXT) == TEXT


@given(st.text())
def test_no_text_makes_a_fix_raise(text: str) -> None:
    """Whatever became of the document since the fix was made."""
    fix = Fix("Mend it", (Replace((*PLACE, "Effect"), "Allow"), Insert(("Id",), "x")))
    assert isinstance(fix.apply(text), str)


def test_splices_are_meant_for_the_text_as_it_was() -> None:
    """Several at once, in any order."""
    assert Fix("Mend it", (Splice(0, 1, "<<"), Splice(2, 3, ">>"))).apply("abc") == "<<b>>"


@given(st.text("ab\n", max_size=12), st.text("ab\n", max_size=12))
def test_a_change_makes_one_text_of_another(old: str, new: str) -> None:
    """By one replacement, whose ends differ on both sides."""
    start, end, text = change(old, new)
    assert old[:start] + text + old[end:] == new
    cut = old[start:end]
    assert not (cut and text) or (cut[0] != text[0] and cut[-1] != text[-1])


SUB = "token.actions.githubusercontent.com:sub"
AUD = "token.actions.githubusercontent.com:aud"


def with_conditions(block: dict[str, Any] | None) -> str:
    """A policy's text, as IAM's console lays it out, with these conditions."""
    statement = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    more = {} if block is None else {"Condition": block}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | more]}, indent=2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"StringEquals": {SUB: "a*"}}, {"StringLike": {SUB: "a*"}}),
        (
            {"StringEquals": {SUB: ["a*", "b"], AUD: "c"}},
            {"StringEquals": {AUD: "c"}, "StringLike": {SUB: ["a*", "b"]}},
        ),
        (
            {"StringEquals": {SUB: "a*"}, "StringLike": {AUD: "c*"}},
            {"StringLike": {AUD: "c*", SUB: "a*"}},
        ),
        (
            {"StringEquals": {AUD: "c", SUB: "a*"}, "StringLike": {"aws:userid": "d*"}},
            {"StringEquals": {AUD: "c"}, "StringLike": {"aws:userid": "d*", SUB: "a*"}},
        ),
    ],
)
def test_a_condition_is_put_under_another_operator(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    """The rest stays, and the result is laid out as the document was."""
    text = with_conditions(before)
    path = (*PLACE, "Condition", "StringEquals", SUB)
    fix = compare_with(parse(text).statements[0], path, "StringLike")
    assert fix is not None
    assert fix.title == "Compare with StringLike"
    assert fix.apply(text) == with_conditions(after)


@pytest.mark.parametrize("other", [SUB, SUB.upper()])
def test_two_conditions_on_a_key_are_not_merged(other: str) -> None:
    """Both must be met: one list of values would be met by either.

    AWS compares keys without regard to case.
    """
    text = with_conditions({"StringEquals": {SUB: "a*"}, "StringLike": {other: "b*"}})
    statement, path = parse(text).statements[0], (*PLACE, "Condition", "StringEquals", SUB)
    assert move_condition(statement, path, "StringLike") == ()
    assert compare_with(statement, path, "StringLike") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {"StringEquals": {AUD: "c"}}),
        ({"StringLike": {SUB: "a*"}}, {"StringLike": {SUB: "a*"}, "StringEquals": {AUD: "c"}}),
        ({"StringEquals": {SUB: "a"}}, {"StringEquals": {SUB: "a", AUD: "c"}}),
    ],
)
def test_a_condition_is_added(before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    """To the block of its operator, if there is one."""
    text = with_conditions(before)
    edit = add_condition(PLACE, parse(text).statements[0], "StringEquals", AUD, "c")
    assert Fix("Add it", (edit,)).apply(text) == with_conditions(after)


@pytest.mark.parametrize(("values", "number"), [("a", 0), (["a"], 0), (["a", "b"], 1)])
def test_a_value_is_added(values: Any, number: int) -> None:
    """Behind the others; one value alone becomes a list."""
    text = with_conditions({"StringEquals": {SUB: values}})
    path = (*PLACE, "Condition", "StringEquals", SUB, number)
    after = Fix("Add it", (add_value(parse(text), path, "c"),)).apply(text)
    expected = ["a", "b", "c"] if number else ["a", "c"]
    assert parse(after) == parse(with_conditions({"StringEquals": {SUB: expected}}))
