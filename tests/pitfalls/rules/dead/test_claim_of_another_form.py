"""Claims with values that no token has, by the vendors' pages.

https://docs.github.com/en/actions/reference/security/oidc
https://docs.gitlab.com/ci/secrets/id_token_authentication/
https://circleci.com/docs/openid-connect-tokens/
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.asking import GITHUB, WEB, found, only, policy
from trust_widgets.findings import Verdict

NAME = "claim_of_another_form"
CIRCLECI = "oidc.circleci.com/org/11111111-2222-4333-8444-555555555555"
PROJECT = "22222222-3333-4444-8555-666666666666"
SUBJECTS = {
    GITHUB: "repo:octo-org/app:*",
    f"{GITHUB}/octo-enterprise": "repo:octo-org/app:*",
    "token.actions.octo.ghe.com": "repo:octo-org/app:*",
    "gitlab.com": "project_path:octo-org/app:*",
    CIRCLECI: "org/11111111-2222-4333-8444-555555555555/project/*",
}
GITHUBS = list(SUBJECTS)[:3]
FILE = "octo-org/ops/.github/workflows/deploy.yml"
GITHUB_WRONG = [
    ("job_workflow_ref", FILE),
    ("job_workflow_ref", "deploy.yml@refs/heads/main"),
    ("job_workflow_ref", "octo-org/ops@refs/heads/main"),
    ("repository", "app"),
    ("repository", "https://github.com/octo-org/app"),
    ("repository", "octo-org/app:ref:refs/heads/main"),
    ("ref", "main"),
    ("ref", "heads/main"),
    ("ref", "refs/heads/"),
    ("repository_id", "octo-org/app"),
    ("repository_owner_id", "octo-org"),
    ("actor_id", "octo-user"),
    ("enterprise_id", "octo"),
]
GITHUB_RIGHT = [
    ("job_workflow_ref", f"{FILE}@refs/heads/main"),
    ("job_workflow_ref", f"{FILE}@9f3182061f1e2cca4702c368cbc039b7dc9d4485"),
    ("job_workflow_ref", "octo-org/*"),
    ("job_workflow_ref", "*@refs/heads/main"),
    ("repository", "octo-org/app"),
    ("repository", "octo-org/*"),
    ("repository", "*app"),
    ("ref", "refs/heads/main"),
    ("ref", "refs/tags/v1.2.0"),
    ("ref", "refs/pull/12/merge"),
    ("ref", "*main"),
    ("repository_id", "456789"),
    ("repository_id", "4567*"),
    ("actor", "dependabot[bot]"),
    ("environment", "production: eu"),
    ("workflow", "Build and deploy"),
]
WRONG = [
    *((issuer, *each) for issuer in GITHUBS for each in GITHUB_WRONG),
    ("gitlab.com", "project_id", "octo-org/app"),
    ("gitlab.com", "namespace_id", "octo-org"),
    ("gitlab.com", "ref_protected", "yes"),
    ("gitlab.com", "runner_environment", "hosted"),
    (CIRCLECI, "oidc.circleci.com/project-id", "shop"),
]
RIGHT = [
    *((issuer, *each) for issuer in GITHUBS for each in GITHUB_RIGHT),
    ("gitlab.com", "project_id", "123456"),
    ("gitlab.com", "ref_protected", "true"),
    ("gitlab.com", "runner_environment", "self-hosted"),
    ("gitlab.com", "user_access_level", "maintainer"),
    (CIRCLECI, "oidc.circleci.com/project-id", PROJECT),
]


def asking(issuer: str, claim: str, value: str, operator: str = "") -> str:
    """A policy for tokens of an issuer that asks for a claim."""
    like = "StringLike" if set(value) & set("*?") else "StringEquals"
    block = {"StringLike": {f"{issuer}:sub": SUBJECTS[issuer]}}
    block.setdefault(operator or like, {})[f"{issuer}:{claim}"] = value
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    return policy(principal, WEB, block)


@pytest.mark.parametrize(("issuer", "claim", "value"), WRONG)
def test_nobody_has_such_a_claim(issuer: str, claim: str, value: str) -> None:
    """Told at the value; and nobody gets in."""
    text = asking(issuer, claim, value)
    finding = only(NAME, text)
    assert finding.verdict is Verdict.DEAD and finding.path[-2:] == (f"{issuer}:{claim}", 0)
    assert not tw.who_gets_in(tw.parse(text))


@pytest.mark.parametrize(("issuer", "claim", "value"), RIGHT)
def test_a_right_claim_is_left_alone(issuer: str, claim: str, value: str) -> None:
    """And somebody has it."""
    text = asking(issuer, claim, value)
    assert found(NAME, text) == []
    assert all(each.witness is not None for each in tw.who_gets_in(tw.parse(text)))
    assert tw.who_gets_in(tw.parse(text))


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike", "StringEqualsIfExists"])
def test_what_need_not_be_met_is_left_alone(operator: str) -> None:
    """A negation is true of every token, and IfExists of a token without the claim."""
    assert found(NAME, asking(GITHUB, "job_workflow_ref", FILE, operator)) == []


@pytest.mark.parametrize("value", ["OCTO-ORG/App", "octo-org/app"])
def test_case_counts_where_it_counts(value: str) -> None:
    """Both are names of a repository under an operator that ignores case."""
    assert found(NAME, asking(GITHUB, "repository", value, "StringEqualsIgnoreCase")) == []


def test_an_example_is_of_the_right_form() -> None:
    """Who gets in by a pattern is shown with a workflow as GitHub writes it."""
    text = asking(GITHUB, "job_workflow_ref", "octo-org/ops/*@refs/tags/*")
    (each,) = tw.who_gets_in(tw.parse(text))
    assert each.witness is not None
    workflow = str(each.witness.context[f"{GITHUB}:job_workflow_ref"])
    assert workflow.startswith("octo-org/ops/.github/workflows/deploy.yml@refs/tags/")
