"""`sts:DurationSeconds` in a trust policy: "The key is not present for AWS STS assume-role
operations".

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, found, only, policy
from trust_widgets.findings import Verdict

NAME = "session_length_in_a_condition"
ROLE = {"AWS": "arn:aws:iam::444455556666:role/deploy"}


def test_nobody_carries_it() -> None:
    """Whoever calls; the role's own setting is named."""
    finding = only(
        NAME, policy(ROLE, condition={"NumericLessThanEquals": {"sts:DurationSeconds": "3600"}})
    )
    assert (finding.verdict, finding.path[-1]) == (Verdict.DEAD, "sts:DurationSeconds")
    assert "maximum session duration" in finding.message
    block = {
        "NumericEquals": {"STS:durationseconds": 900},
        "StringEquals": {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"},
    }
    only(NAME, policy(GITHUB_PROVIDER, WEB, block))


@pytest.mark.parametrize("operator", ["NumericLessThanIfExists", "NumericNotEquals"])
def test_what_a_missing_key_meets(operator: str) -> None:
    """It limits nothing then, and locks nobody out."""
    assert found(NAME, policy(ROLE, condition={operator: {"sts:DurationSeconds": "3600"}})) == []
