"""Whether a statement lets in anybody who is not the reader's own."""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import policy
from trust_widgets.access import who_gets_in
from trust_widgets.policy import Home

OWN = "o-a1b2c3d4e5"
HOME = Home(accounts=("111122223333",), organization=OWN)
IN_OWN = {"StringEquals": {"aws:PrincipalOrgID": OWN}}

# Conditions on "*", and whether somebody from outside of the own account and organization may be
# let in: derived by hand. None: the reader did not say whose the other organization is.
CASES: dict[str, tuple[dict[str, Any], bool | None]] = {
    "own organization": (IN_OWN, False),
    "and a role in any account": (
        IN_OWN | {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}},
        False,
    ),
    "and an address": (IN_OWN | {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, False),
    "a unit of it": (
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{OWN}/r-ab12/ou-ab12-11111111/*"}},
        False,
    ),
    "own account": ({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}, False),
    "own or another organization": (
        {"StringEquals": {"aws:PrincipalOrgID": [OWN, "o-zyxwvutsrq"]}},
        None,
    ),
    "another organization": ({"StringEquals": {"aws:PrincipalOrgID": "o-zyxwvutsrq"}}, None),
    "own organization if it has one": (
        {"StringEqualsIfExists": {"aws:PrincipalOrgID": OWN}},
        True,
    ),
    "every organization but the own": ({"StringNotEquals": {"aws:PrincipalOrgID": OWN}}, True),
    "any organization": ({"StringLike": {"aws:PrincipalOrgID": "o-*"}}, True),
}


@pytest.mark.parametrize("name", CASES)
def test_external_access_through_everyone(name: str) -> None:
    condition, expected = CASES[name]
    classes = who_gets_in(policy({"AWS": "*"}, "sts:AssumeRole", condition), HOME)
    assert [each.stranger for each in classes] == [expected]


@pytest.mark.parametrize("home", [Home(), Home(accounts=("444455556666",))])
def test_what_nobody_called_own_stays_undecided(home: Home) -> None:
    classes = who_gets_in(policy({"AWS": "*"}, "sts:AssumeRole", IN_OWN), home)
    assert [each.stranger for each in classes] == [None]
