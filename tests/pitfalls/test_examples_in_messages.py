"""An example that is taken over has to work: it has the partition, the account and the repository
of the policy that it is about.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, found, grant, loud, policy, several
from trust_widgets.pitfalls import check
from trust_widgets.policy import Home


def said_of(text: str, home: Home | None = None) -> str:
    """All messages, fixes and callers."""
    parts: list[str] = []
    for finding in check(text, home):
        parts += [finding.message, *finding.callers, finding.fix.title if finding.fix else ""]
    return "\n".join(parts)


@pytest.mark.parametrize("partition", ["aws-cn", "aws-us-gov"])
@pytest.mark.parametrize(
    "principal",
    [
        "arn:{}:iam::444455556666:root",
        "arn:{}:iam::444455556666:role/deploy",
        ["arn:{}:iam::444455556666:root", "arn:{}:iam::999988887777:root"],
        "arn:{}:sts::444455556666:federated-user/report",
    ],
)
def test_an_account_has_its_own_partition(partition: str, principal: Any) -> None:
    """In each finding about it, also where it is the reader's own."""
    named = [each.format(partition) for each in [principal] if isinstance(each, str)]
    named = named or [each.format(partition) for each in principal]
    text = policy({"AWS": named})
    for home in (None, Home(("444455556666",))):
        assert "arn:aws:" not in said_of(text, home)


@pytest.mark.parametrize("principal", ["444455556666", "*"])
def test_an_account_id_has_the_roles_partition(principal: str) -> None:
    home = Home(role="arn:aws-cn:iam::111122223333:role/app")
    said = said_of(policy({"AWS": principal}), home)
    assert "arn:aws:" not in said and "arn:aws-cn:" in said


def asking(*subjects: str) -> str:
    """A role for GitHub's jobs."""
    block = {
        "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{GITHUB}:sub": list(subjects)},
    }
    return policy(GITHUB_PROVIDER, WEB, block)


@pytest.mark.parametrize(
    ("subject", "example"),
    [
        ("repo:octo-cat/site:*", "repo:octo-cat/site:ref:refs/heads/main"),
        ("repo:octo-cat@123456/site@456789:*", "repo:octo-cat@123456/site@456789:ref:"),
        ("repo:octo-cat/*", "repo:octo-cat/app:ref:refs/heads/main"),
        ("repo:octo-cat/si*", "repo:octo-cat/app:ref:refs/heads/main"),
        ("repo:octo-c*", "repo:octo-org/app:ref:refs/heads/main"),
    ],
)
def test_the_readers_own_repository_is_named(subject: str, example: str) -> None:
    """As far as the subject names one."""
    (finding,) = loud(asking(subject))
    assert example in finding.message


def test_one_claim_is_near() -> None:
    """It is named alone; where none is near, all are listed."""

    def said(claim: str) -> str:
        sub = "repo:octo-cat@1234/site@5678:ref:refs/heads/main"
        block = {"StringEquals": {f"{GITHUB}:sub": sub, f"{GITHUB}:{claim}": "octo-cat/site"}}
        (finding,) = found("claim_that_aws_does_not_read", policy(GITHUB_PROVIDER, WEB, block))
        return finding.message

    assert 'Did you mean "repository"?' in said("repositry")
    assert "Use repository_owner_id instead." in said("repository_owner")
    assert "repository_id" not in said("repositry")
    assert "AWS supports these claims: sub, aud, am" in said("colour")


def test_a_second_account_is_told_as_the_first() -> None:
    text = several(grant({"AWS": ["444455556666", "999988887777"]}))
    messages = [finding.message for finding in loud(text)]
    assert len(messages) == 2 and messages[0] == messages[1].replace("999988887777", "444455556666")
