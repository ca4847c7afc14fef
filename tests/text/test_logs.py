"""What tools put around a message."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trust_widgets.text.logs import MASK, as_written


def test_what_is_plain_stays() -> None:
    text = "User: arn:aws:iam::111122223333:user/a_b+c=d,e.f@g-h is not authorized"
    assert as_written(text) == text


@pytest.mark.parametrize(
    "mask", ["***", "****", "[MASKED]", "[REDACTED]", "<redacted>", "(sensitive value)", r"\*\*\*"]
)
def test_each_mask_is_one_mask(mask: str) -> None:
    assert as_written(f"arn:aws:iam::{mask}:role/app") == f"arn:aws:iam::{MASK}:role/app"


@pytest.mark.parametrize("hidden", ["<account-id>", "{account}", "${ACCOUNT_ID}", "{{ account }}"])
def test_a_placeholder_in_an_arn_is_a_mask(hidden: str) -> None:
    assert as_written(f"arn:aws:iam::{hidden}:role/app") == f"arn:aws:iam::{MASK}:role/app"


def test_a_tag_is_no_arn_and_an_arn_is_no_tag() -> None:
    assert as_written("<arn:aws:iam::111122223333:root>") == "<arn:aws:iam::111122223333:root>"
    assert as_written("<b>x</b><br/>y").split() == ["x", "y"]


@pytest.mark.parametrize(
    "before",
    [
        "2026-11-20T10:00:00.1234567Z ",
        "[2026-11-20 10:00:00,123] ",
        "Nov 20 10:00:00 ",
        "│ ",
        "> ",
        "app_1  | ",
        "stderr F ",
        "##[error]",
        "#12 3.456 ",
        "sshd[123]: ",
    ],
)
def test_what_stands_before_a_line_goes(before: str) -> None:
    assert as_written(f"{before}one\n{before}two") == "one\ntwo"


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(as_written(text), str)


@given(st.text("abc \"'<>&/-", max_size=40))
def test_entities_and_json_are_undone(text: str) -> None:
    """As far as the text has no tags and no backslashes of its own."""
    plain = as_written(text)
    assert as_written(html.escape(html.escape(text))) == plain
    assert as_written(json.dumps(text)[1:-1]) == plain
