"""JSON text that IAM takes: no character above U+00FF but as an escape."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.exporters import EXPORTERS
from trust_widgets.text.json.writer import escaped, holds_what_iam_refuses, json_text

LARGEST = 0xFF


@given(st.text())
def test_what_is_written_is_read_back_and_holds_nothing_that_iam_refuses(text: str) -> None:
    written = json_text({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert all(ord(char) <= LARGEST for char in written)


@pytest.mark.parametrize("char", ["\u0100", "\u20ac", "\u201c", "\u3042", "\ufeff", "\U0001f511"])
def test_characters_that_iam_refuses_become_escapes(char: str) -> None:
    assert holds_what_iam_refuses({"a": char})
    assert escaped(f'"{char}"') == json.dumps(char)


@pytest.mark.parametrize("char", ["a", "\u007f", "\u00e9", "\u00ff"])
def test_characters_that_iam_takes_stay(char: str) -> None:
    assert not holds_what_iam_refuses({"a": char})
    assert json_text(char) == f'"{char}"'


def _policy(external_id: str) -> tw.TrustPolicy:
    condition = tw.Condition("StringEquals", "sts:ExternalId", (external_id,))
    account = tw.Principal(aws="444455556666")
    return tw.TrustPolicy((tw.Statement("Allow", account, "sts:AssumeRole", (condition,)),))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_the_text_of_a_policy_is_that_policy(external_id: str) -> None:
    policy = _policy(external_id)
    assert tw.parse(str(policy)) == policy


@pytest.mark.parametrize("name", ["json", "terraform", "aws_cli"])
def test_exports_hold_no_character_that_iam_refuses(name: str) -> None:
    assert name in EXPORTERS
    text = tw.export(tw.Role("app", trust=_policy("caf\u00e9 \u20ac \U0001f511 ${aws:x}")), name)
    assert all(ord(char) <= LARGEST for char in text)
    assert "20ac" in text


def test_terraform_writes_an_object_where_it_can() -> None:
    assert "jsonencode({" in tw.export(tw.Role("app", trust=_policy("caf\u00e9")), "terraform")
