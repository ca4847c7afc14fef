"""A Deny of {"AWS": "*"} beside an Allow of services or holders of tokens.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, found, grant, loud, several
from trust_widgets.findings import Verdict

NAME = "denied_as_everyone"
OTHERS = {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
BUT_SERVICES = OTHERS | {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}
EC2 = grant({"Service": "ec2.amazonaws.com"})
MAIN = {
    "StringEquals": {
        f"{GITHUB}:aud": "sts.amazonaws.com",
        f"{GITHUB}:sub": "repo:octo-org@123456/app@456789:ref:refs/heads/main",
    }
}
JOB = grant(GITHUB_PROVIDER, WEB, MAIN)


def denied(principal: Any, condition: Any = None, action: str = "sts:*") -> Any:
    """A Deny."""
    return grant(principal, action, condition, Effect="Deny")


@pytest.mark.parametrize("allow", [EC2, JOB])
@pytest.mark.parametrize("condition", [None, OTHERS])
def test_who_has_no_organisation_may_be_stopped(allow: Any, condition: Any) -> None:
    """Services and holders of tokens have no aws:PrincipalOrgID, so that the Deny applies if it
    means them.
    """
    text = several(allow, denied({"AWS": "*"}, condition))
    (finding,) = found(NAME, text)
    assert finding.verdict is Verdict.ADVICE and finding.path == ("Statement", 1, "Principal")
    assert finding.assumptions != () and loud(text) == []


@pytest.mark.parametrize(
    "text",
    [
        several(EC2, denied({"AWS": "*"}, BUT_SERVICES)),
        several(EC2, denied({"AWS": "*"}, OTHERS, "sts:AssumeRoleWithSAML")),
        several(
            EC2, denied({"AWS": "*"}, {"StringNotEquals": {"aws:SourceAccount": "111122223333"}})
        ),
        several(grant({"AWS": "arn:aws:iam::444455556666:role/a"}), denied({"AWS": "*"}, OTHERS)),
        several(EC2, denied({"AWS": "444455556666"})),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Services left out, another action, a source that may fit, users and roles, and an account."""
    assert found(NAME, text) == []


def test_a_deny_that_names_the_service_stops_it() -> None:
    """That is sure, and so dead."""
    text = several(EC2, denied({"AWS": "*", "Service": "ec2.amazonaws.com"}))
    assert found(NAME, text) == [] and [finding.name for finding in loud(text)] == ["nobody"]


def test_one_deny_is_told_once() -> None:
    """However many statements it stops."""
    text = several(EC2, grant({"Service": "ssm.amazonaws.com"}), denied({"AWS": "*"}, OTHERS))
    assert len(found(NAME, text)) == 1
