"""A statement without effect, principal or action, or with an empty one; a policy without
statements.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from support.asking import found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import check

NAME = "missing_element"
EC2 = {"Service": "ec2.amazonaws.com"}


@pytest.mark.parametrize("element", ["Effect", "Principal", "Action"])
def test_each_required_element(element: str) -> None:
    """It is told at the statement. What the author meant to write no machine knows, but for the
    action: a service can assume a role in one way alone.
    """
    finding = only(NAME, policy(EC2, **{element: None}))
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0)
    assert f"has no {element}," in finding.message
    assert [fix.title for fix in finding.fixes] == (
        ["Add sts:AssumeRole"] if element == "Action" else []
    )


def test_everything_missing_at_once() -> None:
    """All three are told of an empty statement, and only of that one."""
    text = json.dumps({"Version": "2012-10-17", "Statement": [grant(EC2), {}]})
    assert places(NAME, text) == [("Statement", 1)] * 3


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize(
    ("elements", "path"),
    [
        ({"Principal": {}}, ("Principal",)),
        ({"Principal": {"AWS": []}}, ("Principal", "AWS")),
        ({"Principal": EC2 | {"AWS": []}}, ("Principal", "AWS")),
        ({"Action": []}, ("Action",)),
    ],
)
def test_empty_ones_are_refused_at_their_place(
    effect: str, elements: dict[str, Any], path: tuple[str, ...]
) -> None:
    """IAM refuses a statement with no principals; who reads the text or the lists first has no part
    in it.
    """
    (finding,) = check(policy(EC2, **(elements | {"Effect": effect})))
    assert finding.verdict is Verdict.REFUSED
    assert finding.path == ("Statement", 0, *path)


def test_a_policy_without_statements() -> None:
    """An empty list of statements lets nobody in and is refused."""
    (finding,) = check('{"Version": "2012-10-17", "Statement": []}')
    assert (finding.verdict, finding.path) == (Verdict.REFUSED, ("Statement",))


def test_one_mistake_is_told_once() -> None:
    """A misspelt element is not missing too, and NotPrincipal and NotAction stand where the others
    would.
    """
    only("unknown_element", policy(None, Principle=EC2))
    only(
        "not_principal",
        policy(None, Effect="Deny", NotPrincipal={"AWS": "arn:aws:iam::111122223333:role/a"}),
    )
    assert found(NAME, policy(EC2, None, NotAction="sts:TagSession")) == []


def test_a_whole_statement() -> None:
    """Effect, principal and action are enough; Sid and conditions may be missing."""
    assert found(NAME, several(grant(EC2), grant("*", Effect="Deny"))) == []
