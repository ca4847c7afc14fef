"""Every account of an organization, or of units of it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
"""

from __future__ import annotations

import json
from typing import Any

import pytest

import trust_widgets as tw

PATTERN = tw.PATTERNS["organization"]
UNIT = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/"


def read(principal: Any, condition: dict[str, Any]) -> tw.Grant:
    """The grant that a pasted statement becomes."""
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "sts:AssumeRole",
        "Condition": condition,
    }
    (grant,) = tw.TrustModel(
        text=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    ).grants
    return grant


def test_a_whole_organisation() -> None:
    """Anyone's AWS principal, and the organization's id by one exact comparison."""
    role = PATTERN.build(account="111122223333", organization="o-a1b2c3d4e5")
    assert role.trust.to_dict()["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": "*"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
        }
    ]
    assert [it.kind for it in role.companions] == ["permission_policy", "try_it", "revoke"]


def test_units() -> None:
    """The key holds a list, so it is compared with ForAnyValue; ForAllValues would be true without
    the key.
    """
    units = (UNIT, f"{UNIT}ou-ab12-22222222/*")
    (statement,) = PATTERN.build(scope="units", units=units).trust.to_dict()["Statement"]
    assert statement["Condition"] == {
        "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": list(units)}
    }


@pytest.mark.parametrize(
    "path",
    [
        "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111",  # would be no account's path: theirs end in /
        "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111*",  # would take ou-ab12-111111112 too
        "*/r-ab12/*",
        "o-a1b2c3d4e5/*",
        "r-ab12/ou-ab12-11111111/*",
        "ou-ab12-11111111",
    ],
)
def test_a_path_that_would_miss_or_take_too_much_is_refused(path: str) -> None:
    """From the organization down, each step ended by a slash."""
    with pytest.raises(ValueError, match="units: Write it like o-a1b2c3d4e5/r-ab12"):
        PATTERN.build(scope="units", units=(path,))


@pytest.mark.parametrize("wrong", ["", "a1b2c3d4e5", "o-A1B2C3D4E5", "o-a1b2", "111122223333", "*"])
def test_what_is_no_organisation_is_refused(wrong: str) -> None:
    """https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html"""
    with pytest.raises(ValueError, match=r"organization: .*o-a1b2c3d4e5"):
        PATTERN.build(organization=wrong)


def test_reading_back() -> None:
    """A guard on top stays a guard."""
    guard = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deployer"}}
    grant = read({"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}, **guard})
    assert (grant.pattern, grant.answers) == ("organization", {"organization": "o-a1b2c3d4e5"})
    assert [it.key for it in grant.guards] == ["aws:PrincipalArn"]
    grant = read({"AWS": ["*"]}, {"ForAnyValue:StringLike": {"aws:principalorgpaths": [UNIT]}})
    assert (grant.pattern, grant.answers) == ("organization", {"scope": "units", "units": (UNIT,)})


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"AWS": "*"}, {"StringLike": {"aws:PrincipalOrgID": "o-*"}}),
        ({"AWS": "*"}, {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        ({"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-f6g7h8i9j0"]}}),
        ({"AWS": "*"}, {"ForAllValues:StringLike": {"aws:PrincipalOrgPaths": UNIT}}),
        ({"AWS": "*"}, {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "*"}}),
        ({"AWS": "444455556666"}, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
        ("*", {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
    ],
)
def test_what_says_something_else_is_not_read_as_an_organisation(
    principal: Any, condition: dict[str, Any]
) -> None:
    """Each names other callers than all of one organization, or others than AWS's."""
    assert read(principal, condition).pattern != "organization"


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        (
            {"scope": "organization", "organization": "o-a1b2c3d4e5", "units": ()},
            "Organization o-a1b2c3d4e5",
        ),
        ({"scope": "organization", "organization": "", "units": ()}, "Organization"),
        (
            {"scope": "units", "organization": "", "units": (f"{UNIT}*",)},
            "Organization · ou-ab12-11111111",
        ),
        ({"scope": "units", "organization": "", "units": ("",)}, "OUs of an organization"),
    ],
)
def test_the_chip_says_which(answers: dict[str, Any], label: str) -> None:
    """A unit by its own id, without the way to it."""
    assert PATTERN.label(answers) == label
