"""Subjects that no token of their issuer has, each by the issuer's own page.

https://docs.github.com/en/actions/reference/security/oidc
https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
https://docs.gitlab.com/ci/secrets/id_token_authentication/
https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens
https://circleci.com/docs/openid-connect-tokens/ https://buildkite.com/docs/agent/cli/reference/oidc
https://vercel.com/docs/oidc/reference
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "impossible_subject"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
BUILDKITE = "agent.buildkite.com"
CIRCLE = "oidc.circleci.com/org/11111111-2222-4333-8444-555555555555"
HCP = "app.terraform.io"
BITBUCKET = "api.bitbucket.org/2.0/workspaces/octo-org/pipelines-config/identity/oidc"
FLY = "oidc.fly.io/octo-org"
REPOSITORY = "11111111-2222-4333-8444-555555555555"
STEP = "33333333-4444-4555-8666-777777777777"


def sub(issuer: str, *subjects: str, operator: str = "StringEquals") -> str:
    """A statement for tokens with one of some subjects."""
    principal = {
        "Federated": issuer
        if issuer == "accounts.google.com"
        else f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    }
    block = {operator: {f"{issuer}:sub": list(subjects)}}
    if issuer == "api.pulumi.com/oidc":
        block.setdefault("StringEquals", {})[f"{issuer}:aud"] = ["octo-org"]
    if issuer == "accounts.google.com":
        block.setdefault("StringEquals", {})[f"{issuer}:aud"] = ["1234567890"]
    return policy(principal, WEB, block)


@pytest.mark.parametrize(
    ("issuer", "wrong", "right"),
    [
        (GITHUB, "repo:octo-org/app:main", "repo:octo-org/app:ref:refs/heads/main"),
        (GITHUB, "repo:octo-org/app:ref:main", "repo:octo-org/app:ref:refs/heads/main"),
        (GITHUB, "repo:octo-org/app:refs/heads/main", "repo:octo-org/app:ref:refs/heads/main"),
        (
            GITHUB,
            "repo:octo-org/app:branch:release/1",
            "repo:octo-org/app:ref:refs/heads/release/1",
        ),
        (GITHUB, "octo-org/app:ref:refs/heads/main", "repo:octo-org/app:ref:refs/heads/main"),
        (
            GITHUB,
            "repo:https://github.com/octo-org/app:environment:production",
            "repo:octo-org/app:environment:production",
        ),
        (
            GITHUB,
            "https://github.com/octo-org/app.git:main",
            "repo:octo-org/app:ref:refs/heads/main",
        ),
        (GITHUB, "repo:octo-org/app:env:production", "repo:octo-org/app:environment:production"),
        (FLY, "octo-org/shop/app-1", "octo-org:shop:app-1"),
        (
            BITBUCKET,
            f"{REPOSITORY}:{STEP}",
            f"{{{REPOSITORY}}}:{{{STEP}}}",
        ),
        (EKS, "shop:cart", "system:serviceaccount:shop:cart"),
        (EKS, "serviceaccount:shop:cart", "system:serviceaccount:shop:cart"),
        (EKS, "system:serviceaccount:shop/cart", "system:serviceaccount:shop:cart"),
        (
            "gitlab.com",
            "octo-org/app:ref_type:branch:ref:main",
            "project_path:octo-org/app:ref_type:branch:ref:main",
        ),
        (
            "gitlab.com",
            "project:octo-org/app:ref_type:tag:ref:v1",
            "project_path:octo-org/app:ref_type:tag:ref:v1",
        ),
    ],
)
def test_what_was_plainly_meant(issuer: str, wrong: str, right: str) -> None:
    """The value is the place, and the fix is one value that is as narrow."""
    text = sub(issuer, wrong)
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (
        Verdict.DEAD,
        ("Statement", 0, "Condition", "StringEquals", f"{issuer}:sub", 0),
    )
    after = statement(fixed(finding, text))["Condition"]["StringEquals"][f"{issuer}:sub"]
    assert after in (right, [right])


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [
        (GITHUB, "octo-org/app:*"),
        (GITHUB, "repo:app:ref:refs/heads/main"),
        (GITHUB, "repo:octo-org/app:push"),
        (GITHUB, "repo:octo-org@123456/app:ref:refs/heads/main"),
        (EKS, "system:serviceaccount:shop"),
        (EKS, "system:serviceaccount:shop:cart:v2"),
        (EKS, "system:serviceaccount:Shop:cart"),
        ("gitlab.com", "project_path:octo-org:ref_type:branch:ref:main"),
        (HCP, "organization:octo-org:workspace:prod:run_phase:apply"),
        (HCP, "organization:octo-org:project:web:workspace:prod"),
        (HCP, "organization:octo-org:project:web:workspace:prod:run_phase:destroy"),
        (CIRCLE, "project/22222222-3333-4444-8555-666666666666/user/*"),
        (CIRCLE, "org:11111111-2222-4333-8444-555555555555:project:1a2"),
        ("accounts.google.com", "octo@octo.example"),
        (BUILDKITE, "organization:octo-org:pipeline:deploy"),
        (BUILDKITE, "octo-org/deploy:*"),
        (BUILDKITE, "organization:octo-org:pipeline:deploy:ref:main:*"),
        (BITBUCKET, "octo-org/app:*"),
        ("api.pulumi.com/oidc", "octo-org/shop/production"),
        ("scalr.io", "octo-org:production:shop"),
        ("oidc.codefresh.io", "pipeline:64de5cd4:*"),
        (FLY, "octo-org:shop"),
        (FLY, "octo-org:shop:machine:extra"),
    ],
)
def test_no_guess_where_it_is_not_plain(issuer: str, subject: str) -> None:
    """Told, with a subject that the issuer's tokens do have; but no fix that opens or invents."""
    finding = only(NAME, sub(issuer, subject, operator="StringLike"))
    assert finding.fix is None and 'subjects look like "' in finding.message


PROJECT = "22222222-3333-4444-8555-666666666666"


@pytest.mark.parametrize(
    ("issuer", "subject", "own"),
    [
        (CIRCLE, f"org/{PROJECT}/project/{PROJECT}/user/*", "11111111-2222-4333-8444-555555555555"),
        (
            "oidc.vercel.com/octo-org",
            "owner:octo-evil:project:web:environment:production",
            "octo-org",
        ),
        ("oidc.vercel.com/octo-org", "owner:octo:*", "octo-org"),
    ],
)
def test_an_issuer_of_one_customer_names_no_other(issuer: str, subject: str, own: str) -> None:
    """Its address names whose tokens it gives, and so does every subject; which of the two is wrong
    we cannot tell.
    """
    finding = only(NAME, sub(issuer, subject, operator="StringLike"))
    assert finding.path[-1] == 0 and finding.fix is None
    assert f"issues tokens only for {own}, but " in finding.message


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [
        (CIRCLE, f"org/11111111-2222-4333-8444-555555555555/project/{PROJECT}/user/*"),
        (CIRCLE, f"org/*/project/{PROJECT}/user/*"),
        ("oidc.vercel.com/octo-org", "owner:octo*:project:web:environment:production"),
        ("oidc.vercel.com/Octo-Org", "owner:octo-org:project:web:environment:production"),
        ("oidc.vercel.com", "owner:octo-evil:project:web:environment:production"),
        (BUILDKITE, "organization:octo-org:pipeline:deploy:*"),
        (
            BUILDKITE,
            "organization:octo-org:pipeline:deploy:ref:refs/heads/octo-fork:main:commit:9f3:step:",
        ),
        (BUILDKITE, "0191f956-042f-7ec4-aa62-8e5eeae396d0"),
    ],
)
def test_those_of_the_customer_and_of_shared_issuers(issuer: str, subject: str) -> None:
    """The same customer, a pattern that takes it in, an issuer for all; Buildkite's branches of
    forks and its ids.
    """
    assert found(NAME, sub(issuer, subject, operator="StringLike")) == []


def test_one_of_several_values() -> None:
    """The good one beside it goes on working."""
    text = sub(EKS, "system:serviceaccount:shop:cart", "shop:till")
    finding = only(NAME, text)
    assert finding.path[-1] == 1 and finding.message.endswith(
        "The other values of the list still work."
    )


@pytest.mark.parametrize(
    "text",
    [
        sub(
            GITHUB,
            "repo:octo-org/app:environment:a%3Ab",
            "repo:octo-org@1/app@2:ref:refs/heads/main",
        ),
        sub(GITHUB, "job_workflow_ref:octo-org/ci/.github/workflows/a.yml@refs/heads/main"),
        sub(GITHUB, "repo:octo-org/app:ref:refs/heads/main:environment:prod"),
        sub(GITHUB, "repo:octo-org/app:main", operator="StringNotEquals"),
        sub(GITHUB, "REPO:octo-org/app:ref:refs/heads/main", operator="StringEqualsIgnoreCase"),
        sub(EKS, "system:serviceaccount:sh?p:*", operator="StringLike"),
        sub("gitlab.com", "project_path:octo-org/app:ref:main"),
        sub(
            HCP,
            "organization:octo-org:project:Web Shop:workspace:prod:run_phase:*",
            operator="StringLike",
        ),
        sub(
            CIRCLE,
            "org/11111111-2222-4333-8444-555555555555/project/1a2/user/*",
            operator="StringLike",
        ),
        sub("idp.octo.example", "anything at all"),
        sub("octo-org.app.spacelift.io", "stack:web"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Customised subjects, negated operators, names whose letters are not certain, and issuers that
    let one choose.
    """
    assert found(NAME, text) == []


def test_a_name_alone_may_be_a_branch_an_environment_or_a_tag() -> None:
    """A fix for each, the likeliest first; a name that is said to be a branch has one."""
    finding = only(NAME, sub(GITHUB, "repo:octo-org/app:production"))
    assert [fix.title for fix in finding.fixes] == [
        'Write "repo:octo-org/app:ref:refs/heads/production"',
        'Write "repo:octo-org/app:environment:production"',
        'Write "repo:octo-org/app:ref:refs/tags/production"',
    ]
    assert len(only(NAME, sub(GITHUB, "repo:octo-org/app:branch:main")).fixes) == 1
