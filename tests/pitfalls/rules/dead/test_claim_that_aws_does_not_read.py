"""A claim of which AWS makes no condition key.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict

NAME = "claim_that_aws_does_not_read"
OWN_GITLAB = "gitlab.octo.example"
SUB = {GITHUB: "repo:octo-org/app:ref:refs/heads/main",
       "gitlab.com": "project_path:octo-org/app:ref_type:tag:ref:v1",
       OWN_GITLAB: "project_path:octo-org/app:ref_type:tag:ref:v1"}  # fmt: skip


def asks(issuer: str, operator: str = "StringEquals", **claims: str) -> str:
    """A statement that asks an issuer's tokens for their subject and more."""
    block: dict[str, Any] = {"StringEquals": {f"{issuer}:sub": SUB[issuer]}}
    block.setdefault(operator, {}).update(
        {f"{issuer}:{claim}": value for claim, value in claims.items()}
    )
    return policy({"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}, WEB, block)


@pytest.mark.parametrize(
    ("issuer", "claim"),
    [
        (GITHUB, "repository_owner"),
        (GITHUB, "event_name"),
        (OWN_GITLAB, "environment"),
        (OWN_GITLAB, "project_id"),
        ("gitlab.com", "project_path"),
    ],
)
def test_it_says_which_there_are(issuer: str, claim: str) -> None:
    """AWS reads project_id from gitlab.com alone, and of GitHub's owner the id and not the name."""
    finding = only(NAME, asks(issuer, **{claim: "octo-org"}))
    assert finding.verdict is Verdict.DEAD
    assert finding.path[2:] == ("Condition", "StringEquals", f"{issuer}:{claim}")
    assert "sub" in finding.message and "aud" in finding.message


def test_github_s_owner_has_an_id() -> None:
    """What AWS does read in place of the owner's name is said."""
    assert (
        "Use repository_owner_id instead."
        in only(NAME, asks(GITHUB, repository_owner="octo-org")).message
    )


def test_another_name_for_the_subject_is_put_right() -> None:
    """`:subject` was meant as `:sub`."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{OWN_GITLAB}"}
    text = policy(principal, WEB, {"StringEquals": {f"{OWN_GITLAB}:subject": SUB[OWN_GITLAB]}})
    after = statement(fixed(only(NAME, text), text))
    assert after["Condition"] == {"StringEquals": {f"{OWN_GITLAB}:sub": SUB[OWN_GITLAB]}}


def test_no_fix_where_the_right_claim_stands_there_already() -> None:
    """One key cannot stand twice under an operator."""
    assert only(NAME, asks(OWN_GITLAB, subject=SUB[OWN_GITLAB])).fix is None


@pytest.mark.parametrize(
    "text",
    [
        asks(
            GITHUB,
            repository_id="456789",
            job_workflow_ref="octo-org/a/.github/workflows/b.yml@refs/heads/main",
        ),
        asks("gitlab.com", project_id="20"),
        asks(OWN_GITLAB, email="octo@octo.example", aud="octo"),
        asks(GITHUB, "StringNotEquals", repository_owner="octo-evil"),
        asks(GITHUB, "StringEqualsIfExists", repository_owner="octo-org"),
        asks(GITHUB, Repository_ID="456789"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Claims that AWS reads, in any case; and operators that a missing key satisfies: those lock
    nobody out.
    """
    assert found(NAME, text) == []
