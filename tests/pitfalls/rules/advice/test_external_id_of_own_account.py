"""An external id between one's own accounts.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, only, policy
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
    """Own accounts and their roles, or everybody in one's own organisation."""
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
    """A vendor, another organisation, a service, and no external id at all."""
    assert found(NAME, policy(principal, condition={"StringEquals": block}), HOME) == []


def test_nobody_is_ones_own_while_nobody_said_so() -> None:
    """Without knowing the reader there is nothing to say, nor under an organisation nobody
    claims.
    """
    assert found(NAME, policy({"AWS": OWN}, condition={"StringEquals": ID})) == []
    block = ID | {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
    assert found(NAME, policy({"AWS": "*"}, condition={"StringEquals": block})) == []
