"""Subjects that no token of the default template has, from the vendors' pages.

https://docs.github.com/en/actions/reference/security/oidc
https://docs.gitlab.com/ci/secrets/id_token_authentication/
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.asking import GITHUB, WEB, found, loud, policy
from trust_widgets.findings import Verdict

NAME = "customised_subject_alone"
GITHUBS = [
    GITHUB,
    f"{GITHUB}/octo-enterprise",
    "token.actions.octo.ghe.com",
    "github.octo.example/_services/token",
]
GITLABS = ["gitlab.com", "gitlab.octo.example"]
# After the repository comes ref:, environment: or pull_request, and nothing after these.
OF_GITHUB = [
    "repo:octo-org/app",
    "repo:octo-org/app:ref:refs/heads/main:*",
    "repo:octo-org/app:ref:refs/tags/v1:*",
    "repo:octo-org/app:pull_request:*",
    "repo:octo-org/app:environment:production:*",
    "repo:octo-org/app:environment:production:ref:refs/heads/main",
    "repo:octo-org/app:*:job_workflow_ref:octo-org/.github/.github/workflows/build.yaml@*",
    "repository_owner_id:123456:environment:production",
]
# project_path, ref_type and ref, in this order, and nothing after them.
OF_GITLAB = [
    "project_path:octo-org/app",
    "project_path:octo-org/app:ref_type:branch",
    "project_path:octo-org/app:ref:main",
    "project_path:octo-org/app:ref_type:branch:ref:main:*",
    "project_path:octo-org/app:ref_type:branch:ref:main:environment_protected:true",
]
USUAL_OF_GITHUB = [
    "repo:octo-org/app:ref:refs/heads/main",
    "repo:octo-org/app:ref:refs/heads/release/*",
    "repo:octo-org/app:environment:production",
    "repo:octo-org/app:environment:production%3Aeu",
    "repo:octo-org/app:pull_request",
    "repo:octo-org/app:*",
    "repo:octo-org/app*",
    "repo:octo-org/*",
    "repo:octo-org/*:ref:refs/heads/main",
    "repo:octo-org/app:ref:*",
]
USUAL_OF_GITLAB = [
    "project_path:octo-org/app:ref_type:branch:ref:main",
    "project_path:octo-org/shop/web:ref_type:branch:ref:release/2026-11",
    "project_path:octo-org/app:ref_type:*:ref:main",
    "project_path:octo-org/app:*",
]


def asking(issuer: str, subject: str, operator: str = "") -> str:
    """A policy for one subject."""
    like = "StringLike" if "*" in subject else "StringEquals"
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    return policy(principal, WEB, {operator or like: {f"{issuer}:sub": subject}})


CUSTOMISED = [(issuer, each) for issuer in GITHUBS for each in OF_GITHUB]
CUSTOMISED += [(issuer, each) for issuer in GITLABS for each in OF_GITLAB]
USUAL = [(issuer, each) for issuer in GITHUBS for each in USUAL_OF_GITHUB]
USUAL += [(issuer, each) for issuer in GITLABS for each in USUAL_OF_GITLAB]


@pytest.mark.parametrize(("issuer", "subject"), CUSTOMISED)
def test_it_is_told_what_it_rests_on(issuer: str, subject: str) -> None:
    """Advice with its assumption; and who gets in is shown by a call."""
    text = asking(issuer, subject)
    (finding,) = found(NAME, text)
    assert finding.verdict is Verdict.ADVICE and finding.assumptions
    assert finding.path[-2:] == (f"{issuer}:sub", 0)
    assert not any(each.verdict is Verdict.DEAD for each in loud(text))
    (who,) = tw.who_gets_in(tw.parse(text))
    assert who.witness is not None


@pytest.mark.parametrize(("issuer", "subject"), USUAL)
def test_a_default_subject_is_left_alone(issuer: str, subject: str) -> None:
    """Also a pattern that some default subject fits."""
    assert found(NAME, asking(issuer, subject)) == []


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [
        ("oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE", "system:x"),
        ("idp.octo.example", "repo:octo-org/app"),
    ],
)
def test_an_issuer_without_templates_is_none_of_its_business(issuer: str, subject: str) -> None:
    """Such a subject is dead there, or nobody knows it."""
    assert found(NAME, asking(issuer, subject)) == []


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringEqualsIfExists"])
def test_what_need_not_be_met_is_left_alone(operator: str) -> None:
    """It lets in others too."""
    assert found(NAME, asking(GITHUB, "repo:octo-org/app", operator)) == []
