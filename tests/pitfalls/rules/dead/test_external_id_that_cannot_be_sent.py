"""External IDs outside `[\\w+=,.@:\\/-]*`, 2 to 1,224 characters.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from __future__ import annotations

import pytest

from support.asking import found, only, policy
from trust_widgets.findings import Verdict

NAME = "external_id_that_cannot_be_sent"
VENDOR = {"AWS": "arn:aws:iam::999988887777:root"}


def asks(*ids: str, operator: str = "StringEquals") -> str:
    """A vendor, with external IDs."""
    return policy(VENDOR, condition={operator: {"sts:ExternalId": list(ids)}})


@pytest.mark.parametrize("text", ["", "7", "octo org", "octo#1", "öcto-1", "x" * 1225])
def test_sts_refuses_them(text: str) -> None:
    """Too short, too long, or with other characters."""
    finding = only(NAME, asks(text))
    assert (finding.verdict, finding.path[-2:]) == (Verdict.DEAD, ("sts:ExternalId", 0))


def test_a_pattern_with_a_blank() -> None:
    """No external ID fits it either, whatever its wildcards stand for."""
    assert only(NAME, asks("octo *", operator="StringLike")).path[-1] == 0


@pytest.mark.parametrize(
    "text",
    [
        asks("b2f6c3de-9a41-4b55-8b0e-5a1f0f7f1a11"),
        asks("ab", "x" * 1224, "a/b:c@d.e,f=g+h_i-j"),
        asks("o*", operator="StringLike"),
        asks("octo-*"),
        asks("${aws:PrincipalAccount}"),
        asks("octo org", operator="StringNotEquals"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """What can be sent, patterns, another rule's wildcard, variables, and negated operators."""
    assert found(NAME, text) == []
