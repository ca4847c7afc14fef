"""A condition key of AWS or STS that is in no list.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import pytest

from support.asking import found, loud, only, policy
from trust_widgets.findings import Verdict

NAME = "unknown_key"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/a"}


@pytest.mark.parametrize("key", ["aws:CallerMood", "sts:TeapotColour", "aws:CallerMood/deep"])
def test_it_may_be_new(key: str) -> None:
    """AWS adds keys: advice, with that as its assumption."""
    text = policy(ROLE, condition={"StringEquals": {key: "octo"}})
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (
        Verdict.ADVICE,
        ("Statement", 0, "Condition", "StringEquals", key),
    )
    assert finding.assumptions != ()
    assert loud(text) == []


@pytest.mark.parametrize(
    "key",
    [
        "aws:sourceip",
        "sts:ExternalId",
        "aws:PrincipalOrg",
        "aws:PrincipalTag",
        "octo:Mood",
        "ec2:Region",
        "Mood",
    ],
)
def test_known_misspelt_and_others(key: str) -> None:
    """Known ones in any case; what is a slip, lacks its tag or its prefix is told as that; others
    are not judged.
    """
    assert found(NAME, policy(ROLE, condition={"StringEquals": {key: "octo"}})) == []
