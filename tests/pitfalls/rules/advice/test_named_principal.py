"""What IAM makes of a named user or role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, HOME, WEB, found, grant, only, policy, several
from trust_widgets.findings import Verdict

NAME = "named_principal"
ROLE = "arn:aws:iam::444455556666:role/deploy"
OWN = "arn:aws:iam::111122223333:role/team/deploy"
USER = "arn:aws:iam::444455556666:user/team/octo"


@pytest.mark.parametrize("value", [ROLE, USER, ROLE.replace("aws", "aws-cn", 1)])
def test_it_must_exist_and_becomes_an_id(value: str) -> None:
    """Users and roles of any partition; it is worth knowing, and no more than that."""
    finding = only(NAME, policy({"AWS": value}))
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Principal", "AWS", 0),
    )
    assert (
        "A role that trusts itself must be created first. Add its own ARN afterwards"
    ) not in finding.message


def test_once_for_the_policy() -> None:
    """Ten names are one thing to know, told at the first."""
    text = several(
        grant({"AWS": "444455556666"}),
        grant({"AWS": ["999988887777", ROLE, USER]}),
        grant({"AWS": OWN}),
    )
    assert only_path(text) == ("Statement", 1, "Principal", "AWS", 1)


def only_path(text: str) -> tuple[str | int, ...]:
    """Where it is told."""
    (finding,) = found(NAME, text)
    return finding.path


def test_an_own_role_may_be_this_one() -> None:
    """A role can't name itself before it exists; only roles of the reader's accounts can be this
    very role.
    """
    assert ("A role that trusts itself must be created first. Add its own ARN afterwards") in only(
        NAME, policy({"AWS": [ROLE, OWN]}), HOME
    ).message
    assert (
        "A role that trusts itself must be created first. Add its own ARN afterwards"
    ) not in only(NAME, policy({"AWS": ROLE}), HOME).message


@pytest.mark.parametrize(
    ("principal", "action", "condition"),
    [
        ({"Service": "ec2.amazonaws.com"}, "sts:AssumeRole", None),
        ({"AWS": "arn:aws:iam::111122223333:root"}, "sts:AssumeRole", None),
        ({"AWS": "arn:aws:sts::111122223333:assumed-role/deploy/a1"}, "sts:AssumeRole", None),
        ({"AWS": "111122223333"}, "sts:AssumeRole", {"ArnLike": {"aws:PrincipalArn": OWN}}),
        (
            GITHUB_PROVIDER,
            WEB,
            {"StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}},
        ),
    ],
)
def test_others_keep_their_names(principal: Any, action: str, condition: Any) -> None:
    """Services, accounts, sessions, a name in a condition, providers."""
    assert found(NAME, policy(principal, action, condition), HOME) == []
