"""Runs of GitHub Actions, in each form that their subject has.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.evaluation import Request

GITHUB = "token.actions.githubusercontent.com"
RUN = {"owner": "octo-org", "repository": "app", "branch": "main"}


def call(**answers: Any) -> Request:
    """The call of a run."""
    return CALLERS["github_actions"].make(ROLE, {**RUN, **answers})


def claim(request: Request, name: str) -> Any:
    """The value of a claim's key."""
    return request.context.get(f"{GITHUB}:{name}")


@pytest.mark.parametrize(
    ("answers", "subject"),
    [
        ({}, "repo:octo-org/app:ref:refs/heads/main"),
        ({"runs": "tag", "tag": "v1"}, "repo:octo-org/app:ref:refs/tags/v1"),
        ({"runs": "pull_request"}, "repo:octo-org/app:pull_request"),
        (
            {"runs": "environment", "environment": "prod:eu"},
            "repo:octo-org/app:environment:prod%3Aeu",
        ),
        (
            {"form": "immutable", "owner_id": "123456", "repository_id": "456789"},
            "repo:octo-org@123456/app@456789:ref:refs/heads/main",
        ),
        (
            {"form": "custom", "custom_subject": "repository_owner:octo-org"},
            "repository_owner:octo-org",
        ),
    ],
)
def test_the_subject_has_its_form(answers: dict[str, str], subject: str) -> None:
    """Environment before pull request before ref; ids where the repository sends them; a customised
    one as typed.
    """
    assert claim(call(**answers), "sub") == subject


def test_a_branchs_run_has_its_claims() -> None:
    """What nobody told, GitHub sends all the same; what it sends only sometimes is absent."""
    request = call(actor="octo-bot")
    assert (
        claim(request, "ref") == "refs/heads/main"
        and claim(request, "repository") == "octo-org/app"
    )
    assert claim(request, "actor") == "octo-bot" and claim(request, "aud") == "sts.amazonaws.com"
    assert {
        f"{GITHUB}:repository_id",
        f"{GITHUB}:repository_owner_id",
        f"{GITHUB}:workflow",
    } <= request.unknown
    absent = {
        f"{GITHUB}:environment",
        f"{GITHUB}:job_workflow_ref",
        "aws:principalarn",
        "sts:externalid",
    }
    assert not absent & set(request.keys)


def test_ids_are_claims_in_either_form() -> None:
    """A classic subject has none, and the token has them in claims of their own."""
    request = call(owner_id="123456", repository_id="456789")
    assert claim(request, "sub") == "repo:octo-org/app:ref:refs/heads/main"
    assert (
        claim(request, "repository_id") == "456789"
        and claim(request, "repository_owner_id") == "123456"
    )


def test_an_environments_run_may_be_on_any_ref() -> None:
    """So that the claim ref is unknown."""
    request = call(runs="environment", environment="production", branch="")
    assert claim(request, "environment") == "production" and f"{GITHUB}:ref" in request.unknown


def test_a_reusable_workflow() -> None:
    """Only such a job has the claim."""
    workflow = "octo-org/shared/.github/workflows/deploy.yml@refs/heads/main"
    assert claim(call(job_workflow_ref=workflow), "job_workflow_ref") == workflow


@pytest.mark.parametrize(
    ("place", "name", "issuer"),
    [
        ("github.com", "", GITHUB),
        ("enterprise", "octo-enterprise", f"{GITHUB}/octo-enterprise"),
        ("ghe.com", "octo", "token.actions.octo.ghe.com"),
        ("server", "github.octo-org.example", "github.octo-org.example/_services/token"),
    ],
)
def test_its_issuer_is_in_the_roles_account(place: str, name: str, issuer: str) -> None:
    """And AWS makes keys of GitHub's claims for GitHub's own issuers, not for a server of one's
    own.
    """
    request = call(place=place, name=name)
    assert request.principal == f"arn:aws:iam::111122223333:oidc-provider/{issuer}"
    assert (f"{issuer}:repository" in request.context) == (place != "server")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (
            {
                "form": "immutable",
                "owner_id": "1",
                "repository_id": "2",
                "place": "server",
                "name": "ghes.octo.example",
            },
            "Server",
        ),
        ({"form": "immutable"}, "both"),
        ({"form": "immutable", "owner_id": "1"}, "both"),
    ],
)
def test_contradictions_are_refused(answers: dict[str, str], why: str) -> None:
    """In plain words."""
    with pytest.raises(ValueError, match=why):
        call(**answers)


def test_an_environment_beside_a_branch_is_refused() -> None:
    """A form never asks for both; a program may say both."""
    with pytest.raises(ValueError, match="environment"):
        CALLERS["github_actions"].request(ROLE, **RUN, environment="production")


@pytest.mark.parametrize(
    "subject",
    [
        "repo:octo-org/*",
        "repo:octo-org/app:environment:production",
        "repo:octo-org@123456/app@456789:*",
        "repo:octo-org/app:pull_request",
        "repository_owner:octo-org:repository_visibility:private",
    ],
)
def test_a_guess_meets_the_policys_subject(subject: str) -> None:
    """Also with ids, and a customised one."""
    conditions = (
        tw.Condition("StringLike", f"{GITHUB}:sub", (subject,)),
        tw.Condition("StringEquals", f"{GITHUB}:repository_id", ("456789",)),
    )
    provider = tw.Principal(federated=f"arn:aws:iam::111122223333:oidc-provider/{GITHUB}")
    statement = tw.Statement(
        principal=provider, action="sts:AssumeRoleWithWebIdentity", conditions=conditions
    )
    policy = tw.TrustPolicy((statement,))
    caller = CALLERS["github_actions"]
    assert caller.guess is not None
    guess = caller.guess(policy, ROLE)
    assert guess is not None and tw.evaluate(policy, caller.make(ROLE, guess)).outcome == "allowed"
