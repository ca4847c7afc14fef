"""A claim of another issuer than the principal's.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, fixed, found, grant, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "claim_of_another_issuer"
ONE = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"
OTHER = "oidc.eks.eu-central-1.amazonaws.com/id/ANOTHERD539D4633E53DE1B71EXAMPLE"
CLUSTER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{ONE}"}
CART = "system:serviceaccount:shop:cart"


def test_another_cluster_is_one_mistake_with_a_fix() -> None:
    """Audience and subject name another cluster: told once, at the subject, and both keys get the
    principal's name.
    """
    text = policy(
        CLUSTER, WEB, {"StringEquals": {f"{OTHER}:aud": "sts.amazonaws.com", f"{OTHER}:sub": CART}}
    )
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.DEAD, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", f"{OTHER}:sub")
    after = grant(
        CLUSTER, WEB, {"StringEquals": {f"{ONE}:aud": "sts.amazonaws.com", f"{ONE}:sub": CART}}
    )
    assert fixed(finding, text)["Statement"] == [after]


def test_issuers_of_another_kind_have_no_fix() -> None:
    """A pod has no GitHub subject, so that nobody but the author knows what was meant."""
    text = policy(
        CLUSTER, WEB, {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}}
    )
    assert only(NAME, text).fix is None


def test_a_path_of_the_issuer_counts() -> None:
    """An enterprise's own issuer on github.com is another one than github.com's."""
    issuer = f"{GITHUB}/octo-enterprise"
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    text = policy(
        principal, WEB, {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}}
    )
    after = grant(
        principal, WEB, {"StringEquals": {f"{issuer}:sub": "repo:octo-org/app:ref:refs/heads/main"}}
    )
    assert fixed(only(NAME, text), text)["Statement"] == [after]


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        (CLUSTER, {"StringEquals": {f"{ONE.lower()}:sub": CART}}),
        (
            CLUSTER,
            {"StringEquals": {f"{ONE}:sub": CART}, "StringNotEquals": {f"{OTHER}:sub": CART}},
        ),
        (
            CLUSTER,
            {"StringEquals": {f"{ONE}:sub": CART}, "StringEqualsIfExists": {f"{OTHER}:sub": CART}},
        ),
        (CLUSTER, {"StringEquals": {f"https://{ONE}:sub": CART}}),
        (GITHUB_PROVIDER, {"StringEquals": {f"{ONE}:sub": CART}}),
        (
            {
                "Federated": [
                    CLUSTER["Federated"],
                    f"arn:aws:iam::111122223333:oidc-provider/{OTHER}",
                ]
            },
            {"StringEquals": {f"{OTHER}:sub": CART}},
        ),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any) -> None:
    """Keys in any case, operators that a missing key satisfies, what IAM refuses, and a second
    principal's own key.
    """
    assert found(NAME, policy(principal, WEB, condition)) == []
