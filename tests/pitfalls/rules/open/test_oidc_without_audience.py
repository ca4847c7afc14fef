"""Tokens that were made for another audience, taken because no condition asks for it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, WEB, fixed, found, loud, only, policy, statement
from trust_widgets.findings import Severity, Verdict

NAME = "oidc_without_audience"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
MAIN = "repo:octo-org/app:ref:refs/heads/main"
GROUP = "project_path:octo-org/app:ref_type:branch:ref:main"


def asking(issuer: str, partition: str = "aws", **claims: str) -> str:
    """A policy that asks exactly for these claims."""
    provider = {"Federated": f"arn:{partition}:iam::111122223333:oidc-provider/{issuer}"}
    return policy(
        provider,
        WEB,
        {"StringEquals": {f"{issuer}:{claim}": value for claim, value in claims.items()}},
    )


@pytest.mark.parametrize(
    ("issuer", "subject", "severity"),
    [
        (GITHUB, MAIN, Severity.LOW),
        ("gitlab.com", GROUP, Severity.LOW),
        (EKS, "system:serviceaccount:shop:cart", Severity.LOW),
        (
            "app.terraform.io",
            "organization:octo-org:project:web:workspace:prod:run_phase:apply",
            Severity.LOW,
        ),
        ("octo-org.eu.auth0.com/", "CLIENT@clients", Severity.MEDIUM),
        ("octo-org.okta.com", "00u1abcd2EFGH3ijk4x7", Severity.MEDIUM),
        (
            "sts.windows.net/0f9c1a52-1111-4222-8333-123456789012/",
            "1a2b3c4d-1111-4222-8333-123456789012",
            Severity.MEDIUM,
        ),
    ],
)
def test_graded_by_what_an_audience_tells_there(
    issuer: str, subject: str, severity: Severity
) -> None:
    """Where a job names it, it keeps out little; where many applications share a tenant, it says
    which.
    """
    finding = only(NAME, asking(issuer, sub=subject))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, severity)
    assert finding.path == ("Statement", 0, "Principal", "Federated", 0)
    assert "list of audiences" in finding.message


def test_the_fix_asks_for_the_usual_audience() -> None:
    """GitHub's action asks for sts.amazonaws.com; what stood there stays."""
    text = asking(GITHUB, sub=MAIN)
    wanted = {"StringEquals": {f"{GITHUB}:sub": MAIN, f"{GITHUB}:aud": "sts.amazonaws.com"}}
    assert statement(fixed(only(NAME, text), text))["Condition"] == wanted


def test_no_fix_where_the_audience_is_not_known() -> None:
    """Of a tenant each application has its own, and in China GitHub's action asks for another."""
    assert only(NAME, asking("octo-org.eu.auth0.com/", sub="CLIENT@clients")).fix is None
    assert only(NAME, asking(GITHUB, partition="aws-cn", sub=MAIN)).fix is None


@pytest.mark.parametrize(
    "text",
    [
        asking(GITHUB, sub=MAIN, aud="sts.amazonaws.com"),
        asking(GITHUB, sub=MAIN, AUD="sts.amazonaws.com"),
        asking("gitlab.com", sub=GROUP, oaud="https://gitlab.com"),
        asking(
            "octo-org.app.spacelift.io", sub="space:root:stack:web:run_type:TRACKED:scope:write"
        ),
        asking("idp.octo.example", sub="deployer"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """An audience in any case, issuers with one audience for everything, and those that nobody
    knows.
    """
    assert found(NAME, text) == []


def test_a_worse_mistake_is_told_alone() -> None:
    """Whoever mends the subject sees the audience next."""
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"}
    text = policy(provider, WEB, {"StringLike": {f"{GITHUB}:sub": "repo:octo-org/*"}})
    assert [finding.name for finding in loud(text)] == ["github_subject_too_wide"]


@pytest.mark.parametrize(
    ("operator", "value", "path"),
    [
        ("StringLike", "*", ("StringLike", f"{GITHUB}:aud", 0)),
        ("StringNotEquals", "somebody", ("StringNotEquals", f"{GITHUB}:aud")),
    ],
)
def test_an_audience_that_any_token_can_have(
    operator: str, value: str, path: tuple[str | int, ...]
) -> None:
    """Told at what is at fault, and not mended by a second condition."""
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"}
    block = {operator: {f"{GITHUB}:aud": value}, "StringEquals": {f"{GITHUB}:sub": MAIN}}
    finding = only(NAME, policy(provider, WEB, block))
    assert (finding.path, finding.fix) == (("Statement", 0, "Condition", *path), None)


def test_one_bad_audience_beside_a_good_one_is_taken_out() -> None:
    """The fix leaves the good one."""
    provider = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"}
    block = {
        "StringLike": {f"{GITHUB}:aud": ["sts.amazonaws.com", "*"]},
        "StringEquals": {f"{GITHUB}:sub": MAIN},
    }
    text = policy(provider, WEB, block)
    after = statement(fixed(only(NAME, text), text))["Condition"]["StringLike"]
    assert after == {f"{GITHUB}:aud": ["sts.amazonaws.com"]}


def test_google_has_no_list_in_iam() -> None:
    """It is built in: a token that somebody gave to any website is taken, if it is theirs."""
    finding = only(
        NAME,
        policy(
            {"Federated": "accounts.google.com"},
            WEB,
            {"StringEquals": {"accounts.google.com:sub": "1"}},
        ),
    )
    assert finding.severity is Severity.MEDIUM
    assert "list of audiences" not in finding.message
