"""A wildcard that stands for part of a principal's name.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, grant, loud, only, places, policy, several
from trust_widgets.findings import Severity, Verdict

NAME = "wildcard_in_principal"
ARN = "arn:aws:iam::444455556666"


@pytest.mark.parametrize(
    "name",
    [
        "role/app-*",
        "role/team/*",
        "user/ap?",
        "role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*",
    ],
)
def test_the_pattern_goes_into_a_condition(name: str) -> None:
    """The account as principal and the pattern under ArnLike is what AWS takes, and opens nothing
    more.
    """
    text = policy({"AWS": f"{ARN}:{name}"})
    finding = only(NAME, text)
    assert (finding.verdict, finding.severity) == (Verdict.REFUSED, Severity.ERROR)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    after = [
        grant({"AWS": f"{ARN}:root"}, condition={"ArnLike": {"aws:PrincipalArn": f"{ARN}:{name}"}})
    ]
    assert fixed(finding, text)["Statement"] == after
    assert loud(several(*after)) == []


def test_other_conditions_stay() -> None:
    """The new condition joins those that were there, under their operator where it is the same."""
    tag = {
        "StringEquals": {"aws:PrincipalTag/team": "octo"},
        "ArnLike": {"aws:SourceVpcArn": "arn:aws:ec2:*:*:vpc/a"},
    }
    text = policy({"AWS": [f"{ARN}:role/app-*"]}, condition=tag)
    (after,) = fixed(only(NAME, text), text)["Statement"]
    assert after["Condition"] == {
        "StringEquals": {"aws:PrincipalTag/team": "octo"},
        "ArnLike": {
            "aws:SourceVpcArn": "arn:aws:ec2:*:*:vpc/a",
            "aws:PrincipalArn": f"{ARN}:role/app-*",
        },
    }


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"AWS": "arn:aws:iam::*:root"}, None),
        ({"AWS": "arn:aws:iam::*:role/deploy"}, None),
        ({"AWS": f"{ARN}:role/*"}, None),
        ({"AWS": f"{ARN}:*"}, None),
        ({"AWS": "4444*"}, None),
        ({"AWS": "arn:aws:sts::444455556666:assumed-role/app/*"}, None),
        ({"AWS": f"{ARN}:role/app-*", "Service": "ec2.amazonaws.com"}, None),
        ({"AWS": f"{ARN}:role/app-*"}, {"ArnLike": {"aws:principalarn": f"{ARN}:role/app-1*"}}),
    ],
)
def test_no_fix_where_it_would_change_who_is_meant(principal: Any, condition: Any) -> None:
    """Any account, the whole account, sessions, neighbours, and a condition on the key that is
    there already.
    """
    finding = only(NAME, policy(principal, condition=condition), HOME)
    assert (finding.path, finding.fix) == (("Statement", 0, "Principal", "AWS", 0), None)


def test_each_value_has_its_place() -> None:
    """In a list beside whole names, in each statement."""
    text = several(
        grant({"AWS": [f"{ARN}:role/a", f"{ARN}:role/b*"]}), grant({"AWS": f"{ARN}:user/c*"})
    )
    assert places(NAME, text) == [
        ("Statement", 0, "Principal", "AWS", 1),
        ("Statement", 1, "Principal", "AWS", 0),
    ]


def test_a_deny_is_refused_and_left_to_the_author() -> None:
    """Account and pattern in a Deny would deny fewer or more than was meant."""
    finding = only(NAME, policy({"AWS": f"{ARN}:role/app-*"}, Effect="Deny"))
    assert (finding.verdict, finding.fix) == (Verdict.REFUSED, None)


@pytest.mark.parametrize(
    "principal", [{"AWS": "*"}, "*", {"AWS": f"{ARN}:role/app"}, {"Service": "*"}]
)
def test_near_cases_are_silent(principal: Any) -> None:
    """Everyone, written either way, is not part of a name."""
    assert found(NAME, policy(principal)) == []


def test_a_pattern_in_a_condition_is_fine() -> None:
    """Conditions are where patterns belong."""
    condition = {"ArnLike": {"aws:PrincipalArn": f"{ARN}:role/app-*"}}
    assert loud(policy({"AWS": "444455556666"}, condition=condition)) == []
