"""Audiences that are a slip of the usual one.

https://github.com/aws-actions/configure-aws-credentials
https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "misspelt_audience"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
SUBS = {
    GITHUB: "repo:octo-org/app:ref:refs/heads/main",
    EKS: "system:serviceaccount:shop:cart",
    "app.terraform.io": "organization:octo-org:project:web:workspace:prod:run_phase:apply",
    "gitlab.com": "project_path:octo-org/app:ref_type:branch:ref:main",
}
USUAL = {
    GITHUB: "sts.amazonaws.com",
    EKS: "sts.amazonaws.com",
    "app.terraform.io": "aws.workload.identity",
}


def asks(issuer: str, audience: str, operator: str = "StringEquals") -> str:
    """A statement for one subject and one audience."""
    block: dict[str, Any] = {"StringEquals": {f"{issuer}:sub": SUBS[issuer]}}
    block.setdefault(operator, {})[f"{issuer}:aud"] = audience
    return policy({"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}, WEB, block)


@pytest.mark.parametrize(
    ("issuer", "audience"),
    [
        (GITHUB, "https://sts.amazonaws.com"),
        (GITHUB, "sts.amazonaws.com/"),
        (GITHUB, "sts.amazon.com"),
        (GITHUB, "api://AzureADTokenExchange"),
        (EKS, "STS.amazonaws.com"),
        (EKS, "sts.amazonws.com"),
        ("app.terraform.io", "aws.workload.identities"),
    ],
)
def test_the_usual_one_is_written(issuer: str, audience: str) -> None:
    """The client is named that asks for it."""
    text = asks(issuer, audience)
    finding = only(NAME, text)
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, (f"{issuer}:aud", 0))
    assert (
        statement(fixed(finding, text))["Condition"]["StringEquals"][f"{issuer}:aud"]
        == USUAL[issuer]
    )


@pytest.mark.parametrize(
    "text",
    [
        *(asks(issuer, audience) for issuer, audience in USUAL.items()),
        asks(GITHUB, "sts.amazonaws.com.cn"),
        asks(GITHUB, "https://github.com/octo-org"),
        asks(EKS, "octo-production"),
        asks(GITHUB, "sts.amazon*", "StringLike"),
        asks(GITHUB, "https://sts.amazonaws.com", "StringNotEquals"),
        asks("gitlab.com", "https://gitlab.com/"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """China's, GitHub's default, an audience of one's own, patterns, negations, and issuers where
    each job chooses.
    """
    assert found(NAME, text) == []


def test_a_client_may_be_told_to_ask_for_another_audience() -> None:
    """Whoever asks GitHub for a token names its audience, so that nobody is let in only as long as
    nobody does.

    https://docs.github.com/en/actions/reference/security/oidc
    """
    text = policy(
        GITHUB_PROVIDER,
        WEB,
        {
            "StringEquals": {
                f"{GITHUB}:aud": "https://sts.amazonaws.com",
                f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main",
            }
        },
    )
    (finding,) = found("misspelt_audience", text)
    assert "by default" in finding.message
    assert finding.message.endswith("As written, this statement allows no one.")
