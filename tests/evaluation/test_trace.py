"""The tree of reasons: every node is one, and stands somewhere; what is certain stays so beside
what is unknown.
"""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest

import trust_widgets as tw
from support.cases_by_page import CASES, request_of
from trust_widgets.evaluation import Node, Reason
from trust_widgets.explain import text_of

USER = "arn:aws:iam::444455556666:user/ops"
ASKS = {"StringEquals": {"sts:ExternalId": "b2f6"}}


def statement(effect: str = "Allow", condition: Any = None) -> dict[str, Any]:
    """One statement for the user."""
    more = {"Condition": condition} if condition else {}
    return {"Effect": effect, "Principal": {"AWS": USER}, "Action": "sts:AssumeRole", **more}


def decided(*statements: Any, **more: Any) -> tw.Decision:
    """The user's call, of whose external ID nothing was told."""
    policy = tw.parse(json.dumps({"Version": "2012-10-17", "Statement": statements}))
    return tw.evaluate(
        policy, tw.Request("sts:AssumeRole", USER, **{"caller_permission": "yes", **more})
    )


def at(document: Any, path: tuple[str | int, ...]) -> Any:
    """What stands at a place; IAM takes a single value for a list of one."""
    for step in path:
        document = document if step == 0 and not isinstance(document, list) else document[step]
    return document


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{stem}: {case['name']}") for stem, case in CASES]
)
def test_every_node_is_a_reason_at_a_place_of_the_policy(case: dict[str, Any]) -> None:
    """So that each can be told and shown where it stands."""
    request = request_of(case)
    for node in tw.evaluate(tw.parse(json.dumps(case["policy"])), request).tree.walk():
        assert isinstance(node.code, Reason) and node.truth in (True, False, None)
        assert text_of(node, request)
        at(case["policy"], node.path)


UNKNOWN = frozenset({"sts:ExternalId"})


@pytest.mark.parametrize("statements", list(permutations([statement(), statement(condition=ASKS)])))
def test_an_allow_that_applies_is_enough(statements: tuple[Any, ...]) -> None:
    """Whatever the other one, of which it is not known: one Allow lets in.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    assert decided(*statements, unknown=UNKNOWN).outcome == "allowed"


@pytest.mark.parametrize(
    "statements", list(permutations([statement(), statement("Deny"), statement("Deny", ASKS)]))
)
def test_a_deny_that_applies_is_enough(statements: tuple[Any, ...]) -> None:
    """One more Deny, of which it is not known, changes nothing; nor does the order."""
    assert decided(*statements, unknown=UNKNOWN).outcome == "denied"


@pytest.mark.parametrize("statements", list(permutations([statement(), statement("Deny", ASKS)])))
def test_a_deny_of_which_it_is_not_known(statements: tuple[Any, ...]) -> None:
    """The outcome depends on it."""
    decision = decided(*statements, unknown=UNKNOWN)
    assert (decision.outcome, decision.needs) == ("depends", ("sts:ExternalId",))


def test_a_statement_without_an_effect_has_no_meaning() -> None:
    """Effect is required:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html
    """
    without = {key: value for key, value in statement().items() if key != "Effect"}
    (fault,) = decided(without).tree.parts
    assert fault == Node(Reason.NO_EFFECT, False, ("Statement", 0, "Effect"), ("",))


def test_every_fault_speaks_against_the_policy() -> None:
    """Each at its place:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
    """
    principal = {key: value for key, value in statement().items() if key != "Principal"}
    action = {key: value for key, value in statement().items() if key != "Action"}
    wildcard = {**statement(), "Principal": {"AWS": ["arn:aws:iam::444455556666:user/*"]}}
    found = decided(
        principal, action, wildcard, {**principal, "NotPrincipal": {"AWS": USER}}
    ).tree.parts
    assert [(node.code, node.truth, node.path) for node in found] == [
        (Reason.NO_PRINCIPAL, False, ("Statement", 0)),
        (Reason.NO_ACTION, False, ("Statement", 1)),
        (Reason.WILDCARD_IN_PRINCIPAL, False, ("Statement", 2, "Principal", "AWS", 0)),
        (Reason.NOT_PRINCIPAL, False, ("Statement", 3, "NotPrincipal")),
    ]


@pytest.mark.parametrize(
    ("name", "code"), [("ops", Reason.VALUE_MATCHES), ("desk", Reason.VALUE_DIFFERS)]
)
def test_a_value_with_a_variable_says_whether_it_fits(name: str, code: Reason) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"""
    asks = {"StringEquals": {"sts:RoleSessionName": "${aws:username}"}}
    decision = decided(statement(condition=asks), context={"sts:RoleSessionName": name})
    path = ("Statement", 0, "Condition", "StringEquals", "sts:RoleSessionName", 0)
    (node,) = [
        node
        for node in decision.tree.walk()
        if node.code in (Reason.VALUE_MATCHES, Reason.VALUE_DIFFERS)
    ]
    assert (node.code, node.truth, node.path[:5]) == (code, name == "ops", path[:5])


@pytest.mark.parametrize(
    ("quantifier", "says"),
    [("ForAllValues", "each must match"), ("ForAnyValue", "one of them must match")],
)
def test_what_a_set_operator_asks_for(quantifier: str, says: str) -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"""
    asks = {f"{quantifier}:StringEquals": {"aws:PrincipalOrgPaths": "o-a/r-c/"}}
    decision = decided(
        statement(condition=asks), context={"aws:PrincipalOrgPaths": ("o-a/r-a/", "o-a/r-b/")}
    )
    (node,) = [node for node in decision.tree.walk() if node.code is Reason.SET_CONDITION]
    told = f'aws:PrincipalOrgPaths is "o-a/r-a/" and "o-a/r-b/" in the request, and {says}.'
    assert text_of(node, decision.request) == told


def test_a_variable_whose_value_the_operator_cannot_read() -> None:
    """A user's name is no ARN:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    decision = decided(statement(condition={"ArnEquals": {"aws:PrincipalArn": "${aws:username}"}}))
    (node,) = [node for node in decision.tree.walk() if node.code is Reason.UNREADABLE_VALUE]
    assert (node.truth, node.data) == (False, (USER, "${aws:username}"))


@pytest.mark.parametrize(
    ("given", "assumed"),
    [
        ("octo", True),
        ("xrn:aws:iam::111122223333:role/app", True),
        ("arn:aws:iam::111122223333:role/app", False),
    ],
)
def test_a_negated_operator_for_arns_and_what_is_none(given: str, assumed: bool) -> None:
    """AWS's page does not say what it makes of another text, so that it is told as taken to be
    so.
    """
    asks = {"ArnNotLike": {"aws:SourceArn": "arn:aws:iam::999988887777:role/*"}}
    decision = decided(statement(condition=asks), context={"aws:SourceArn": given})
    assert ("non_arn_negated" in decision.assumptions) is assumed


@pytest.mark.parametrize("half", ["sts:SetSourceIdentity", "sts:TagSession"])
def test_a_statement_for_the_other_half_of_a_call_is_never_the_nearest(half: str) -> None:
    """It says nothing about who may assume the role, even though it names the caller and has no
    condition.
    """
    other = {**statement(), "Action": half}
    named = {**statement(condition=ASKS), "Principal": {"AWS": "999988887777"}}
    for statements in permutations([other, named]):
        decision = decided(*statements)
        assert {miss.path[1] for miss in decision.misses} == {statements.index(named)}


def test_what_a_call_perhaps_needs_is_a_reason_too() -> None:
    """Of tags nobody told: the other action stands beside what it depends on, at no place of its
    own.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    """
    decision = decided(statement(), unknown=frozenset({"aws:RequestTag/team"}))
    (depends,) = [node for node in decision.tree.parts if node.code is Reason.DEPENDS]
    assert (depends.truth, depends.path, depends.data) == (None, (), ("sts:TagSession",))
    assert depends.parts[-1] == Node(Reason.KEY_UNKNOWN, None, (), ("aws:RequestTag/team", ""))
