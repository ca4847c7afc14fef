"""AWS's own outbound tokens, which "cannot be used for OIDC federation into AWS".

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_getting_started.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw
from support.asking import WEB, found, grant, loud, only, policy, several
from trust_widgets.findings import Verdict

NAME = "outbound_issuer"
ISSUER = "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0.tokens.sts.global.api.aws"
EKS = "oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
CART = {"StringEquals": {f"{EKS}:sub": "system:serviceaccount:shop:cart"}}
CART["StringEquals"][f"{EKS}:aud"] = "sts.amazonaws.com"


def provider(issuer: str, partition: str = "aws") -> str:
    """A provider's ARN."""
    return f"arn:{partition}:iam::111122223333:oidc-provider/{issuer}"


@pytest.mark.parametrize("partition", ["aws", "aws-cn", "aws-us-gov", "aws-eusc"])
@pytest.mark.parametrize("issuer", [ISSUER, ISSUER.upper(), f"{ISSUER}/"])
@pytest.mark.parametrize(
    "claims", [{}, {"aud": "octo-api"}, {"sub": "arn:aws:iam::111122223333:role/*"}]
)
def test_nobody_comes_with_such_a_token(issuer: str, partition: str, claims: Any) -> None:
    """Whatever is asked of it; and then nothing is open."""
    asked = {f"{issuer}:{claim}": value for claim, value in claims.items()}
    condition = {"StringLike": asked} if asked else None
    text = policy({"Federated": provider(issuer, partition)}, WEB, condition)
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD
    assert finding.path == ("Statement", 0, "Principal", "Federated", 0)
    read = tw.parse(text)
    assert not tw.who_gets_in(read) and tw.is_public(read).found is False
    request = tw.Request(
        WEB,
        provider(issuer, partition),
        f"arn:{partition}:iam::111122223333:role/app",
        {f"{issuer}:aud": "octo-api", f"{issuer}:sub": "arn:aws:iam::111122223333:role/app"},
    )
    decision = tw.evaluate(read, request)
    assert decision.outcome == "not allowed" and "outbound" in str(decision)


def test_a_cluster_beside_it_gets_in() -> None:
    """In one statement, and in another."""
    both = policy({"Federated": [provider(ISSUER), provider(EKS)]}, WEB, CART)
    assert "The other principals still work." in only(NAME, both).message
    apart = several(
        grant({"Federated": provider(ISSUER)}, WEB), grant({"Federated": provider(EKS)}, WEB, CART)
    )
    assert len(tw.who_gets_in(tw.parse(both))) == len(tw.who_gets_in(tw.parse(apart))) == 1
    only(NAME, apart)


@pytest.mark.parametrize(
    "issuer", ["tokens.sts.global.api.aws.octo.example", "sts.global.api.aws", "a.b.example"]
)
def test_another_issuer_is_none(issuer: str) -> None:
    """Only the hosts below tokens.sts.global.api.aws are AWS's own."""
    text = policy({"Federated": provider(issuer)}, WEB, {"StringEquals": {f"{issuer}:sub": "octo"}})
    assert found(NAME, text) == [] and [f for f in loud(text) if f.verdict is Verdict.DEAD] == []


def test_a_deny_of_it_is_no_mistake() -> None:
    """It says what is so anyway."""
    deny = grant({"Federated": provider(ISSUER)}, WEB, Effect="Deny")
    assert found(NAME, json.dumps({"Version": "2012-10-17", "Statement": [deny]})) == []
