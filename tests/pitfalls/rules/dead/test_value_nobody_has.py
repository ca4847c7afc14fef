"""One value among several that no caller of its statement has.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import HOME, found, only, policy
from trust_widgets.findings import Verdict

NAME = "value_nobody_has"
OWN = {"AWS": "111122223333"}
MINE, OTHER = "arn:aws:iam::111122223333:role/deploy", "arn:aws:iam::444455556666:role/deploy"


@pytest.mark.parametrize(
    ("operator", "key", "values"),
    [
        ("ArnLike", "aws:PrincipalArn", [MINE, OTHER]),
        ("StringEquals", "aws:PrincipalArn", [MINE, OTHER]),
        ("StringEquals", "aws:PrincipalAccount", ["111122223333", "444455556666"]),
    ],
)
def test_a_role_of_an_account_that_is_not_trusted(
    operator: str, key: str, values: list[str]
) -> None:
    """The principal is another account; the value beside it goes on working."""
    finding = only(NAME, policy(OWN, condition={operator: {key: values}}), HOME)
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, (key, 1))
    assert finding.message.endswith("The other values of the list still work.")


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        (
            {"AWS": ["111122223333", "444455556666"]},
            {"ArnLike": {"aws:PrincipalArn": [MINE, OTHER]}},
        ),
        (OWN, {"ArnNotLike": {"aws:PrincipalArn": [MINE, OTHER]}}),
        (OWN, {"ArnLike": {"aws:PrincipalArn": [MINE, "arn:aws:iam::*:role/deploy"]}}),
        (OWN, {"StringEquals": {"aws:PrincipalTag/team": ["octo", "cat"]}}),
        (OWN, {"ArnLike": {"aws:PrincipalArn": [OTHER]}}),
    ],
)
def test_near_cases_are_silent(principal: Any, condition: Any) -> None:
    """Both accounts trusted, negations, patterns, values that anyone may have, and a list of which
    all are dead.
    """
    assert found(NAME, policy(principal, condition=condition), HOME) == []
