"""The issuers and policies of rules' examples are those that the providers' records know."""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw
from trust_widgets.pitfalls import examples
from trust_widgets.pitfalls.examples import issued_by, issuer_of_provider, token_example
from trust_widgets.providers import PROVIDERS, provider_of

OWNERS = {
    "GITHUB": "github_actions",
    "GITLAB": "gitlab",
    "HCP_TERRAFORM": "hcp_terraform",
    "BUILDKITE": "buildkite",
    "PULUMI": "pulumi",
    "GOOGLE": "google",
    "COGNITO": "cognito",
    "SPACELIFT": "spacelift",
    "VERCEL": "vercel",
    "EKS": "eks",
}


@pytest.mark.parametrize("name", OWNERS)
def test_an_issuer_is_that_of_its_provider(name: str) -> None:
    assert provider_of(getattr(examples, name)) is PROVIDERS[OWNERS[name]]


# https://docs.github.com/en/actions/concepts/security/openid-connect
def test_an_issuer_has_no_scheme() -> None:
    assert examples.GITHUB == "token.actions.githubusercontent.com"


def test_a_customers_issuer_needs_its_own_part() -> None:
    """No example is written for a placeholder."""
    with pytest.raises(KeyError, match="account"):
        issuer_of_provider("spacelift")


# The form of the ARN:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
def test_the_principal_of_tokens_is_the_provider_in_the_roles_account() -> None:
    assert issued_by("idp.octo.example", "444455556666") == {
        "Federated": "arn:aws:iam::444455556666:oidc-provider/idp.octo.example"
    }


def test_claims_become_keys_of_their_issuer() -> None:
    """Each under its operator, and what is a list stays one."""
    conditions = {
        "StringEquals": {"aud": "sts.amazonaws.com"},
        "StringLike": {"sub": ["deployer", "builder-*"]},
    }
    policy = json.loads(token_example("idp.octo.example", conditions))
    (statement,) = policy["Statement"]

    assert statement == {
        "Effect": "Allow",
        "Principal": issued_by("idp.octo.example"),
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {"idp.octo.example:aud": "sts.amazonaws.com"},
            "StringLike": {"idp.octo.example:sub": ["deployer", "builder-*"]},
        },
    }
    assert policy["Version"] == "2012-10-17"


def test_an_example_can_be_read() -> None:
    text = token_example(examples.GITLAB, {"StringEquals": {"sub": "deployer"}})
    assert str(tw.parse(text).statements[0].conditions[0].key) == "gitlab.com:sub"
