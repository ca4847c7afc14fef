"""A statement for a service that takes more actions than the policy allows it.

EKS Pod Identity assumes a role and tags its session:
https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.pitfalls import Hit
from trust_widgets.pitfalls.missing_actions import without_actions

SERVICE = "pods.eks.amazonaws.com"
ASSUME, TAG = "sts:AssumeRole", "sts:TagSession"


def statement(actions: Any, service: str = SERVICE, effect: str = "Allow") -> dict[str, Any]:
    """A statement about a service."""
    return {"Effect": effect, "Principal": {"Service": service}, "Action": actions}


def written(*statements: dict[str, Any]) -> str:
    """The text of a policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def hits(*statements: dict[str, Any]) -> list[Hit]:
    """Where one of its two actions is missing."""
    policy = tw.parse(written(*statements))
    return list(without_actions(policy, SERVICE, (ASSUME, TAG), "Missing: {missing}."))


def test_the_missing_action_is_named_at_the_action() -> None:
    (hit,) = hits(statement(ASSUME))
    assert (hit.path, hit.message) == (("Statement", 0, "Action"), f"Missing: {TAG}.")


def test_the_fix_adds_what_is_missing() -> None:
    """And keeps what was there."""
    text = written(statement(ASSUME))
    (hit,) = hits(statement(ASSUME))
    assert hit.fix is not None

    fixed = json.loads(hit.fix.apply(text))
    assert sorted(fixed["Statement"][0]["Action"]) == [ASSUME, TAG]
    assert hits(*fixed["Statement"]) == []


@pytest.mark.parametrize("actions", [[ASSUME, TAG], "sts:*", [ASSUME, "sts:Tag*"], "*"])
def test_a_statement_with_both_is_complete(actions: Any) -> None:
    assert hits(statement(actions)) == []


def test_another_statement_may_allow_the_rest() -> None:
    """Statements of one policy add up."""
    assert hits(statement(ASSUME), statement(TAG)) == []


def test_a_denied_action_is_not_missing() -> None:
    """An explicit Deny wins, so adding the action would change nothing: the Deny is reported."""
    statements = statement([ASSUME, TAG]), statement(TAG, effect="Deny")
    assert hits(*statements) == []
    assert [finding.code for finding in tw.check(written(*statements))] == ["TP230"]


@pytest.mark.parametrize(
    "other",
    [
        statement(ASSUME, service="ec2.amazonaws.com"),  # another service takes one action
        statement(TAG),  # nothing assumes the role: that is said of any service
        statement(ASSUME, effect="Deny"),
    ],
)
def test_what_is_no_business_of_the_service_is_left_alone(other: dict[str, Any]) -> None:
    assert hits(other) == []


def test_each_statement_is_named() -> None:
    found = hits(statement(ASSUME), statement(ASSUME))
    assert [hit.path for hit in found] == [("Statement", 0, "Action"), ("Statement", 1, "Action")]
