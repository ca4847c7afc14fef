"""A condition on a key that no request has, where no match is required.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

import pytest

from support.asking import found, policy
from trust_widgets.findings import Verdict

NAME = "key_that_restricts_nothing"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}


@pytest.mark.parametrize(
    ("operator", "key", "says"),
    [
        ("StringNotEquals", "aws:PrincipleTag/team", "true"),
        ("StringEqualsIfExists", "aws:PrincipalOrg", "true"),
        ("ForAllValues:StringEquals", "aws:PrincipalTags/team", "true"),
        ("StringEqualsIfExists", "oidc:sub", "true"),
        ("StringNotLike", "<KEY>:sub", "true"),
    ],
)
def test_it_decides_nothing(operator: str, key: str, says: str) -> None:
    (finding,) = found(NAME, policy(ROLE, condition={operator: {key: "octo"}}))
    assert finding.verdict is Verdict.ADVICE
    assert finding.path == ("Statement", 0, "Condition", operator, key)
    assert f"is {says} for every request" in finding.message


@pytest.mark.parametrize(
    ("operator", "key"),
    [
        ("StringEquals", "aws:PrincipalOrg"),
        ("StringNotEquals", "aws:PrincipalOrgID"),
        ("StringNotEquals", "aws:CallerMood"),
        ("StringEqualsIfExists", "gitlab.com:sub"),
    ],
)
def test_other_keys_and_operators_are_silent(operator: str, key: str) -> None:
    assert found(NAME, policy(ROLE, condition={operator: {key: "octo"}})) == []
