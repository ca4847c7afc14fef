"""An owner in other letters than the reader said; `StringEquals` tells small letters from capital
ones.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from typing import Any

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, HOME, WEB, fixed, found, only, policy, statement
from trust_widgets.findings import Verdict
from trust_widgets.policy import Home

NAME = "owner_spelled_otherwise"
SUB = f"{GITHUB}:sub"
MAIN = "repo:octo-org/app:ref:refs/heads/main"


def asks(operator: str, key: str, *values: str) -> str:
    """A statement that asks for the subject, and perhaps for another claim."""
    block: dict[str, Any] = {"StringEquals": {SUB: MAIN}}
    block.setdefault(operator, {})[f"{GITHUB}:{key}"] = list(values)
    return policy(GITHUB_PROVIDER, WEB, block)


def test_the_owner_is_put_right() -> None:
    """The reader said octo-org; the rest of the value stays."""
    text = asks("StringEquals", "sub", "repo:Octo-Org@123456/app@456789:ref:refs/heads/Main")
    finding = only(NAME, text, HOME)
    assert finding.verdict is Verdict.DEAD and finding.path[-2:] == (SUB, 0)
    after = statement(fixed(finding, text))["Condition"]["StringEquals"][SUB]
    assert after in (
        "repo:octo-org@123456/app@456789:ref:refs/heads/Main",
        ["repo:octo-org@123456/app@456789:ref:refs/heads/Main"],
    )


def test_a_hyphen_before_the_id() -> None:
    """The first announcement wrote so; what came joins name and id by @.

    https://docs.github.com/en/actions/reference/security/oidc
    """
    text = policy(
        GITHUB_PROVIDER,
        WEB,
        {"StringEquals": {SUB: "repo:octo-org-123456/app-456789:pull_request:x"}},
    )
    assert found(NAME, text, HOME)[0].fix is None
    text = policy(
        GITHUB_PROVIDER,
        WEB,
        {"StringEquals": {SUB: "repo:octo-org-123456/app-456789:environment:prod"}},
    )
    finding = only(NAME, text, HOME)
    assert finding.verdict is Verdict.DEAD and finding.path[-2:] == (SUB, 0)
    assert statement(fixed(finding, text))["Condition"]["StringEquals"][SUB] == (
        "repo:octo-org@123456/app@456789:environment:prod"
    )
    assert found(NAME, text, Home(github_owners=("octo-org", "octo-org-123456"))) == []
    assert found(NAME, text, Home(github_owners=("octo-evil",))) == []


def test_a_reusable_workflow_has_an_owner_too() -> None:
    """The claim of the workflow is compared in the same way."""
    text = asks(
        "StringLike", "job_workflow_ref", "OCTO-ORG/ci/.github/workflows/deploy.yml@refs/heads/main"
    )
    assert only(NAME, text, HOME).path[-2] == f"{GITHUB}:job_workflow_ref"


def test_no_fix_that_opens() -> None:
    """Put right, this would admit every run of the repository."""
    assert only(NAME, asks("StringLike", "sub", "repo:Octo-Org/app:*"), HOME).fix is None


@pytest.mark.parametrize(
    "text",
    [
        asks("StringEquals", "sub", MAIN),
        asks("StringEquals", "sub", "repo:octo-evil/app:ref:refs/heads/main"),
        asks("StringEqualsIgnoreCase", "sub", "repo:Octo-Org/app:ref:refs/heads/main"),
        asks("StringNotEquals", "sub", "repo:Octo-Org/app:pull_request"),
        asks("StringEquals", "repository_id", "456789"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """The right letters, another owner, operators that do not look at case or are negated, and
    ids.
    """
    assert found(NAME, text, HOME) == []
    assert (
        found(NAME, asks("StringEquals", "sub", "repo:Octo-Org/app:pull_request")) == []
    )  # nobody said whose it is
