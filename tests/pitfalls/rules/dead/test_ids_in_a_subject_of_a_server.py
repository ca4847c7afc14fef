"""GitHub Enterprise Server has no subjects with ids.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "ids_in_a_subject_of_a_server"
SERVER = "github.octo.example/_services/token"
WITH_IDS = "repo:octo-org@123456/app@456789:ref:refs/heads/main"


def sub(issuer: str, subject: str, operator: str = "StringEquals") -> str:
    """A statement for one subject."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    return policy(principal, WEB, {operator: {f"{issuer}:sub": subject}})


def test_the_form_without_ids_is_written() -> None:
    """As narrow as before: one branch of one repository."""
    text = sub(SERVER, WITH_IDS)
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD
    after = statement(fixed(finding, text))["Condition"]["StringEquals"]
    assert after == {f"{SERVER}:sub": "repo:octo-org/app:ref:refs/heads/main"}


def test_no_fix_that_opens() -> None:
    """Without its id, a pattern for all of an owner's repositories is as wide as its name."""
    assert only(NAME, sub(SERVER, "repo:octo-org@123456/*", "StringLike")).fix is None
    (finding,) = found(NAME, sub(SERVER, "octo-org@123456/app@456789:ref:refs/heads/main"))
    assert finding.fix is None  # without its ids it is no subject


@pytest.mark.parametrize(
    "text",
    [
        sub(GITHUB, WITH_IDS),
        sub("token.actions.octo.ghe.com", WITH_IDS),
        sub(SERVER, "repo:octo-org/app:ref:refs/heads/user@123"),
        sub(SERVER, WITH_IDS, "StringNotEquals"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """github.com and ghe.com have them, a branch may hold an @, and negated operators lock nobody
    out.
    """
    assert found(NAME, text) == []
