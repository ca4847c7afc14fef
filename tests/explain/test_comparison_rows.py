"""One statement against one call, row by row."""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.explain import ComparisonRow, comparison_rows, deciding_statement
from trust_widgets.text.diff import DiffText

ROLE = "arn:aws:iam::111122223333:role/app"
OPS = "arn:aws:iam::444455556666:user/ops"


def rows(statement: dict[str, Any], **call: Any) -> dict[str, ComparisonRow]:
    """The rows of the statement that decided, by label; the call is that of the user ops."""
    usual = {"Effect": "Allow", "Principal": {"AWS": OPS}, "Action": "sts:AssumeRole"}
    policy = tw.parse(json.dumps({"Version": "2012-10-17", "Statement": [{**usual, **statement}]}))
    asked = {
        "caller_permission": "yes",
        "principal": OPS,
        "action": "sts:AssumeRole",
        "role": ROLE,
        **call,
    }
    decision = tw.evaluate(policy, tw.Request(**asked))
    node = deciding_statement(decision.outcome, decision.tree)
    assert node is not None
    return {row.label: row for row in comparison_rows(node, decision.policy, decision.request)}


def text(sides: tuple[DiffText, ...]) -> list[str]:
    """Each value, its mark in brackets."""
    return [f"{side.before}[{side.differs}]{side.after}".replace("[]", "") for side in sides]


def test_every_part_of_the_statement_has_a_row() -> None:
    """The principal, the action, each condition and the caller's own permission."""
    found = rows(
        {"Condition": {"StringEquals": {"sts:ExternalId": "b2"}}}, context={"sts:ExternalId": "b2"}
    )

    assert list(found) == ["Principal", "Action", "sts:ExternalId", "Its own policies"]
    assert {row.truth for row in found.values()} == {True}


def test_a_missing_key_is_said_to_be_missing() -> None:
    """Beside what the policy requires, and with its place."""
    row = rows({"Condition": {"StringEquals": {"sts:ExternalId": "b2"}}})["sts:ExternalId"]

    assert (row.truth, row.has_note, text(row.wants)) == (False, "not in the request", ["b2"])
    assert row.path == ("Statement", 0, "Condition", "StringEquals", "sts:ExternalId")


def test_of_many_values_the_nearest_come_first() -> None:
    """Three are shown, the others counted."""
    wanted = ["x", "team-b", "y", "team-c", "z"]
    found = rows(
        {"Condition": {"StringEquals": {"sts:ExternalId": wanted}}},
        context={"sts:ExternalId": "team-a"},
    )
    row = found["sts:ExternalId"]

    assert text(row.has) == ["team-[a]"]
    assert text(row.wants)[:2] == ["team-[b]", "team-[c]"]
    assert row.more == 2


def test_a_negated_condition_says_anything_but() -> None:
    """Nothing differs there: it is what fits that is unwanted."""
    condition = {"StringNotEquals": {"sts:ExternalId": "b2"}}
    row = rows({"Condition": condition}, context={"sts:ExternalId": "b2"})["sts:ExternalId"]

    assert (row.truth, row.wants_note, text(row.wants)) == (False, "anything but", ["b2"])


@pytest.mark.parametrize(
    ("value", "wants"),
    [("true", "absent"), ("false", "present"), (False, "present")],
)
def test_null_is_told_in_words(value: Any, wants: str) -> None:
    """Null: true wants the key to be absent, as AWS's page on operators says."""
    row = rows({"Condition": {"Null": {"sts:ExternalId": value}}})["sts:ExternalId"]

    assert (row.has_note, row.wants_note) == ("not in the request", wants)


def test_a_key_with_several_values_shows_them_all() -> None:
    """Of a set operator, and of a policy that forgot it."""
    context = {"aws:PrincipalOrgPaths": ("o-a/r-a/", "o-a/r-b/")}
    for operator in ("ForAnyValue:StringEquals", "StringEquals"):
        condition = {operator: {"aws:PrincipalOrgPaths": "o-a/r-c/"}}
        row = rows({"Condition": condition}, context=context)["aws:PrincipalOrgPaths"]
        assert (row.truth, text(row.has)) == (False, ["o-a/r-a/", "o-a/r-b/"])


def test_the_principal_is_compared_with_the_nearest_one() -> None:
    """Of several the one that is like it."""
    named = {"AWS": ["arn:aws:iam::999988887777:root", "arn:aws:iam::444455556666:user/op"]}
    row = rows({"Principal": named})["Principal"]

    assert text(row.has) == ["arn:aws:iam::444455556666:user/[ops]"]
    assert text(row.wants)[0] == "arn:aws:iam::444455556666:user/[op]"


def test_not_action_says_anything_but() -> None:
    """A statement for all actions but this one."""
    policy = tw.parse(
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS":'
        ' "444455556666"}, "NotAction": "sts:AssumeRole"}]}'
    )
    decision = tw.evaluate(policy, tw.Request("sts:AssumeRole", OPS, ROLE, caller_permission="yes"))
    node = deciding_statement(decision.outcome, decision.tree)

    assert node is not None
    assert comparison_rows(node, decision.policy, decision.request)[1].wants_note == "anything but"


def test_what_nobody_told_is_not_known() -> None:
    """The caller's permission, and a key."""
    condition = {"StringEquals": {"sts:ExternalId": "b2"}}
    unknown = frozenset({"sts:ExternalId"})
    found = rows({"Condition": condition}, unknown=unknown, caller_permission="unknown")

    assert (found["sts:ExternalId"].truth, found["sts:ExternalId"].has_note) == (None, "not known")
    assert (found["Its own policies"].truth, found["Its own policies"].has_note) == (
        None,
        "not known",
    )


def test_an_empty_policy_has_no_statement_to_show() -> None:
    """Nor has one without a meaning."""
    call = tw.Request("sts:AssumeRole", OPS, ROLE)
    without_action = tw.parse(
        '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*"}]}'
    )

    for policy in (tw.TrustPolicy(), without_action):
        decision = tw.evaluate(policy, call)
        assert deciding_statement(decision.outcome, decision.tree) is None


@pytest.mark.parametrize(
    ("call", "has"),
    [
        ({}, "not in the request"),
        ({"context": {"sts:ExternalId": "b2"}}, "there"),
        ({"unknown": frozenset({"sts:ExternalId"})}, "not known"),
    ],
)
def test_null_says_what_the_call_has(call: dict[str, Any], has: str) -> None:
    """And not its value, which Null does not ask for."""
    row = rows({"Condition": {"Null": {"sts:ExternalId": "true"}}}, **call)["sts:ExternalId"]

    assert (row.has_note, row.has, row.wants) == (has, (), ())
    assert (row.key, row.operator) == ("sts:ExternalId", "Null")


def test_an_action_that_differs_is_compared() -> None:
    """With what differs marked on both sides."""
    row = rows({"Action": "sts:AssumeRoleWithSAML"})["Action"]

    assert (row.truth, row.more, row.wants_note) == (False, 0, "")
    for side, whole in ((row.has, "sts:AssumeRole"), (row.wants, "sts:AssumeRoleWithSAML")):
        (value,) = side
        assert "".join(value) == whole and value.differs


def test_of_many_principals_three_are_shown() -> None:
    """The others are counted."""
    row = rows(
        {"Principal": {"AWS": [f"arn:aws:iam::999988887777:user/{name}" for name in "abcde"]}}
    )["Principal"]

    assert (len(row.wants), row.more) == (3, 2)


@pytest.mark.parametrize(
    ("caller", "named", "note"),
    [
        (OPS, "*", "everyone"),
        (OPS, "444455556666", "any principal that this account allows"),
        (OPS, OPS, ""),
        (
            "arn:aws:sts::444455556666:assumed-role/deploy/run-1",
            "arn:aws:iam::444455556666:role/deploy",
            "every session of",
        ),
    ],
)
def test_for_whom_a_principal_stands_is_told(caller: str, named: str, note: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    row = rows({"Principal": {"AWS": named}}, principal=caller)["Principal"]

    assert (row.truth, row.wants_note) == (True, note)


def test_a_single_value_of_a_key_with_several_is_shown_whole() -> None:
    """Of a policy that forgot the set operator."""
    condition = {"StringEquals": {"aws:PrincipalOrgPaths": "o-a/r-c/"}}
    row = rows({"Condition": condition}, context={"aws:PrincipalOrgPaths": "o-a/r-a/"})[
        "aws:PrincipalOrgPaths"
    ]

    assert (row.truth, "".join(text(row.has)).replace("[", "").replace("]", "")) == (
        False,
        "o-a/r-a/",
    )


@pytest.mark.parametrize("value", ["True", "TRUE"])
def test_null_reads_its_value_in_any_case(value: str) -> None:
    """The row says the same as the decision, which is no for a request that has the key."""
    found = rows(
        {"Condition": {"Null": {"sts:ExternalId": value}}}, context={"sts:ExternalId": "b2f6c3de"}
    )
    row = found["sts:ExternalId"]
    assert (row.wants_note, row.has_note, row.truth) == ("absent", "there", False)
