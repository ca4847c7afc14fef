"""Jobs of CI and deployments elsewhere: their token as the provider builds it, and a guess from a
policy for it.
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.forms import complete, fields_of
from trust_widgets.providers import PROVIDERS

ORGANIZATION = "11111111-2222-4333-8444-555555555555"
# Issuer, audience and subject as each provider's page shows them for its examples.
TOKENS = {
    "gitlab_ci": (
        {"group": "octo-org", "project": "app", "branch": "main"},
        "gitlab.com",
        "https://gitlab.com",
        "project_path:octo-org/app:ref_type:branch:ref:main",
    ),
    "hcp_terraform": (
        {
            "organization": "octo-org",
            "project": "Default Project",
            "workspace": "shop",
            "run_phase": "plan",
        },
        "app.terraform.io",
        "aws.workload.identity",
        "organization:octo-org:project:Default Project:workspace:shop:run_phase:plan",
    ),
    "circleci": (
        {"organization": ORGANIZATION, "project": ORGANIZATION, "user": ORGANIZATION},
        f"oidc.circleci.com/org/{ORGANIZATION}",
        ORGANIZATION,
        f"org/{ORGANIZATION}/project/{ORGANIZATION}/user/{ORGANIZATION}",
    ),
    "buildkite": (
        {
            "organization": "octo-org",
            "pipeline": "app",
            "branch": "main",
            "commit": "9f31820",
            "step": "deploy",
        },
        "agent.buildkite.com",
        "sts.amazonaws.com",
        "organization:octo-org:pipeline:app:ref:refs/heads/main:commit:9f31820:step:deploy",
    ),
    "bitbucket": (
        {
            "workspace": "octo-org",
            "repository": ORGANIZATION,
            "step": ORGANIZATION,
            "audience": "ari:octo",
        },
        "api.bitbucket.org/2.0/workspaces/octo-org/pipelines-config/identity/oidc",
        "ari:octo",
        f"{{{ORGANIZATION}}}:{{{ORGANIZATION}}}",
    ),
    "spacelift": (
        {"account": "octo-org", "space": "production", "caller": "shop"},
        "octo-org.app.spacelift.io",
        "octo-org.app.spacelift.io",
        "space:production:stack:shop:run_type:TRACKED:scope:write",
    ),
    "vercel": (
        {"team": "octo-org", "project": "shop"},
        "oidc.vercel.com/octo-org",
        "https://vercel.com/octo-org",
        "owner:octo-org:project:shop:environment:production",
    ),
    "irsa_pod": (
        {
            "cluster": "eu-central-1/EXAMPLED539D4633E53DE1B71EXAMPLE",
            "namespace": "shop",
            "service_account": "cart",
        },
        "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
        "sts.amazonaws.com",
        "system:serviceaccount:shop:cart",
    ),
}
EVERY = [pytest.param(name, *told, id=name) for name, told in TOKENS.items()]


def policy(issuer: str, audience: str, subject: str) -> tw.TrustPolicy:
    """A policy for one subject of one issuer."""
    provider = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{issuer}")
    conditions = (
        tw.Condition("StringEquals", f"{issuer}:aud", (audience,)),
        tw.Condition("StringEquals", f"{issuer}:sub", (subject,)),
    )
    return tw.TrustPolicy(
        (
            tw.Statement(
                principal=provider, action="sts:AssumeRoleWithWebIdentity", conditions=conditions
            ),
        )
    )


@pytest.mark.parametrize(("name", "answers", "issuer", "audience", "subject"), EVERY)
def test_the_token_is_the_providers(
    name: str, answers: Any, issuer: str, audience: str, subject: str
) -> None:
    """Issuer, audience and subject; no key that a call without a signature lacks."""
    request = CALLERS[name].make(ROLE, answers)
    assert request.principal == f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    assert (
        request.context[f"{issuer}:sub"] == subject and request.context[f"{issuer}:aud"] == audience
    )
    assert not {"aws:principalarn", "sts:externalid", "aws:multifactorauthpresent"} & set(
        request.keys
    )


@pytest.mark.parametrize(("name", "answers", "issuer", "audience", "subject"), EVERY)
def test_a_policy_for_it_is_guessed_right(
    name: str, answers: Any, issuer: str, audience: str, subject: str
) -> None:
    """The caller, and the pasted token's caller, would be let in."""
    trust = policy(issuer, audience, subject)
    for caller in (CALLERS[name], CALLERS["token"]):
        assert caller.guess is not None
        guess = caller.guess(trust, ROLE)
        assert (
            guess is not None and tw.evaluate(trust, caller.make(ROLE, guess)).outcome == "allowed"
        )


def test_only_gitlab_com_has_claims_of_its_own() -> None:
    """AWS makes no keys of a self-managed GitLab's."""
    answers = {"group": "octo-org", "project": "app", "branch": "main", "project_id": "456789"}
    assert CALLERS["gitlab_ci"].make(ROLE, answers).context["gitlab.com:project_id"] == "456789"
    own = CALLERS["gitlab_ci"].make(ROLE, {**answers, "host": "gitlab.octo-org.example"})
    assert not any("project_id" in key for key in (*own.context, *own.unknown))


def test_circleci_has_a_claim_with_a_slash() -> None:
    """The project's id, in a claim that is called oidc.circleci.com/project-id."""
    request = CALLERS["circleci"].make(ROLE, TOKENS["circleci"][0])
    assert (
        request.context[f"oidc.circleci.com/org/{ORGANIZATION}:oidc.circleci.com/project-id"]
        == ORGANIZATION
    )


def test_buildkite_may_pass_session_tags() -> None:
    """As its page on AWS asks for; the policy must allow sts:TagSession then."""
    request = CALLERS["buildkite"].make(
        ROLE, {**TOKENS["buildkite"][0], "tags": ("organization_slug=octo-org",)}
    )
    assert request.actions == ("sts:AssumeRoleWithWebIdentity", "sts:TagSession")


def test_questions_of_a_subject_are_the_providers_own() -> None:
    """Written once, in the provider."""
    for caller, provider in (
        ("gitlab_ci", "gitlab"),
        ("vercel", "vercel"),
        ("buildkite", "buildkite"),
    ):
        subject = PROVIDERS[provider].subject
        assert subject is not None
        asked = {field.name: field.question for field in CALLERS[caller].fields}
        assert all(asked[field.name] is field.question for field in fields_of(subject))
        assert set(complete(fields_of(subject), {})) <= set(asked)


@pytest.mark.parametrize(
    ("region", "host"),
    [
        ("eu-west-1", "cognito-identity.amazonaws.com"),
        ("us-gov-west-1", "cognito-identity-us-gov.amazonaws.com"),
        ("us-gov-east-1", "cognito-identity.us-gov-east-1.amazonaws.com"),
        ("cn-north-1", "cognito-identity.cn-north-1.amazonaws.com.cn"),
    ],
)
def test_a_pools_tokens_come_from_its_partition(region: str, host: str) -> None:
    """https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html"""
    pool = f"{region}:12345678-abcd-abcd-abcd-123456789012"
    made = CALLERS["cognito_identity"].make(ROLE, {"pool": pool})

    assert made.principal == host and made.context[f"{host}:aud"] == pool
