"""A statement that no form knows: what must exist beside it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html: a provider
lists the audiences (client ids) for which tokens are taken at all.
"""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw

WEB = "sts:AssumeRoleWithWebIdentity"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
GITHUB = "token.actions.githubusercontent.com"


def model(
    issuer: str, effect: str = "Allow", partition: str = "aws", **claims: str
) -> tw.TrustModel:
    """A statement for tokens of an issuer with some claims."""
    arn = f"arn:{partition}:iam::111122223333:oidc-provider/{issuer}"
    condition = {"StringEquals": {f"{issuer}:{claim}": value for claim, value in claims.items()}}
    statement = {
        "Effect": effect,
        "Principal": {"Federated": arn},
        "Action": WEB,
        "Condition": condition,
    }
    return tw.TrustModel(text=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def made(model: tw.TrustModel) -> list[tw.Companion]:
    """What is to be made."""
    return [it for it in model.role.companions if it.kind not in ("try_it", "revoke")]


@pytest.mark.parametrize(
    ("issuer", "subject", "partition", "audience"),
    [
        (EKS, "system:serviceaccount:shop:cart", "aws", "sts.amazonaws.com"),
        (GITHUB, "repo:octo-org/app:ref:refs/heads/main", "aws", "sts.amazonaws.com"),
        (GITHUB, "repo:octo-org/app:ref:refs/heads/main", "aws-cn", "AUDIENCE"),
        ("idp.octo.example", "deployer", "aws", "AUDIENCE"),
    ],
)
def test_without_an_audience_the_provider_decides(
    issuer: str, subject: str, partition: str, audience: str
) -> None:
    """Which audience it must list is told, where its usual client's is known; in China GitHub's is
    another.
    """
    (companion,) = made(model(issuer, partition=partition, sub=subject))
    assert (
        f"--url https://{issuer}" in companion.text
        and f"--client-id-list {audience}" in companion.text
    )
    assert (
        "One statement has no condition on the audience, so every audience in the provider's "
        "list can be used, and no other:"
    ) in companion.note
    assert (f"add {audience} only" in companion.note) == (audience != "AUDIENCE")


def test_an_audience_that_is_asked_for_is_listed() -> None:
    """Of a statement that no form knows for want of a subject."""
    (companion,) = made(model("idp.octo.example", aud="octo"))
    assert "--client-id-list octo" in companion.text and "audience" not in companion.note


def test_what_needs_no_provider_has_none() -> None:
    """A Deny, and issuers that AWS has built in."""
    assert made(model("idp.octo.example", "Deny", sub="deployer")) == []
    google = {"Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "Action": WEB}
    assert (
        made(tw.TrustModel(text=json.dumps({"Version": "2012-10-17", "Statement": [google]}))) == []
    )


PRINTED = ("json", "aws_cli_update", "markdown", "notebook")


@pytest.mark.parametrize("tool", tw.EXPORTERS)
def test_an_export_points_at_it(tool: str) -> None:
    """And makes no provider whose audiences nobody knows; what makes no role says nothing of it."""
    text = tw.export(model("idp.octo.example", sub="deployer").role, tool)
    assert "AUDIENCE" not in text and ("provider.sh" in text or tool in PRINTED)
