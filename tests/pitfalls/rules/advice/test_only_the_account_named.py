"""An account names nobody by itself.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, grant, only, places, policy, several
from trust_widgets.findings import Verdict

NAME = "only_the_account_named"
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
OWN = "arn:aws:iam::111122223333:root"


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        (OWN, MFA),
        ("111122223333", {"StringEquals": {"aws:PrincipalTag/team": "octo"}}),
        ("444455556666", {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/app-*"}}),
    ],
)
def test_the_other_half_is_needed(value: str, condition: Any) -> None:
    """The caller's own permission, in one's own account and in others, and root users can't come at
    all.
    """
    finding = only(NAME, policy({"AWS": value}, condition=condition), HOME)
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Principal", "AWS", 0),
    )
    assert "root user" in finding.message


def test_once_for_the_policy() -> None:
    """Two accounts in two statements are one thing to know."""
    text = several(
        grant({"AWS": OWN}, condition=MFA), grant({"AWS": "444455556666"}, condition=MFA)
    )
    assert places(NAME, text, HOME) == [("Statement", 0, "Principal", "AWS", 0)]


@pytest.mark.parametrize(
    ("principal", "action", "condition"),
    [
        ({"AWS": OWN}, "sts:AssumeRole", None),
        ({"AWS": "444455556666"}, "sts:AssumeRole", None),
        ({"AWS": "arn:aws:iam::111122223333:role/a"}, "sts:AssumeRole", MFA),
        ({"AWS": "*"}, "sts:AssumeRole", {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        (
            {"AWS": "999988887777"},
            "sts:AssumeRole",
            {"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41"}},
        ),
        ({"AWS": OWN}, "sts:TagSession", MFA),
        ({"Service": "ec2.amazonaws.com"}, "sts:AssumeRole", None),
    ],
)
def test_where_it_goes_without_saying(principal: Any, action: str, condition: Any) -> None:
    """What is said of whole accounts says it already; names; vendors; tags alone; services."""
    assert found(NAME, policy(principal, action, condition), HOME) == []


def test_a_deny_needs_no_permission() -> None:
    """Keeping an account out is one half alone."""
    assert found(NAME, policy({"AWS": OWN}, condition=MFA, Effect="Deny"), HOME) == []
