"""Placeholders of templates, and texts near them that are none."""

from __future__ import annotations

import pytest

from trust_widgets.text.placeholders import marked_placeholder, placeholder_in


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("arn:aws:iam::<ACCOUNT_ID>:role/app", "<ACCOUNT_ID>"),
        ("${account}", "${account}"),
        ("arn:aws:iam::${AWS::AccountId}:root", "${AWS::AccountId}"),
        ("${var.external_id}", "${var.external_id}"),
        ("${str(account)}", "${str(account)}"),
        ("{{ cookiecutter.account }}", "{{ cookiecutter.account }}"),
        ("arn:aws:iam::{account_id}:root", "{account_id}"),
    ],
)
def test_placeholders_in_brackets_and_braces(text: str, placeholder: str) -> None:
    assert marked_placeholder(text) == placeholder
    assert placeholder_in(text) == placeholder


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("arn:aws:iam::YOUR_ACCOUNT_ID:root", "YOUR_ACCOUNT_ID"),
        ("YOUR-ACCOUNT", "YOUR-ACCOUNT"),
        ("your_account_id", "your_account_id"),
        ("o-xxxxxxxxxx", "xxxxxxxxxx"),
        ("arn:aws:iam::XXXXXXXXXXXX:root", "XXXXXXXXXXXX"),
        ("XXXX", "XXXX"),
    ],
)
def test_placeholders_in_words(text: str, placeholder: str) -> None:
    assert marked_placeholder(text) == ""
    assert placeholder_in(text) == placeholder


@pytest.mark.parametrize(
    "text",
    [
        "${aws:username}",
        "${aws:PrincipalTag/team, 'none'}",
        "${team, 'none'}",
        "octo-${*}-${?}-${$}",
        "${oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE:sub}",
        "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
        "repo:your-org/app:pull_request",
        "repo:xxx/app:pull_request",
        "vpc-0a1b2c3d4e5f60718",
        "MAXXXIMUM",
        "system:serviceaccount:shop:*",
    ],
)
def test_texts_without_a_placeholder(text: str) -> None:
    assert placeholder_in(text) == ""
