"""An action that no trust policy takes.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import WEB, fixed, found, grant, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "wrong_action"
EC2 = {"Service": "ec2.amazonaws.com"}
CORP = {"Federated": "arn:aws:iam::111122223333:saml-provider/corp"}
GOOGLE = {"Federated": "accounts.google.com"}
AUD = {"StringEquals": {"accounts.google.com:aud": "1234"}}


@pytest.mark.parametrize(
    ("principal", "wrong", "right", "condition"),
    [
        (EC2, "sts:AsumeRole", "sts:AssumeRole", None),
        (EC2, "AssumeRole", "sts:AssumeRole", None),
        (EC2, " sts:AssumeRole", "sts:AssumeRole", None),
        (EC2, "*", "sts:AssumeRole", None),
        (CORP, "*", "sts:AssumeRoleWithSAML", None),
        (CORP, "sts:AssumeRoleWithSaml2", "sts:AssumeRoleWithSAML", None),
        (CORP, "sts:AsumeRole", "sts:AssumeRoleWithSAML", None),
        (GOOGLE, "sts:AssumeRoleWithWebIdentitys", WEB, AUD),
        (GOOGLE, "sts:AssumRole", WEB, AUD),
        (EC2, "sts:TagSessions", "sts:TagSession", None),
    ],
)
def test_the_action_that_was_meant(principal: Any, wrong: str, right: str, condition: Any) -> None:
    """A slip, a missing prefix, an asterisk: the fix writes the action that these principals
    use.
    """
    text = policy(principal, wrong, condition)
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Action", 0)
    assert wrong == "*" or f'"{right}"' in finding.message
    assert fixed(finding, text)["Statement"] == [grant(principal, right, condition)]


@pytest.mark.parametrize(
    "wrong", ["iam:PassRole", "s3:*", "*", "sts:AsumeRole", "sts:GetCallerIdentity"]
)
def test_beside_a_right_one_it_is_removed(wrong: str) -> None:
    """With the right action there already, the wrong one is taken out, and nothing is written
    twice.
    """
    text = policy(EC2, ["STS:assumerole", wrong, "sts:TagSession"])
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Action", 1)
    assert fixed(finding, text)["Statement"] == [grant(EC2, ["STS:assumerole", "sts:TagSession"])]


@pytest.mark.parametrize(
    "wrong", ["s3:GetObject", "iam:PassRole", "s3:*", "sts:GetSessionToken", ""]
)
def test_what_belongs_elsewhere_is_left_to_the_author(wrong: str) -> None:
    """Another service's action, or one of STS that assumes no role, stands for nothing that a
    machine could write.
    """
    assert only(NAME, policy(EC2, wrong)).fix is None


def test_an_asterisk_for_everyone_or_for_two_kinds() -> None:
    """Where the principals do not tell which action, there is no fix."""
    in_org = {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    assert only(NAME, policy({"AWS": "*"}, "*", in_org)).fix is None
    assert only(NAME, policy(EC2 | CORP, "*")).fix is None


def test_each_value_has_its_place_also_in_a_deny() -> None:
    """In lists and later statements; IAM takes no other action in a Deny either."""
    text = several(
        grant(EC2),
        grant(EC2, ["s3:*", "sts:AssumeRole", "sts:AsumeRole"]),
        grant(EC2, "*", Effect="Deny"),
    )
    assert sorted(places(NAME, text)) == [
        ("Statement", 1, "Action", 0),
        ("Statement", 1, "Action", 2),
        ("Statement", 2, "Action", 0),
    ]


@pytest.mark.parametrize(
    "action",
    ["sts:AssumeRole", "STS:ASSUMEROLE",
     ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"], "sts:*",
     "sts:AssumeRole*"],
)  # fmt: skip
def test_right_ones_in_any_case(action: Any) -> None:
    """Actions are compared without regard to case; whether IAM takes a pattern is not
    documented.
    """
    assert found(NAME, policy(EC2, action)) == []
