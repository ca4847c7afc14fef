"""Wrong answers to the exercise `gitlab_main`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, policy, statement

HOST = "gitlab.com"
AUD = {f"{HOST}:aud": "https://gitlab.com"}
SUB = f"{HOST}:sub"
APP = "project_path:octo-org/app"


def jobs(condition: Any) -> str:
    """A policy for jobs of GitLab."""
    provider = {"Federated": f"arn:aws:iam::{OWN}:oidc-provider/{HOST}"}
    return policy(statement(provider, "sts:AssumeRoleWithWebIdentity", Condition=condition))


def like(subject: Any) -> str:
    """A policy with a pattern for the subject."""
    return jobs({"StringEquals": AUD, "StringLike": {SUB: subject}})


JOB = "The job on main of octo-org/app"
WRONG = (
    WrongAnswer("any job of the project", like(f"{APP}:*"), "let_in", "A job on another branch"),
    WrongAnswer(
        "any branch", like(f"{APP}:ref_type:branch:ref:*"), "let_in", "A job on another branch"
    ),
    WrongAnswer(
        "any kind of ref", like(f"{APP}:ref_type:*:ref:main"), "let_in", "A job of the tag main"
    ),
    WrongAnswer(
        "any project of the group",
        like("project_path:octo-org/*:ref_type:branch:ref:main"),
        "let_in",
        "A job on main of octo-org/website",
    ),
    WrongAnswer(
        "any group",
        like("project_path:*/app:ref_type:branch:ref:main"),
        "let_in",
        "A job on main of octo-evil/app",
    ),
    WrongAnswer(
        "the subject of another issuer",
        like("repo:octo-org/app:ref:refs/heads/main"),
        "locked_out",
        JOB,
    ),
    WrongAnswer(
        "the audience of GitHub",
        jobs(
            {
                "StringEquals": {
                    f"{HOST}:aud": "sts.amazonaws.com",
                    SUB: f"{APP}:ref_type:branch:ref:main",
                }
            }
        ),
        "locked_out",
        JOB,
    ),
    WrongAnswer(
        "branches that begin so", like(f"{APP}:ref_type:branch:ref:main*"), "too_wide", "ref:main"
    ),
    WrongAnswer(
        "a wildcard under equals",
        jobs({"StringEquals": {**AUD, SUB: f"{APP}:ref_type:*:ref:main"}}),
        "locked_out",
        JOB,
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("gitlab_main", wrong)
