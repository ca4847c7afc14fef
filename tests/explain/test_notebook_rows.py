"""A decision as a notebook shows it, row by row, and what is marked in it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest

import trust_widgets as tw
from support.by_hand import OPS, decided, policy


def test_a_decision_is_a_table_with_a_heading_for_each_row_and_column() -> None:
    """The outcome in bold, the sign, what is asked, and both sides; values as code, what differs
    marked.
    """
    wants = {"StringEquals": {"sts:ExternalId": ["b2-a", "b2-b"]}}
    decision = decided(wants, {"sts:ExternalId": "b2-c"})
    html = ElementTree.fromstring(decision._repr_mimebundle_()["text/html"])
    assert (html.tag, [child.tag for child in html]) == ("div", ["p", "p", "table"])
    assert html[0][0].tag == "b" and html[0][0].text == "Not allowed. "
    assert str(html[0][0].tail).startswith(
        'Everything matches except sts:ExternalId: the request has "(given)"'
    )
    assert html[1].text == "The closest statement: Statement 1"
    assert {row.tag for row in html[2]} == {"tr"}
    head, *rows = html[2]
    assert [(cell.tag, cell.get("scope"), cell.text or "") for cell in head] == [
        ("th", "col", text) for text in ("", "", "The request has", "The policy requires")
    ]
    assert [[cell.tag for cell in row] for row in rows] == [["td", "th", "td", "td"]] * 4
    assert [(row[0].text, row[1].text, row[1].get("scope")) for row in rows] == [
        ("✓", "Principal", "row"),
        ("✓", "Action", "row"),
        ("✗", "sts:ExternalId", "row"),
        ("✓", "Its own policies", "row"),
    ]
    assert ["".join(cell.itertext()) for cell in rows[2][2:]] == [
        "(given)",
        "b2-a or b2-b (StringEquals)",
    ]
    assert [code.tag for code in rows[2][3]] == ["code", "code"]
    assert ["".join(cell.itertext()) for cell in rows[1][2:]] == [
        "sts:AssumeRole",
        "sts:AssumeRole",
    ]


def test_of_many_values_the_rest_is_counted_on_the_policys_side() -> None:
    """Three are shown."""
    wants = {"StringEquals": {"sts:RoleSessionName": [f"octo-{n}" for n in "abcde"]}}
    lines = (
        decided(wants, {"sts:RoleSessionName": "octo-x"})
        ._repr_mimebundle_()["text/plain"]
        .splitlines()
    )
    call, wanted = (
        next(line for line in lines if line.split()[:1] == [side]) for side in ("request", "policy")
    )
    assert call.split() == ["request", "octo-x"]
    assert wanted.endswith(" and 2 more (StringEquals)") and wanted.count("octo-") == 3


def test_a_deny_that_applies_is_shown() -> None:
    """And not the Allow beside it."""
    allow, deny = (
        policy(principal="*").statements[0],
        tw.Statement("Deny", tw.Principal(aws="*"), "sts:*"),
    )
    decision = tw.evaluate(tw.TrustPolicy((allow, deny)), tw.Request("sts:AssumeRole", OPS))
    lines = decision._repr_mimebundle_()["text/plain"].splitlines()
    assert (
        lines[0].startswith("Denied. Statement 2 is a Deny")
        and "The Deny that applies: Statement 2" in lines
    )
    assert [line.split()[-1] for line in lines if line.startswith("  ✓ Action")] == [
        "sts:AssumeRole"
    ]


def test_an_id_of_a_deleted_role_is_nobody_any_more() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    decision = tw.evaluate(
        policy(principal="AROADBQP57FF2AEXAMPLE"), tw.Request("sts:AssumeRole", OPS)
    )
    lines = decision._repr_mimebundle_()["text/plain"].splitlines()
    assert "      policy  nobody any more AROADBQP57FF2AEXAMPLE" in lines


@pytest.mark.parametrize(
    ("operator", "key", "has", "wants", "marks"),
    [
        ("StringLike", "sts:RoleSessionName", "octo-a:x", "octo-*:y", ["x", "y"]),
        ("ArnLike", "aws:SourceArn", "arn:aws:s3:::octo-a", "arn:*:s3:::octo-b", ["a", "b"]),
        ("StringEquals", "sts:RoleSessionName", "octo:a", "octo:*", ["a", "*"]),
        ("StringEquals", "sts:RoleSessionName", "octo-a-prod", "octo-b-prod", ["a", "b"]),
    ],
)
def test_what_a_wildcard_stands_for_is_not_marked(
    operator: str, key: str, has: str, wants: str, marks: Any
) -> None:
    """Where the operator reads it."""
    html = ElementTree.fromstring(
        decided({operator: {key: wants}}, {key: has})._repr_mimebundle_()["text/html"]
    )
    assert [span.text for span in html.iter("span")] == marks
    assert {has, wants} <= {"".join(code.itertext()) for code in html.iter("code")}
