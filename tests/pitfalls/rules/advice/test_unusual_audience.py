"""Audiences that a client asks for only when it is told to.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, WEB, found, loud, policy
from trust_widgets.findings import Verdict

NAME = "unusual_audience"
SUB = {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/main"}


def asks(audience: Any, operator: str = "StringEquals") -> str:
    """A statement for one branch and some audience."""
    block: dict[str, Any] = {"StringEquals": dict(SUB)}
    block.setdefault(operator, {})[f"{GITHUB}:aud"] = audience
    return policy({"Federated": f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"}, WEB, block)


def test_it_is_worth_knowing() -> None:
    """An audience of one's own is no mistake: advice, and nothing louder."""
    text = asks(["sts.amazonaws.com", "octo-production"])
    (finding,) = found(NAME, text)
    assert (finding.verdict, finding.path[-1]) == (Verdict.ADVICE, 1)
    assert loud(text) == []


@pytest.mark.parametrize(
    "text",
    [
        asks("sts.amazonaws.com"),
        asks("sts.amazonaws.com.cn"),
        asks("https://github.com/octo-org"),
        asks("https://sts.amazonaws.com"),
        asks("octo-*", "StringLike"),
        asks("octo-production", "StringNotEquals"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """The usual ones, a job's that asks for none, slips, which are another rule's, patterns and
    negations.
    """
    assert found(NAME, text) == []
