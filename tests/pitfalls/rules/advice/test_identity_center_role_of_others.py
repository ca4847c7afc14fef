"""A role of Identity Center in another account, without its path: it may fit no role.

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

from __future__ import annotations

import pytest

from support.asking import HOME, found, policy
from trust_widgets.findings import Verdict

NAME = "identity_center_role_of_others"
ROLES = "arn:aws:iam::444455556666:role"


@pytest.mark.parametrize(
    "account", ["444455556666", "*", "4444????6666"], ids=["another", "any", "some"]
)
def test_it_may_fit_no_role(account: str) -> None:
    arn = f"arn:aws:iam::{account}:role/AWSReservedSSO_Admin_*"
    text = policy({"AWS": "444455556666"}, condition={"ArnLike": {"aws:PrincipalArn": arn}})
    (finding,) = found(NAME, text, HOME)
    assert finding.verdict is Verdict.ADVICE and finding.assumptions and "may" in finding.message


@pytest.mark.parametrize(
    "arn",
    [
        f"{ROLES}/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_*",
        f"{ROLES}/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_*",
        f"{ROLES}/deploy",
        "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*",
    ],
)
def test_near_cases_are_silent(arn: str) -> None:
    """Right forms, another role, and one's own account, of which it is certain."""
    text = policy({"AWS": "444455556666"}, condition={"ArnLike": {"aws:PrincipalArn": arn}})
    assert found(NAME, text, HOME) == []
