"""A subject with a variable: what the policy requires depends on the request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, found, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "variable_in_a_subject"
AUDIENCE = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}


def trusting(subject: str, operator: str = "StringLike") -> str:
    """A role for tokens with a subject."""
    return policy(GITHUB_PROVIDER, WEB, {**AUDIENCE, operator: {f"{GITHUB}:sub": subject}})


@pytest.mark.parametrize(
    "subject", [f"${{{GITHUB}:sub}}", f"repo:*${{{GITHUB}:SUB, 'x'}}", f"${{{GITHUB}:repository}}*"]
)
def test_a_variable_of_the_token_itself_is_open_to_strangers(subject: str) -> None:
    """Every repository on GitHub has a token whose subject is its own subject."""
    findings = found(NAME, trusting(subject))
    if subject.startswith(f"${{{GITHUB}:sub"):
        assert [f.severity for f in findings] == [Severity.CRITICAL] and findings[0].callers
    assert all(f.verdict is Verdict.OPEN for f in findings)


def test_a_variable_with_a_default_is_told() -> None:
    """A token has no such tag, so that the default is taken: it could have been written out."""
    finding = only(
        NAME, trusting("repo:${aws:PrincipalTag/owner, 'octo-org'}/app:environment:production")
    )
    assert finding.severity is Severity.MEDIUM
    assert finding.path == ("Statement", 0, "Condition", "StringLike", f"{GITHUB}:sub", 0)


@pytest.mark.parametrize(
    "subject",
    [
        "repo:octo-org/app:environment:production",
        "repo:octo-org/app:environment:prod${*}",
        "repo:octo-org/${aws:username}:environment:production",
    ],
)
def test_no_variable_or_nobody(subject: str) -> None:
    """`${*}` is an asterisk; a user name is in no token, so that the statement is dead, which
    another rule tells.
    """
    assert found(NAME, trusting(subject)) == []


def test_without_the_version_that_reads_variables_it_is_text() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"""
    assert found(NAME, trusting(f"${{{GITHUB}:sub}}").replace("2012-10-17", "2008-10-17")) == []
