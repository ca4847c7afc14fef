"""Subjects unlike those that we know of an issuer whose customers may choose, or whose page does
not say all.

https://docs.spacelift.io/integrations/cloud-providers/oidc
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, WEB, found, loud, policy
from trust_widgets.findings import Verdict

NAME = "unusual_subject"
SPACELIFT, BUILDKITE = "octo-org.app.spacelift.io", "agent.buildkite.com"


def sub(issuer: str, subject: str, operator: str = "StringEquals") -> str:
    """A statement for one subject."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    block = {operator: {f"{issuer}:sub": subject}}
    block.setdefault("StringEquals", {})[f"{issuer}:aud"] = "sts.amazonaws.com"
    return policy(principal, WEB, block)


@pytest.mark.parametrize(
    ("issuer", "subject"), [(SPACELIFT, "stack:web"), (BUILDKITE, "0191f956-042f")]
)
def test_it_may_fit_no_token(issuer: str, subject: str) -> None:
    """Customers may shape them: advice with that as its assumption."""
    text = sub(issuer, subject)
    (finding,) = found(NAME, text)
    assert (
        finding.verdict is Verdict.ADVICE
        and finding.assumptions
        and '" does not. It may match no token' in finding.message
    )
    assert loud(text) == []


@pytest.mark.parametrize(
    "text",
    [
        sub(SPACELIFT, "space:root:stack:web:run_type:TRACKED:scope:write"),
        sub(BUILDKITE, "organization:octo-org:pipeline:web:*", "StringLike"),
        sub(BUILDKITE, "octo-org", "StringNotEquals"),
        sub(BUILDKITE, "octo-org/web"),
        sub(GITHUB, "octo-org/web"),
        sub("idp.octo.example", "whatever"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Usual ones, negations, what is surely wrong and another rule's, and issuers that nobody
    knows.
    """
    assert found(NAME, text) == []
