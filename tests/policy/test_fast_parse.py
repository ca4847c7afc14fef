"""The quick reader says what the reader with places says, or nothing at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.policy import Principal, TrustPolicy
from trust_widgets.policy.document import _read_with_places
from trust_widgets.policy.fast_parse import LONGEST, read_plain

EC2 = (
    '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service":'
    ' "ec2.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"Bool":'
    ' {"aws:SecureTransport": true}}}]}'
)


def agrees(text: str) -> bool:
    """Whether the quick reader gave up, or read what the other one reads without a problem."""
    plain = read_plain(text)
    return plain is None or (plain, ()) == _read_with_places(text)


def test_an_ordinary_document_is_read_quickly() -> None:
    """Not given up: that would be slow for all."""
    read = read_plain(EC2)
    assert read is not None and read.statements[0].principal == Principal(
        service="ec2.amazonaws.com"
    )


@pytest.mark.parametrize(
    "text",
    [
        EC2.replace("2012-10-17", "2012\\u002d10-17"),
        EC2.replace('"Effect"', '"Effect": "Allow", "Effect"'),
        EC2.replace("true", "NaN"),
        EC2.replace("true", "1"),
        EC2.replace("true", "null"),
        EC2.replace("true", "{}"),
        EC2.replace("ec2", "éc2"),
        EC2.replace('"Service"', '"service"'),
        EC2.replace('"Action"', '"action"'),
        EC2.replace('"sts:AssumeRole"', "[1]"),
        EC2.replace('{"Bool": {"aws:SecureTransport": true}}', '{"Bool": {}}'),
        EC2 + ",",
        '{"PolicyDocument": ' + EC2 + "}",
        EC2.replace('"2012-10-17"', "null"),
        "[]",
        "",
        "[" * 100_000,
        EC2 + " " * LONGEST,
    ],
)
def test_anything_unusual_is_left_to_the_other_reader(text: str) -> None:
    """Escapes, a key twice, other types, other names, other texts."""
    assert read_plain(text) is None


PIECES = (
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    " ",
    '"*"',
    '"AWS"',
    "null",
    "1e9",
    "true",
    "-0",
    "\t",
    '"Sid": "a",',
    "\n",
)


@given(st.integers(0, len(EC2)), st.integers(0, 20), st.lists(st.sampled_from(PIECES), max_size=3))
def test_a_mutated_document_is_read_alike(at: int, cut: int, pieces: list[str]) -> None:
    """Whatever is cut out and put in anywhere."""
    assert agrees(EC2[:at] + "".join(pieces) + EC2[at + cut :])


def test_an_empty_list_of_statements_is_a_policy() -> None:
    """The text that a new model starts with."""
    assert read_plain('{"Version": "2012-10-17", "Statement": []}') == TrustPolicy()
