"""Fixes change a text as far as they say, all of it or nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.policy import Fix, Insert, Remove, Rename, Replace, change
from trust_widgets.policy.edits import Splice

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
    assert fix.apply(TEXT) == (
        '{"Id": "2012-10-17", "Statement": [{"Sid": "One", "Effect": "Allow", "Action": "sts:AssumeRole"}]}'
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
