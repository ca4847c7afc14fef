"""Wrong answers to the exercise `production_only`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises import EXERCISES
from trust_widgets.exercises.writing import GITHUB, github_claims, github_policy

AUD = {f"{GITHUB}:aud": "sts.amazonaws.com"}
SUB = f"{GITHUB}:sub"
IDS = "repo:octo-org@123456/app@456789"


def like(subject: Any, **more: Any) -> str:
    """A policy with a pattern for the subject."""
    return github_policy({"StringEquals": {**AUD, **more}, "StringLike": {SUB: subject}})


WRONG = (
    WrongAnswer(
        "names without IDs",
        like("repo:octo-org/app:environment:production"),
        "locked_out",
        "The production job of octo-org/app",
    ),
    WrongAnswer(
        "any environment", like(f"{IDS}:environment:*"), "let_in", "The staging job of octo-org/app"
    ),
    WrongAnswer(
        "environments that start with prod",
        like(f"{IDS}:environment:prod*"),
        "too_wide",
        f"{IDS}:environment:prod",
    ),
    WrongAnswer("any job of the repository", like(f"{IDS}:*"), "let_in", "The staging job"),
    WrongAnswer(
        "any repository of the owner",
        like("repo:octo-org@123456/*:environment:production"),
        "let_in",
        "The production job of octo-org/website",
    ),
    WrongAnswer(
        "any owner with the repository's name",
        like("repo:octo-*/app@*:environment:production"),
        "let_in",
        "The production job of octo-evil/app",
    ),
    WrongAnswer(
        "the environment, if the token has one",
        github_policy(
            {
                "StringEquals": AUD,
                "StringLike": {SUB: f"{IDS}:*"},
                "StringEqualsIfExists": {f"{GITHUB}:environment": "production"},
            }
        ),
        "let_in",
        "A job on the branch main",
    ),
    WrongAnswer(
        "a wildcard under StringEquals",
        github_policy(
            {"StringEquals": {**AUD, SUB: "repo:octo-org@*/app@*:environment:production"}}
        ),
        "locked_out",
        "The production job of octo-org/app",
    ),
    WrongAnswer(
        "both forms of the subject",
        like([f"{IDS}:environment:production", "repo:octo-org/app:environment:production"]),
        "too_wide",
        "repo:octo-org/app:environment:production",
    ),
    WrongAnswer(
        "the audience forgotten",
        github_policy({"StringEquals": {SUB: f"{IDS}:environment:production"}}),
        "too_wide",
        "aud",
    ),
    WrongAnswer(
        "the subject forgotten",
        github_policy({"StringEquals": {**AUD, f"{GITHUB}:environment": "production"}}),
        "refused",
        f"{GITHUB}:sub",
    ),
    WrongAnswer(
        "the branch main",
        like(f"{IDS}:ref:refs/heads/main"),
        "locked_out",
        "The production job of octo-org/app",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("production_only", wrong)


@pytest.mark.parametrize(
    "claims",
    [
        {"subject": f"{IDS}:*"},
        {"subject": "repo:octo-org@*", "repository_id": "456789"},
    ],
    ids=str,
)
def test_the_claim_environment_is_as_good_as_the_subject(claims: dict[str, str]) -> None:
    """A job has the claim `environment` exactly when it runs in one, whatever its subject is.

    https://docs.github.com/en/actions/reference/security/oidc
    """
    answer = github_policy(github_claims(**claims, environment="production"))
    assert EXERCISES["production_only"].check(answer).passed
    other = github_policy(github_claims(**claims, environment="prod*"))
    assert not EXERCISES["production_only"].check(other).passed
