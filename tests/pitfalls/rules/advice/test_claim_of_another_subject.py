"""A job that names an environment has the environment's subject, whatever made it run.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from support.asking import GITHUB, WEB, found, loud, policy
from trust_widgets.findings import Verdict

NAME = "claim_of_another_subject"


def asking(issuer: str, subject: Any, operator: str = "StringLike", **claims: Any) -> str:
    """A policy that asks for subjects and other claims."""
    block = {"StringLike": {f"{issuer}:sub": subject}}
    for claim, value in claims.items():
        block.setdefault(operator, {})[f"{issuer}:{claim}"] = value
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    return policy(principal, WEB, block)


@pytest.mark.parametrize("issuer", [GITHUB, "token.actions.octo.ghe.com"])
@pytest.mark.parametrize("environment", ["staging", ["staging", "preview"], "*"])
@pytest.mark.parametrize(
    "subject",
    [
        "repo:octo-org/app:ref:refs/heads/main",
        "repo:octo-org@123456/app@456789:ref:refs/heads/*",
        "repo:octo-org/app:ref:refs/tags/v*",
        "repo:octo-org/app:pull_request",
        ["repo:octo-org/app:ref:refs/heads/main", "repo:octo-org/app:pull_request"],
    ],
)
def test_only_a_customised_template_gives_both(issuer: str, environment: Any, subject: Any) -> None:
    """Told at the subject as advice, with the assumption; never called dead."""
    text = asking(issuer, subject, environment=environment)
    (finding,) = found(NAME, text)
    assert finding.verdict is Verdict.ADVICE and finding.assumptions
    assert finding.path[-1] == f"{issuer}:sub"
    assert not any(each.verdict is Verdict.DEAD for each in loud(text))
    assert tw.who_gets_in(tw.parse(text))


@pytest.mark.parametrize(
    ("subject", "claims"),
    [
        ("repo:octo-org/app:environment:staging", {"environment": "staging"}),
        ("repo:octo-org/app:*", {"environment": "staging"}),
        ("repo:octo-org/app:environment:staging", {"ref": "refs/heads/main"}),
        ("repo:octo-org/app:ref:refs/heads/main", {"ref": "refs/heads/main"}),
        ("repo:octo-org/app:pull_request", {"ref": "refs/pull/12/merge"}),
        (
            ["repo:octo-org/app:ref:refs/heads/main", "repo:octo-org/app:environment:staging"],
            {"environment": "staging"},
        ),
    ],
)
def test_what_a_default_token_has_is_left_alone(subject: Any, claims: dict[str, str]) -> None:
    """An environment's job has a ref as well; of a list one subject is enough."""
    assert found(NAME, asking(GITHUB, subject, **claims)) == []


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringEqualsIfExists"])
def test_a_claim_that_need_not_be_there_is_left_alone(operator: str) -> None:
    """A job without an environment meets it."""
    text = asking(GITHUB, "repo:octo-org/app:ref:refs/heads/main", operator, environment="staging")
    assert found(NAME, text) == []
