"""`AWSReservedSSO_Dev*` is also DevOps and Developers.

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

from __future__ import annotations

import json

import pytest

from support.asking import HOME, fixed, found, loud, policy

NAME = "permission_set_not_closed"
RESERVED = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com"


def asking(arn: str, operator: str = "ArnLike") -> str:
    """One's own account, of which a condition chooses roles."""
    return policy({"AWS": "111122223333"}, condition={operator: {"aws:PrincipalArn": arn}})


@pytest.mark.parametrize("operator", ["ArnLike", "ArnEquals", "StringLike"])
@pytest.mark.parametrize("path", ["/", "/*/", "*/", "/eu-west-1/"])
def test_other_sets_fit_too(path: str, operator: str) -> None:
    """The fix closes the name."""
    text = asking(f"{RESERVED}{path}AWSReservedSSO_Dev*", operator)
    (finding,) = found(NAME, text, HOME)
    assert "Dev" in finding.message and loud(text, HOME) == []
    after = json.dumps(fixed(finding, text))
    assert "AWSReservedSSO_Dev_*" in after and found(NAME, after, HOME) == []


@pytest.mark.parametrize(
    "text",
    [
        asking(f"{RESERVED}/*/AWSReservedSSO_Dev_*"),
        asking(f"{RESERVED}/*/AWSReservedSSO_*"),
        asking(f"{RESERVED}/*/AWSReservedSSO_Dev_????????????????"),
        asking(f"{RESERVED}/AWSReservedSSO_Billing_0011223344556677", "ArnEquals"),
        asking("arn:aws:iam::111122223333:role/Dev*"),
        asking(f"{RESERVED}/*/AWSReservedSSO_Dev*", "ArnNotLike"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    assert found(NAME, text, HOME) == []
