"""The form with ids is "the default for repositories created after July 15, 2026".

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, WEB, fixed, found, loud, policy, statement
from trust_widgets.findings import Severity, Verdict

NAME = "only_the_old_subject"
OLD, NEW = (
    "repo:octo-org/app:environment:production",
    "repo:octo-org@123456/app@456789:environment:production",
)
SERVER = "github.octo.example/_services/token"


def sub(*subjects: str, issuer: str = GITHUB, **ids: str) -> str:
    """A statement for subjects, with ids in other claims."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    claims = {f"{issuer}:{claim}": value for claim, value in ids.items()}
    block = {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": list(subjects), **claims}
    return policy(principal, WEB, {"StringEquals": block})


def test_both_forms_are_listed() -> None:
    """With both IDs the newer form is known."""
    text = sub(OLD, repository_id="456789", repository_owner_id="123456")
    (finding,) = found(NAME, text)
    assert (finding.verdict, loud(text)) == (Verdict.ADVICE, [])
    assert statement(fixed(finding, text))["Condition"]["StringEquals"][f"{GITHUB}:sub"] == [
        OLD,
        NEW,
    ]


def test_without_the_owner_s_id_it_is_only_told() -> None:
    """Which number it is, the policy does not say."""
    (finding,) = found(NAME, sub(OLD, repository_id="456789"))
    assert finding.fix is None and "octo-org@OWNER-ID/app@456789" in finding.message


def test_what_most_people_write_is_told_once() -> None:
    """Nobody but the reader knows how old the repository is; of many subjects the same is told in
    any order.
    """
    subjects = [OLD, "repo:octo-org/site:environment:production"]
    for place, listed in enumerate((subjects, subjects[::-1])):
        (finding,) = found(NAME, sub(*listed))
        assert (finding.verdict, finding.severity, finding.fix) == (
            Verdict.ADVICE,
            Severity.INFO,
            None,
        )
        assert finding.path[-1] == place
        assert "repo:octo-org@OWNER-ID/app@REPOSITORY-ID:environment:production" in finding.message


def test_a_wildcard_after_the_repository_changes_nothing() -> None:
    """The IDs come before it: no branch of a newer repository matches."""
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}"}
    block = {f"{GITHUB}:sub": "repo:octo-org/app:ref:refs/heads/release/*"}
    (finding,) = found(NAME, policy(principal, WEB, {"StringLike": block}))
    assert finding.verdict is Verdict.ADVICE
    assert "repo:octo-org@OWNER-ID/app@REPOSITORY-ID:ref:refs/heads/release/*" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        sub(NEW),
        sub(NEW, repository_id="456789"),
        sub(OLD, NEW, repository_id="456789"),
        sub(OLD, issuer=SERVER, repository_id="456789"),
        sub("repository_owner:octo-org", repository_id="456789"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """The newer form, both, a server's, and customised ones."""
    assert found(NAME, text) == []
