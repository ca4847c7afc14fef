"""An external ID between one's own accounts.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, grant, only, policy, several
from trust_widgets.findings import Verdict

NAME = "external_id_of_own_account"
ID = {"sts:ExternalId": "b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"}
OWN = "arn:aws:iam::111122223333:role/deploy"
VENDOR = "arn:aws:iam::999988887777:root"


@pytest.mark.parametrize(
    ("principal", "block"),
    [
        ({"AWS": "111122223333"}, ID),
        ({"AWS": OWN}, ID),
        ({"AWS": [OWN, "arn:aws:iam::111122223333:root"]}, ID),
        ({"AWS": "*"}, ID | {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}),
        ({"AWS": "444455556666"}, ID | {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}),
    ],
)
def test_own_callers(principal: Any, block: dict[str, Any]) -> None:
    """Own accounts and their roles, or everybody in one's own organization."""
    finding = only(NAME, policy(principal, condition={"StringEquals": block}), HOME)
    assert finding.verdict is Verdict.ADVICE
    assert finding.path == ("Statement", 0, "Condition", "StringEquals", "sts:ExternalId")
    assert finding.fix is None


@pytest.mark.parametrize(
    ("principal", "block"),
    [
        ({"AWS": VENDOR}, ID),
        ({"AWS": [OWN, VENDOR]}, ID),
        ({"AWS": "*"}, ID | {"aws:PrincipalOrgID": "o-zzzzzzzzzz"}),
        ({"AWS": OWN, "Service": "cognito-idp.amazonaws.com"}, ID),
        ({"Service": "cognito-idp.amazonaws.com"}, ID),
        ({"AWS": OWN}, {"aws:PrincipalTag/team": "octo"}),
    ],
)
def test_others_among_them(principal: Any, block: dict[str, Any]) -> None:
    """A vendor, another organization, a service, and no external ID at all."""
    assert found(NAME, policy(principal, condition={"StringEquals": block}), HOME) == []


def test_nobody_is_ones_own_while_nobody_said_so() -> None:
    """Without knowing the reader there is nothing to say, nor under an organization nobody
    claims.
    """
    assert found(NAME, policy({"AWS": OWN}, condition={"StringEquals": ID})) == []
    block = ID | {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
    assert found(NAME, policy({"AWS": "*"}, condition={"StringEquals": block})) == []


@pytest.mark.parametrize(
    "external_id", ["eu-west-1/111122223333/web/shop/cart", "us-gov-west-1/444455556666/a-b/ns/sa"]
)
def test_pod_identity_sends_one_to_a_target_role(external_id: str) -> None:
    """https://docs.aws.amazon.com/eks/latest/APIReference/API_PodIdentityAssociation.html"""
    text = policy({"AWS": OWN}, condition={"StringEquals": {"sts:ExternalId": external_id}})
    assert found(NAME, text, HOME) == []
    near = policy({"AWS": OWN}, condition={"StringEquals": {"sts:ExternalId": "eu-west-1/web"}})
    assert len(found(NAME, near, HOME)) == 1


def test_a_vendor_requires_it_in_both_statements() -> None:
    """Databricks has the role assume itself under the external ID that it sends.

    https://docs.databricks.com/aws/en/connect/unity-catalog/cloud-storage/storage-credentials
    """
    both = several(
        grant({"AWS": VENDOR}, condition={"StringEquals": ID}),
        grant({"AWS": OWN}, condition={"StringEquals": ID}),
    )
    assert found(NAME, both, HOME) == []
    other = {"sts:ExternalId": "0a1b2c3d-9a41-4b55-8b0e-5a1f0f7f1a11"}
    apart = several(
        grant({"AWS": VENDOR}, condition={"StringEquals": ID}),
        grant({"AWS": OWN}, condition={"StringEquals": other}),
    )
    assert len(found(NAME, apart, HOME)) == 1
