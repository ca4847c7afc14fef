"""A customized GitHub subject that says nothing of whose repository it is.

https://docs.github.com/en/actions/reference/security/oidc#customizing-the-subject-claims-for-an-organization-or-repository
"""

from __future__ import annotations

import pytest

from support.asking import GITHUB, GITHUB_PROVIDER, WEB, found, only, policy
from trust_widgets.findings import Severity, Verdict

NAME = "subject_names_no_owner"


def sub(*subjects: str, operator: str = "StringEquals", **claims: str) -> str:
    """A policy that asks for the audience, one of these subjects, and exactly for these claims."""
    block: dict[str, dict[str, object]] = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}
    block["StringEquals"] |= {f"{GITHUB}:{claim}": value for claim, value in claims.items()}
    block.setdefault(operator, {})[f"{GITHUB}:sub"] = list(subjects)
    return policy(GITHUB_PROVIDER, WEB, block)


@pytest.mark.parametrize(
    ("subject", "operator", "caller"),
    [
        ("environment:production", "StringEquals", "environment:production"),
        ("repository_visibility:private", "StringEquals", "repository_visibility:private"),
        ("ref:refs/heads/main", "StringEquals", "ref:refs/heads/main"),
        ("environment:*", "StringLike", "environment:anything"),
    ],
)
def test_anyone_may_have_such_a_subject(subject: str, operator: str, caller: str) -> None:
    """Claims that every organization may choose, and whose values every repository can have, are
    critical.
    """
    finding = only(NAME, sub(subject, operator=operator))
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.CRITICAL)
    assert finding.path == ("Statement", 0, "Condition", operator, f"{GITHUB}:sub", 0)
    assert finding.callers == (f"{caller} (of anyone's repository)",)


def test_the_bad_one_of_several_is_told() -> None:
    """An exact usual subject beside it is not at fault."""
    text = sub("repo:octo-org/app:ref:refs/heads/main", "environment:production")
    assert only(NAME, text).path[-1] == 1


@pytest.mark.parametrize(
    "text",
    [
        sub("repository_owner:octo-org:environment:production"),
        sub("repository_owner_id:123456:environment:production"),
        sub("repo:octo-org/app:environment:production"),
        sub("job_workflow_ref:octo-org/shared/.github/workflows/deploy.yml@refs/heads/main"),
        sub("environment:production", repository_owner_id="123456"),
        sub("environment:production", repository="octo-org/app"),
        sub("environment:*"),
        policy(
            {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.octo.ghe.com"},
            WEB,
            {"StringEquals": {"token.actions.octo.ghe.com:sub": "environment:production"}},
        ),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """An owner, a repository or a workflow in it, another claim that says whose, a letter, an
    issuer of one's own.
    """
    assert found(NAME, text) == []
