"""JSON with places: good text reads as the standard library reads it, bad text is told in full."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.text.json.places import locate, locate_key
from trust_widgets.text.json.reader import LONGEST, read
from trust_widgets.text.json.tree import ParsedJson, plain

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def kinds(text: str) -> list[str]:
    """The faults of a text, by kind."""
    return [fault.kind for fault in read(text).faults]


def mended(text: str, index: int = 0) -> str:
    """The text after the repair of one fault."""
    for splice in sorted(read(text).faults[index].splices, reverse=True):
        text = text[: splice.start] + splice.text + text[splice.end :]
    return text


@given(VALUES, st.sampled_from([None, 1, 2, "\t"]), st.booleans())
def test_good_json_is_read_as_the_standard_library_reads_it(
    value: Any, indent: Any, ascii_only: bool
) -> None:
    """Whatever `json.dumps` writes has no fault and gives the same values, lone surrogates
    apart.
    """
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    reading = read(text)
    if "half_character" not in kinds(text):
        assert reading.faults == ()
        assert reading.root is not None and plain(reading.root) == json.loads(text)


@given(st.text() | st.text(alphabet="{}[]\",:\\ \n'“”aA1-./*#truefalsn"))
def test_any_text_gives_a_reading(text: str) -> None:
    """No text raises; what the standard library refuses has a fault, and every place is inside the
    text.
    """
    reading = read(text)
    try:
        json.loads(text)
    except ValueError:
        assert reading.faults
    for fault in reading.faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
        assert all(0 <= splice.start <= splice.end <= len(text) for splice in fault.splices)


@given(VALUES, st.data())
def test_every_cut_of_a_document_is_read_as_far_as_it_goes(value: Any, data: st.DataObject) -> None:
    """A document cut off anywhere gives a reading, and a fault unless it happens to be whole."""
    text = json.dumps({"Statement": value})
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    assert read(cut).faults


@pytest.mark.parametrize(
    ("text", "kind", "after"),
    [
        ('{"a": 1,}', "trailing_comma", '{"a": 1}'),
        ('{"a": [1, 2,\n]}', "trailing_comma", '{"a": [1, 2\n]}'),
        ('{"a": 1 "b": 2}', "missing_comma", '{"a": 1, "b": 2}'),
        ('{"a": 1,, "b": 2}', "extra_comma", '{"a": 1, "b": 2}'),
        ('{"a" 1}', "missing_colon", '{"a": 1}'),
        ('{"a" = 1}', "missing_colon", '{"a" : 1}'),
        ("{“a”: 1}", "smart_quotes", '{"a": 1}'),
        ("{'a': 1}", "single_quotes", '{"a": 1}'),
        ("{a: 1}", "unquoted", '{"a": 1}'),
        (
            '{"a": arn:aws:iam::111122223333:root}',
            "unquoted",
            '{"a": "arn:aws:iam::111122223333:root"}',
        ),
        ('{"a": 012345678901}', "unquoted", '{"a": "012345678901"}'),
        ('{"a": True}', "word", '{"a": true}'),
        ('{"a": "\\d"}', "bad_escape", '{"a": "\\\\d"}'),
        ('{"a": "x\ty"}', "control_character", '{"a": "x\\ty"}'),
        ('\ufeff{"a": 1}', "odd_space", '{"a": 1}'),
        ('{"a":\u00a01}', "odd_space", '{"a": 1}'),
        ('{"a": 1} // why', "comment", '{"a": 1} '),
        ('{"a": /* why */ 1}', "comment", '{"a":  1}'),
        ('{"a": [1, 2}', "missing_bracket", '{"a": [1, 2]}'),
        ('{"a": [1, 2', "cut_off", '{"a": [1, 2]}'),
        ('{"a": "b', "cut_off", '{"a": "b"}'),
        ('{"a": 1,', "cut_off", '{"a": 1}'),
        ('{"a": 1}}', "extra_text", '{"a": 1}'),
        ('{"a": "b,\n"c": 1}', "unclosed_string", '{"a": "b",\n"c": 1}'),
    ],
)
def test_a_fault_is_told_by_itself_and_mended(text: str, kind: str, after: str) -> None:
    """One mistake gives one fault, and its repair gives the text that a person would write."""
    assert kinds(text) == [kind]
    assert mended(text) == after
    assert read(after).faults == ()


def test_all_faults_are_told_at_once() -> None:
    """Four mistakes of four kinds in one document."""
    text = '{“Version”: "2012-10-17", // why\n "Statement": [{"Effect": "Allow",}] "Id": True}'
    assert kinds(text) == ["smart_quotes", "comment", "trailing_comma", "missing_comma", "word"]


def test_dozens_of_quotes_are_mended_by_one_repair() -> None:
    """A document from a word processor: whichever is chosen, all are mended."""
    assert mended("{“a”: [“b”, “c”]}", 2) == '{"a": ["b", "c"]}'


def test_a_duplicate_key_tells_both_places() -> None:
    """The second is the place, the first is named by its line."""
    (fault,) = read('{"Effect": "Allow",\n "Sid": "a",\n "Effect": "Deny"}').faults
    assert fault.kind == "duplicate_key" and "line 1" in fault.message
    assert fault.span.start == '{"Effect": "Allow",\n "Sid": "a",\n "Effect": "Deny"}'.rindex(
        '"Effect"'
    )


@pytest.mark.parametrize("opener", ["[", '{"a":', "[[{"])
def test_deep_nesting_is_one_fault(opener: str) -> None:
    """100,000 brackets: too long or too deep, and no stack overflows."""
    for text in (opener * 100_000, opener * 1_000):
        assert kinds(text) in (["too_long"], ["too_deep"])


def test_ten_megabytes_are_one_fault() -> None:
    """Nobody waits for the reading of a text that can be no policy."""
    assert read('{"a": "' + "x" * 10_000_000).faults[0].kind == "too_long"


def test_the_longest_text_is_read() -> None:
    """Exactly the limit is read, with whatever faults it holds."""
    assert isinstance(read('"' * LONGEST), ParsedJson)
    assert isinstance(read("{\n" * (LONGEST // 2)), ParsedJson)


TEXT = '{ "Statement" : {"Principal": {"AWS": ["a", "b"]}, "Action":"sts:AssumeRole"} }'


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("Statement", 0, "Action"), '"sts:AssumeRole"'),
        (("Statement", 0, "Action", 0), '"sts:AssumeRole"'),
        (("Statement", 0, "Principal", "AWS", 1), '"b"'),
        (("Statement", "Principal", "AWS"), '["a", "b"]'),
    ],
)
def test_locate_finds_the_text_as_it_was_written(path: Any, found: str) -> None:
    """A single value counts as a list of one, whether or not the path says so."""
    span = locate(TEXT, path)
    assert span is not None and TEXT[span.start : span.end] == found


@pytest.mark.parametrize(
    "path", [("Statement", 1), ("Nothing",), ("Statement", 0, "Action", "x"), ("Statement", -1)]
)
def test_locate_says_when_there_is_nothing(path: Any) -> None:
    """A place that is not there is `None`, not an exception."""
    assert locate(TEXT, path) is None


def test_locate_key_finds_the_name() -> None:
    """The name with its quotes."""
    span = locate_key(TEXT, ("Statement", 0, "Principal", "AWS"))
    assert span is not None and TEXT[span.start : span.end] == '"AWS"'
