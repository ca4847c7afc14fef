"""`{"AWS": "*"}` for callers with a token; `access/test_star_and_tokens.py` has all other answers.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import found, only, policy
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import check

NAME = "star_with_a_token_action"
STAR = {"AWS": "*"}
WEB, SAML = "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"
ISSUER = "token.actions.githubusercontent.com"
PROVIDER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"}
AUDIENCE = {f"{ISSUER}:aud": "sts.amazonaws.com"}
EVERY_RUN = {"StringEquals": AUDIENCE, "StringLike": {f"{ISSUER}:sub": "repo:*"}}
ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


def with_deny(allow: str, deny: str) -> str:
    """The statements of two policies, the second as a Deny."""
    first, second = json.loads(allow), json.loads(deny)
    denied = {**second["Statement"][0], "Effect": "Deny"}
    return json.dumps({**first, "Statement": [*first["Statement"], denied]})


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (WEB, "a web identity token"),
        (SAML, "a SAML assertion"),
        ("sts:AssumeRoleWith*", "a web identity token or a SAML assertion"),
    ],
)
def test_it_says_may_and_whom_it_is_about(action: str, words: str) -> None:
    """Medium, at the asterisk."""
    finding = only(NAME, policy(STAR, action))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.MEDIUM)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert f"If it does, anyone with {words} may assume this role" in finding.message
    assert finding.assumptions


def test_conditions_are_said() -> None:
    """A token has to meet them, and nobody else can."""
    finding = only(NAME, policy(STAR, WEB, EVERY_RUN))
    assert "that meets the conditions may assume this role; if it does not, nobody can" in (
        finding.message
    )


@pytest.mark.parametrize(
    "text",
    [
        policy(STAR, "sts:*", ORGANIZATION),
        policy(STAR, WEB, ORGANIZATION),
        policy(STAR, "sts:TagSession"),
        policy(STAR, WEB, Effect="Deny"),
        with_deny(policy(STAR, WEB), policy(STAR, WEB)),
        policy({"AWS": "444455556666"}, WEB),
    ],
)
def test_it_is_quiet_where_no_token_is_allowed_either_way(text: str) -> None:
    """No token has an organization; a Deny of "*" stops whomever an Allow of "*" is for."""
    assert found(NAME, text) == []


def test_anyone_is_said_instead() -> None:
    """Where users and roles of all accounts are allowed too, that is worse."""
    names = [each.name for each in check(policy(STAR, ["sts:AssumeRole", WEB]))]
    assert "anyone" in names and NAME not in names


def test_a_deny_of_star_on_which_an_open_allow_rests() -> None:
    """It may not stop those who come with a token."""
    allow = policy(PROVIDER, WEB, EVERY_RUN)
    finding = only(NAME, with_deny(allow, policy(STAR, WEB)))
    assert finding.path == ("Statement", 1, "Principal", "AWS", 0)
    assert "this Deny may not stop them" in finding.message

    both = {**STAR, **PROVIDER}
    assert found(NAME, with_deny(allow, policy(both, WEB))) == []
    one = {"StringEquals": {**AUDIENCE, f"{ISSUER}:sub": "repo:octo-org/app:pull_request"}}
    assert found(NAME, with_deny(policy(PROVIDER, WEB, one), policy(STAR, WEB))) == []
