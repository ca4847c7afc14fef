"""Audiences that no usual client requests.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

import pytest

from trust_widgets.providers import provider_with_client, why_no_audience

GITHUB = "token.actions.githubusercontent.com"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"


@pytest.mark.parametrize("issuer", [GITHUB, EKS])
@pytest.mark.parametrize(
    ("operator", "text", "is_wrong"),
    [
        ("StringEquals", "sts.amazonaws.com", False),
        ("StringEquals", "sts.amazonaws.com.cn", False),
        ("StringEquals", "https://octo.example", False),
        ("StringLike", "sts.*", False),
        ("StringEquals", "${aws:PrincipalTag/audience}", False),
        ("StringEqualsIgnoreCase", "STS.AMAZONAWS.COM", False),
        ("StringEquals", "STS.AMAZONAWS.COM", True),
        ("StringEquals", "https://sts.amazonaws.com", True),
        ("StringEqualsIgnoreCase", "https://sts.amazonaws.com", True),
        ("StringEquals", "sts.amazon.com", True),
        ("StringEquals", "api://AzureADTokenExchange", True),
    ],
)
def test_slips_of_the_usual_audience(issuer: str, operator: str, text: str, is_wrong: bool) -> None:
    assert bool(why_no_audience(issuer, operator, text)) is is_wrong


def test_an_issuer_without_a_usual_client_has_no_slips() -> None:
    assert provider_with_client("idp.octo.example") is None
    assert why_no_audience("idp.octo.example", "StringEquals", "sts.amazon.com") == ""
