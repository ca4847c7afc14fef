"""A principal under the wrong heading.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, WEB, fixed, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "principal_under_wrong_kind"
ROLE = "arn:aws:iam::111122223333:role/app"
IDP = "arn:aws:iam::111122223333:oidc-provider/idp.octo.example"
SUB = {"StringEquals": {"idp.octo.example:sub": "deployer"}}


@pytest.mark.parametrize(
    ("wrong", "value", "right"),
    [
        ("AWS", "codebuild.amazonaws.com", "Service"),
        ("AWS", ["codebuild.amazonaws.com", "ec2.amazonaws.com"], "Service"),
        ("Federated", "codebuild.amazonaws.com", "Service"),
        ("Service", ROLE, "AWS"),
        ("Service", "111122223333", "AWS"),
        ("Federated", "arn:aws:sts::111122223333:assumed-role/app/session-1", "AWS"),
    ],
)
def test_the_heading_is_renamed(wrong: str, value: Any, right: str) -> None:
    """What stands under one heading and belongs under another is moved there whole."""
    text = policy({wrong: value})
    first, *_ = found(NAME, text, HOME)
    assert (first.verdict, first.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert first.path == ("Statement", 0, "Principal", wrong, 0)
    assert fixed(first, text)["Statement"] == [grant({right: value})]


def test_an_identity_provider_under_aws_is_one_mistake() -> None:
    """Its action is right already, so that nothing else is told, before and after."""
    text = policy({"AWS": IDP}, WEB, SUB)
    assert fixed(only(NAME, text), text)["Statement"] == [grant({"Federated": IDP}, WEB, SUB)]


def test_a_built_in_issuer_is_no_service() -> None:
    """Cognito's identity pools have the form of a service's name, and are federated."""
    text = policy({"Service": "cognito-identity.amazonaws.com"}, WEB)
    assert [(f.path, f.fix.title) for f in found(NAME, text) if f.fix] == [
        (("Statement", 0, "Principal", "Service", 0), 'Put it under "Federated"')
    ]


def test_no_fix_where_the_author_must_choose() -> None:
    """With a good neighbour under the heading, or the other heading taken, renaming would break or
    lose something.
    """
    mixed = only(NAME, policy({"AWS": [ROLE, "ec2.amazonaws.com"]}))
    assert (mixed.path, mixed.fix) == (("Statement", 0, "Principal", "AWS", 1), None)
    taken = only(NAME, policy({"AWS": "ec2.amazonaws.com", "Service": "lambda.amazonaws.com"}))
    assert (taken.path, taken.fix) == (("Statement", 0, "Principal", "AWS", 0), None)


def test_statements_are_counted_and_a_deny_judged() -> None:
    """The third statement is told as the third, though it denies."""
    text = several(
        grant({"AWS": ROLE}),
        grant({"Service": "ec2.amazonaws.com"}),
        grant({"Service": ROLE}, Effect="Deny"),
    )
    assert places(NAME, text) == [("Statement", 2, "Principal", "Service", 0)]


@pytest.mark.parametrize(
    ("principal", "action"),
    [
        (
            {"AWS": ["111122223333", ROLE, "*"], "Service": "codebuild.amazonaws.com"},
            "sts:AssumeRole",
        ),
        ({"Federated": [IDP, "accounts.google.com"]}, WEB),
        ({"Service": "*"}, "sts:AssumeRole"),
        ({"AWS": "AROADBQP57FF2AEXAMPLE"}, "sts:AssumeRole"),
    ],
)
def test_near_cases_are_silent(principal: Any, action: str) -> None:
    """Everything under its own heading, and what has no heading by its form."""
    assert found(NAME, policy(principal, action)) == []
