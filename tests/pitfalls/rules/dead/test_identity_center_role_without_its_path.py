"""Roles of IAM Identity Center have the path `aws-reserved/sso.amazonaws.com/[REGION/]` and a name
that ends in `_` and 16 hexadecimal digits.

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw
from support.asking import HOME, fixed, found, loud, only, policy
from trust_widgets.findings import Verdict

NAME = "identity_center_role_without_its_path"
OWN = {"AWS": "111122223333"}
ROLES = "arn:aws:iam::111122223333:role"
RESERVED = f"{ROLES}/aws-reserved/sso.amazonaws.com"
RIGHT = f"{RESERVED}*/AWSReservedSSO_Admin_*"


def asking(arn: str, operator: str = "ArnLike") -> str:
    """One's own account, of which a condition chooses roles."""
    return policy(OWN, condition={operator: {"aws:PrincipalArn": arn}})


@pytest.mark.parametrize(
    "arn",
    [
        f"{ROLES}/AWSReservedSSO_Admin_*",
        f"{ROLES}/AWSReservedSSO_Admin_0123456789abcdef",
        f"{ROLES}/sso.amazonaws.com/AWSReservedSSO_Admin_*",
        f"{RESERVED}/eu-west-1/AWSReservedSSO_Admin",
        f"{RESERVED}/AWSReservedSSO_Admin_",
    ],
)
@pytest.mark.parametrize("operator", ["ArnLike", "ArnEquals", "StringLike"])
def test_a_pattern_that_fits_none_of_them(arn: str, operator: str) -> None:
    """Dead, and nobody can assume the role; the fix writes the documented form."""
    text = asking(arn, operator)
    finding = only(NAME, text, HOME)
    assert finding.verdict is Verdict.DEAD and RIGHT in finding.message
    assert finding.path == ("Statement", 0, "Condition", operator, "aws:PrincipalArn", 0)
    assert tw.who_gets_in(tw.parse(text), HOME) == ()
    after = json.dumps(fixed(finding, text))
    assert RIGHT in after and loud(after, HOME) == []
    assert tw.who_gets_in(tw.parse(after), HOME)


@pytest.mark.parametrize("operator", ["StringEquals", "StringEqualsIgnoreCase"])
def test_a_value_that_is_no_pattern(operator: str) -> None:
    """Without wildcards, so that they are not what is wrong; no fix, which would need a pattern."""
    text = asking(f"{ROLES}/AWSReservedSSO_Admin_0123456789abcdef", operator)
    assert only(NAME, text, HOME).fix is None
    assert found(NAME, asking(f"{ROLES}/AWSReservedSSO_Admin_*", operator), HOME) == []


def test_a_principal_without_the_path() -> None:
    text = policy({"AWS": f"{ROLES}/AWSReservedSSO_Admin_0123456789abcdef"})
    finding = only(NAME, text, HOME)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0) and finding.fix is None
    assert "aws-reserved" in finding.message
    assert tw.who_gets_in(tw.parse(text), HOME) == ()


@pytest.mark.parametrize(
    "text",
    [
        policy({"AWS": f"{RESERVED}/AWSReservedSSO_Admin_0123456789abcdef"}),
        policy({"AWS": f"{RESERVED}/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef"}),
        asking(f"{RESERVED}/AWSReservedSSO_Billing_0011223344556677", "ArnEquals"),
        asking(f"{RESERVED}/*/AWSReservedSSO_Admin_*"),
        asking(f"{RESERVED}/*AWSReservedSSO_Admin_????????????????"),
        asking(f"{ROLES}/*AWSReservedSSO_*"),
        asking(f"{ROLES}/*"),
        asking(f"{ROLES}/team/app"),
        asking(f"{ROLES}/AWSReservedSSO_Admin_*", "ArnNotLike"),
    ],
)
def test_right_forms_are_silent(text: str) -> None:
    assert found(NAME, text, HOME) == []


def test_of_another_account_it_is_not_certain() -> None:
    """No page says that the prefix is reserved at other paths."""
    text = asking(f"{ROLES}/AWSReservedSSO_Admin_*")
    assert found(NAME, text) == []
    (finding,) = found("identity_center_role_of_others", text)
    assert finding.verdict is Verdict.ADVICE and finding.assumptions
