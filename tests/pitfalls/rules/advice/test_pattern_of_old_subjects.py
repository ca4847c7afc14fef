"""Subjects with ids, "the default for repositories created after July 15, 2026", fit no pattern
without them.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, WEB, found, policy
from trust_widgets.findings import Verdict

NAME = "pattern_of_old_subjects"
SERVER = "github.octo.example/_services/token"


def like(*subjects: str, issuer: str = GITHUB) -> str:
    """A statement for subjects that fit patterns."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    return policy(principal, WEB, {"StringLike": {f"{issuer}:sub": list(subjects)}})


@pytest.mark.parametrize("pattern", ["repo:octo-org/*", "repo:octo-org/app-*:ref:refs/heads/main"])
def test_new_repositories_do_not_fit(pattern: str) -> None:
    """They begin with repo:octo-org@ and digits."""
    (finding,) = found(NAME, like(pattern))
    assert (finding.verdict, finding.path[-1]) == (Verdict.ADVICE, 0)
    assert "repo:octo-org@ID/" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        like("repo:octo-org/*", "repo:octo-org@123456/*"),
        like("repo:octo-org*"),
        like("repo:octo-org/app:ref:refs/heads/*"),
        like("repo:octo-org/app:ref:refs/heads/main"),
        like("repo:octo-org/*", issuer=SERVER),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Both forms, a pattern that fits both, one repository, whose age is its owner's to know, and
    servers.
    """
    assert found(NAME, text) == []
