"""`aws:PrincipalArn` holds the role's ARN when a session calls.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "session_arn_as_principal_arn"
OWN = {"AWS": "arn:aws:iam::111122223333:root"}


def test_the_role_is_written_in_its_place() -> None:
    """All sessions of one role: as narrow with the role's own ARN."""
    for session in ("*", ""):
        arn = f"arn:aws:sts::111122223333:assumed-role/deploy/{session}"
        text = policy(OWN, condition={"ArnLike": {"aws:PrincipalArn": arn}})
        finding = only(NAME, text, HOME)
        assert finding.verdict is Verdict.DEAD
        assert finding.path == ("Statement", 0, "Condition", "ArnLike", "aws:PrincipalArn", 0)
        after = statement(fixed(finding, text))["Condition"]
        assert after == {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/deploy"}}


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:sts::111122223333:assumed-role/deploy/run-1",
        "arn:aws:sts::111122223333:assumed-role/*",
        "arn:aws:sts::*:assumed-role/deploy/*",
        "arn:aws:iam::111122223333:assumed-role/deploy",
    ],
)
def test_no_fix_that_opens(arn: str) -> None:
    """One session is less than its role, and a wildcard may be any role: only told."""
    assert (
        only(NAME, policy(OWN, condition={"StringLike": {"aws:PrincipalArn": arn}}), HOME).fix
        is None
    )


def test_one_of_several_values() -> None:
    """The role's own ARN beside it goes on working."""
    arns = [
        "arn:aws:iam::111122223333:role/deploy",
        "arn:aws:sts::111122223333:assumed-role/deploy/run-1",
    ]
    finding = only(NAME, policy(OWN, condition={"ArnEquals": {"aws:PrincipalArn": arns}}), HOME)
    assert finding.path[-1] == 1 and "The other values of the list still work." in finding.message


@pytest.mark.parametrize(
    "condition",
    [
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/assumed-role/*"}},
        {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/deploy/*"}},
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:federated-user/octo"}},
        {"StringLike": {"aws:userid": "AROAZYXWVUTSRQPONMLK:*"}},
    ],
)
def test_near_cases_are_silent(condition: Any) -> None:
    """A role whose path is called so, negated operators, federated users, and the key that does
    hold the session.
    """
    assert found(NAME, policy(OWN, condition=condition), HOME) == []
