"""Wrong answers to the exercise `three_runs`."""

from __future__ import annotations

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import GITHUB, github_policy

AUD = {f"{GITHUB}:aud": "sts.amazonaws.com"}
SUB = f"{GITHUB}:sub"
MAIN = "repo:octo-org/app:ref:refs/heads/main"
TAGS = "repo:octo-org/app:ref:refs/tags/v*"
SITE = "repo:octo-org/website:environment:production"


def like(*subjects: str) -> str:
    """A policy with patterns for the subject."""
    return github_policy({"StringEquals": AUD, "StringLike": {SUB: list(subjects)}})


WRONG = (
    WrongAnswer(
        "all jobs of both repositories",
        like("repo:octo-org/app:*", "repo:octo-org/website:*"),
        "let_in",
        "A job on another branch of app",
    ),
    WrongAnswer("no tags", like(MAIN, SITE), "locked_out", "The job of the tag v1.2"),
    WrongAnswer("no website", like(MAIN, TAGS), "locked_out", "The production job of website"),
    WrongAnswer("no branch", like(TAGS, SITE), "locked_out", "The job on main of app"),
    WrongAnswer(
        "any tag", like(MAIN, "repo:octo-org/app:ref:refs/tags/*", SITE), "let_in", "tag nightly"
    ),
    WrongAnswer(
        "v behind any kind of ref",
        like(MAIN, "repo:octo-org/app:ref:refs/*/v*", SITE),
        "let_in",
        "A job on another branch of app",
    ),
    WrongAnswer(
        "any repository in production",
        like(MAIN, TAGS, "repo:octo-org/*:environment:production"),
        "too_wide",
        "environment:production",
    ),
    WrongAnswer(
        "owners that begin so",
        like(MAIN, TAGS, "repo:octo-org*/website:environment:production"),
        "let_in",
        "The production job of octo-org-evil/website",
    ),
    WrongAnswer(
        "wildcards under equals",
        github_policy({"StringEquals": {**AUD, SUB: [MAIN, TAGS, SITE]}}),
        "locked_out",
        "The job of the tag v1.2",
    ),
    WrongAnswer(
        "main of every repository",
        like("repo:octo-org/*:ref:refs/heads/main", TAGS, SITE),
        "let_in",
        "A job on main of website",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("three_runs", wrong)
