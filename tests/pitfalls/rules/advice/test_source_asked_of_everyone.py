"""`aws:SourceAccount` and its kin asked of `{"AWS": "*"}`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import found, policy
from trust_widgets.findings import Verdict

NAME = "source_asked_of_everyone"
SOURCE = {"StringEquals": {"aws:SourceAccount": "111122223333"}}


@pytest.mark.parametrize("key", ["aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID"])
def test_users_and_roles_never_have_it(key: str) -> None:
    """Whether services are meant too is not in AWS's pages: advice with that as its assumption."""
    (finding,) = found(
        NAME, policy({"AWS": "*"}, condition={"StringLike": {key: "arn:aws:s3:::octo*"}})
    )
    assert finding.verdict is Verdict.ADVICE and finding.assumptions and finding.path[-1] == key


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        ({"Service": "states.amazonaws.com"}, SOURCE),
        ({"AWS": "*", "Service": "states.amazonaws.com"}, SOURCE),
        ({"AWS": "arn:aws:iam::444455556666:role/deploy"}, SOURCE),
        ({"AWS": "*"}, {"StringNotEquals": SOURCE["StringEquals"]}),
        ({"AWS": "*"}, {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any) -> None:
    """A named service, a named role, which is another rule's, negations, and keys that people
    have.
    """
    assert found(NAME, policy(principal, condition=condition)) == []


def test_a_service_asked_for_among_everyone() -> None:
    """aws:PrincipalIsAWSService is false of users and roles, and whether services are among
    everyone AWS does not say.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    (finding,) = found(
        NAME, policy({"AWS": "*"}, condition={"Bool": {"aws:PrincipalIsAWSService": "true"}})
    )
    assert (
        finding.verdict is Verdict.ADVICE
        and "is false in a request from a user or a role" in finding.message
    )
    for other in (
        {"Bool": {"aws:PrincipalIsAWSService": "false"}},
        {"BoolIfExists": {"aws:PrincipalIsAWSService": "true"}},
    ):
        assert found(NAME, policy({"AWS": "*"}, condition=other)) == []
