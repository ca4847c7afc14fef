"""What to change in a job: by the subjects of GitHub's page and of other issuers.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

import pytest

from trust_widgets.explain.jobs import in_the_job

SUB = "token.actions.githubusercontent.com:sub"
APP = "repo:octo-org/app"
ENVIRONMENT, MAIN, TAG = (
    f"{APP}:environment:production",
    f"{APP}:ref:refs/heads/main",
    f"{APP}:ref:refs/tags/v1",
)
PULL = f"{APP}:pull_request"
OUT = 'Remove "environment: production" from the job, and let'


@pytest.mark.parametrize(
    ("given", "wanted", "text"),
    [
        (ENVIRONMENT, MAIN, f"{OUT} it run on the branch main."),
        (ENVIRONMENT, TAG, f"{OUT} it run for the tag v1."),
        (ENVIRONMENT, PULL, f"{OUT} a pull request make it run."),
        (MAIN, ENVIRONMENT, 'Give the job "environment: production".'),
        (PULL, ENVIRONMENT, 'Give the job "environment: production".'),
        (
            f"{APP}:environment:test",
            ENVIRONMENT,
            'Give the job "environment: production" in place of "environment: test".',
        ),
        (f"{APP}:ref:refs/heads/dev", MAIN, "For this job, let it run on the branch main."),
        (PULL, MAIN, "For this job, let it run on the branch main."),
        (MAIN, PULL, "For this job, let a pull request make it run."),
        (MAIN, f"{APP}:environment:production%3Aeu", 'Give the job "environment: production:eu".'),
    ],
)
def test_what_makes_a_run_another(given: str, wanted: str, text: str) -> None:
    """A job with an environment has it in its subject; any other has its branch, its tag or
    pull_request.
    """
    assert in_the_job(SUB, given, wanted) == text


@pytest.mark.parametrize(
    ("given", "wanted", "text"),
    [
        (ENVIRONMENT, f"{APP}:ref:refs/heads/*", f"{OUT} it run on a branch."),
        (ENVIRONMENT, f"{APP}:ref:refs/tags/v*", f"{OUT} it run for a tag like v*."),
        (ENVIRONMENT, "repo:octo-org/*:ref:refs/heads/main", f"{OUT} it run on the branch main."),
        (MAIN, f"{APP}:environment:*", "Give the job an environment."),
        (MAIN, f"{APP}:environment:prod-*", 'Give the job an environment like "prod-*".'),
    ],
)
def test_a_pattern_is_met(given: str, wanted: str, text: str) -> None:
    """Where the operator reads wildcards."""
    assert in_the_job(SUB, given, wanted, pattern=True) == text


def test_ids_fit_where_they_are_the_same() -> None:
    """And no job can change whether its subject has them."""
    ids = "repo:octo-org@123456/app@456789"
    assert in_the_job(
        SUB, f"{ids}:environment:production", f"{ids}:ref:refs/heads/main"
    ).startswith("Remove ")
    for given, wanted in (
        (f"{ids}:ref:refs/heads/main", MAIN),
        (MAIN, f"{ids}:ref:refs/heads/main"),
    ):
        assert (
            in_the_job(SUB, given, wanted)
            == f'Make the request with a token that has {SUB} "{wanted}".'
        )


def test_another_repository_is_named() -> None:
    """A job of one is none of the other."""
    told = in_the_job(SUB, MAIN, "repo:octo-org/web:ref:refs/heads/main")
    assert told == (
        "Make the request with a token of GitHub Actions runs on branch main of octo-org/web."
    )


@pytest.mark.parametrize(
    ("key", "given", "wanted", "text"),
    [
        (
            "gitlab.com:sub",
            "project_path:octo-org/app:ref_type:branch:ref:dev",
            "project_path:octo-org/app:ref_type:branch:ref:main",
            "Make the request with a token of GitLab jobs on branch main of octo-org/app.",
        ),
        (
            "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub",
            "system:serviceaccount:shop:web",
            "system:serviceaccount:shop:cart",
            "Make the request with a token of pods of service account cart in namespace shop.",
        ),
        (
            "id.octo.example:sub",
            "a",
            "b",
            'Make the request with a token that has id.octo.example:sub "b".',
        ),
        (SUB, MAIN, "main", f'Make the request with a token that has {SUB} "main".'),
        (
            SUB,
            MAIN,
            MAIN.title(),
            (f'Make the request with a token that has {SUB} "{MAIN.title()}".'),
        ),
        (
            f"{SUB[:-3]}workflow",
            "ci",
            "cd",
            f'Make the request with a token that has {SUB[:-3]}workflow "cd".',
        ),
        (
            f"{SUB[:-3]}aud",
            "a",
            "sts.amazonaws.com",
            f'Request a token with {SUB[:-3]}aud "sts.amazonaws.com".',
        ),
    ],
)
def test_other_claims_and_issuers(key: str, given: str, wanted: str, text: str) -> None:
    """In the issuer's words where it has some; an audience is chosen by whoever asks for the
    token.
    """
    assert in_the_job(key, given, wanted) == text


def test_a_pattern_without_words_is_said_as_it_is() -> None:
    """Wildcards that nobody reads are letters, which no subject has."""
    assert in_the_job("id.octo.example:sub", "a", "b*", pattern=True) == (
        'Make the request with a token that has a value of id.octo.example:sub that matches "b*".'
    )
    assert in_the_job(SUB, MAIN, f"{APP}:*") == (
        f'Make the request with a token that has {SUB} "{APP}:*".'
    )
