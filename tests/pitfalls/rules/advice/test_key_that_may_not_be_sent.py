"""Keys of VPC endpoints for which AWS's lists of supporting services do not name AWS STS.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import pytest

from support.asking import found, policy
from trust_widgets.findings import Verdict

NAME = "key_that_may_not_be_sent"
ROLE = {"AWS": "arn:aws:iam::111122223333:role/worker"}


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringEquals", "aws:VpceAccount", "111122223333"),
        ("StringNotEqualsIfExists", "aws:VpceOrgID", "o-a1b2c3d4e5"),
        ("ForAnyValue:StringLike", "AWS:vpceorgpaths", "o-a1b2c3d4e5/*"),
    ],
)
def test_it_may_not_be_sent(operator: str, key: str, value: str) -> None:
    (finding,) = found(NAME, policy(ROLE, condition={operator: {key: value}}))
    assert finding.verdict is Verdict.ADVICE and finding.assumptions
    assert finding.path == ("Statement", 0, "Condition", operator, key)
    assert "may not contain aws:Vpce" in finding.message and "aws:SourceVpce" in finding.message


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("Bool", "aws:ViaAWSMCPService", "false"),
        ("StringEquals", "aws:OriginIdentity/Issuer", "https://idp.octo.example"),
        ("StringEquals", "aws:TransactionContext/order", "a"),
    ],
)
def test_so_may_a_key_of_this_year(operator: str, key: str, value: str) -> None:
    """AWS's pages name these keys of 2026, and do not say whose requests have them."""
    (finding,) = found(NAME, policy(ROLE, condition={operator: {key: value}}))
    assert finding.verdict is Verdict.ADVICE
    assert f"may not contain {key.partition('/')[0]}" in finding.message


@pytest.mark.parametrize(
    ("key", "value"),
    [("aws:SourceVpce", "vpce-0a1b2c3d"), ("aws:SourceVpc", "vpc-0a1b2c3d")],
)
def test_documented_keys_are_silent(key: str, value: str) -> None:
    assert found(NAME, policy(ROLE, condition={"StringEquals": {key: value}})) == []
