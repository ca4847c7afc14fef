"""https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw

NAME = "subject_under_audience"
EKS = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
CART = "system:serviceaccount:shop:cart"
# Each issuer with a subject of its vendor's page, and the audience that its usual client requests.
ISSUERS = [
    (EKS, CART, "sts.amazonaws.com"),
    (
        "token.actions.githubusercontent.com",
        "repo:octo-org/app:ref:refs/heads/main",
        "sts.amazonaws.com",
    ),
    ("gitlab.com", "project_path:octo-org/app:ref_type:branch:ref:main", "https://gitlab.com"),
    ("agent.buildkite.com", "organization:octo-org:pipeline:app:*", "sts.amazonaws.com"),
    ("app.terraform.io", "organization:octo-org:project:shop:*", "aws.workload.identity"),
    (
        "oidc.circleci.com/org/11111111-2222-4333-8444-555555555555",
        "org/11111111-2222-4333-8444-555555555555/project/22222222-3333-4444-8555-666666666666/*",
        "",
    ),
    ("octo-org.app.spacelift.io", "space:root:stack:web:run_type:TRACKED:scope:write", ""),
    ("idp.octo.example", CART, ""),
]


def policy(issuer: str, operator: str, **claims: Any) -> str:
    condition = {operator: {f"{issuer}:{claim}": value for claim, value in claims.items()}}
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def found(text: str) -> list[tw.Finding]:
    return [each for each in tw.check(text) if each.code == "TP480"]


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "ForAnyValue:StringLike"])
@pytest.mark.parametrize(("issuer", "subject", "usual"), ISSUERS)
def test_a_subject_alone_is_moved(issuer: str, subject: str, usual: str, operator: str) -> None:
    (hit,) = found(policy(issuer, operator, aud=subject))
    assert hit.path[-2:] == (f"{issuer}:aud", 0) and f"{issuer}:sub" in hit.message
    assert hit.fix is not None
    made = json.loads(hit.fix.apply(policy(issuer, operator, aud=subject)))
    wanted = {f"{issuer}:sub": subject} | ({f"{issuer}:aud": usual} if usual else {})
    assert made["Statement"][0]["Condition"] == {operator: wanted}


@pytest.mark.parametrize(("issuer", "subject", "usual"), ISSUERS)
def test_beside_a_subject_the_usual_audience_is_the_fix(
    issuer: str, subject: str, usual: str
) -> None:
    text = policy(issuer, "StringLike", aud=subject, sub=subject)
    (hit,) = found(text)
    assert (hit.fix is not None) is bool(usual)
    if hit.fix is not None:
        made = json.loads(hit.fix.apply(text))["Statement"][0]["Condition"]["StringLike"]
        assert made == {f"{issuer}:aud": usual, f"{issuer}:sub": subject}


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike", "Null"])
def test_a_negated_audience_is_no_mistake(operator: str) -> None:
    assert found(policy(EKS, operator, aud=CART)) == []


@pytest.mark.parametrize(
    ("issuer", "audience"),
    [
        *((issuer, usual) for issuer, _, usual in ISSUERS if usual),
        (EKS, "octo-org"),
        ("gitlab.com", "https://gitlab.octo.example"),
        ("oidc.vercel.com/octo-org", "https://vercel.com/octo-org"),
        ("accounts.google.com", "111122223333444455556"),
        ("octo-org.eu.auth0.com/", "https://api.octo.example"),
        ("api.pulumi.com/oidc", "aws:octo-org"),
    ],
)
def test_an_audience_is_no_subject(issuer: str, audience: str) -> None:
    assert found(policy(issuer, "StringEquals", aud=audience)) == []


def test_it_is_told_once() -> None:
    """Not as an unusual audience too."""
    codes = [each.code for each in tw.check(policy(EKS, "StringEquals", aud=CART))]
    assert codes.count("TP480") == 1 and "TP440" not in codes
