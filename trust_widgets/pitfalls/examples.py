"""Issuers and policies for the examples of rules.

The hosts come from the providers' records, so that no rule writes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.policy import example
from trust_widgets.providers import PROVIDERS


def issuer_of_provider(name: str, **parts: str) -> str:
    """The issuer of a provider, with its own parts for one that belongs to a customer.

    Example:
        >>> issuer_of_provider("gitlab"), issuer_of_provider("spacelift", account="octo-org")
        ('gitlab.com', 'octo-org.app.spacelift.io')
    """
    return PROVIDERS[name].issuer.format(**parts)


GITHUB = issuer_of_provider("github_actions")
GITLAB = issuer_of_provider("gitlab")
HCP_TERRAFORM = issuer_of_provider("hcp_terraform")
BUILDKITE = issuer_of_provider("buildkite")
PULUMI = issuer_of_provider("pulumi")
GOOGLE = issuer_of_provider("google")
COGNITO = issuer_of_provider("cognito")
SPACELIFT = issuer_of_provider("spacelift", account="octo-org")
VERCEL = issuer_of_provider("vercel", team="octo-org")
EKS = issuer_of_provider("eks", region="us-east-1", cluster="EXAMPLED539D4633E53DE1B71EXAMPLE")


def issued_by(issuer: str, account: str = "111122223333") -> dict[str, str]:
    """The `Principal` of an issuer's tokens.

    Example:
        >>> issued_by("idp.octo.example")
        {'Federated': 'arn:aws:iam::111122223333:oidc-provider/idp.octo.example'}
    """
    return {"Federated": f"arn:aws:iam::{account}:oidc-provider/{issuer}"}


def token_example(issuer: str, conditions: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of a policy for tokens of one issuer.

    Args:
        issuer: without https://.
        conditions: by operator, the values by claim: `{"StringEquals": {"sub": "deployer"}}`.
    """
    block = {}
    for operator, values in conditions.items():
        block[operator] = {f"{issuer}:{claim}": value for claim, value in values.items()}
    return example(issued_by(issuer), WITH_WEB_IDENTITY, block)
