"""A claim that every token has, asked for under an operator that is true without it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Severity, Verdict

NAME = "claim_asked_for_loosely"
EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
CLUSTER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{EKS}"}
CART = {f"{EKS}:sub": "system:serviceaccount:shop:cart"}
AUDIENCE = {f"{EKS}:aud": "sts.amazonaws.com"}
CORP = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}


@pytest.mark.parametrize("operator", ["StringEqualsIfExists", "ForAllValues:StringEquals"])
@pytest.mark.parametrize(("loose", "plain"), [(CART, AUDIENCE), (AUDIENCE, CART)])
def test_every_token_has_it(operator: str, loose: dict[str, str], plain: dict[str, str]) -> None:
    """Nobody is let in by it, as far as we know: low, the message says so, and the fix is the plain
    operator.
    """
    text = policy(CLUSTER, WEB, {operator: loose, "StringEquals": plain})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.LOW)
    assert finding.path == ("Statement", 0, "Condition", operator, next(iter(loose)))
    assert (
        "Every token has this claim, so the condition still works. But it does not require the "
        "claim, and IAM may not accept it for an issuer of which it requires this claim. Write"
    ) in finding.message
    assert statement(fixed(finding, text))["Condition"] == {"StringEquals": plain | loose}


def test_what_iam_requires_may_not_be_counted() -> None:
    """GitHub's subject is required, and AWS does not say whether IAM counts it with IfExists."""
    text = policy(
        GITHUB_PROVIDER,
        WEB,
        {
            "StringLikeIfExists": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"},
            "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"},
        },
    )
    assert (
        "Every token has this claim, so the condition still works. But it does not require the "
        "claim, and IAM may not accept it for an issuer of which it requires this claim. Write"
    ) in only(NAME, text).message


def test_saml() -> None:
    """Every assertion has a recipient."""
    block = {"StringEqualsIfExists": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}
    assert only(NAME, policy(CORP, "sts:AssumeRoleWithSAML", block)).severity is Severity.LOW


@pytest.mark.parametrize(
    "text",
    [
        policy(CLUSTER, WEB, {"StringEquals": CART | AUDIENCE}),
        policy(
            CLUSTER,
            WEB,
            {
                "StringEqualsIfExists": CART,
                "StringEquals": AUDIENCE,
                "Null": {f"{EKS}:sub": "false"},
            },
        ),
        policy(CLUSTER, WEB, {"StringNotEquals": CART, "StringEquals": AUDIENCE}),
        policy(CLUSTER, WEB, {"StringEqualsIfExists": CART}, Effect="Deny"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Plain operators, another condition on the claim, a negation, which lets others in, and a
    Deny.
    """
    assert found(NAME, text) == []
