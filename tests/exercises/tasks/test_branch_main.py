"""Wrong answers to the exercise `branch_main`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import GITHUB, github_policy

AUD = {f"{GITHUB}:aud": "sts.amazonaws.com"}
SUB = f"{GITHUB}:sub"
NAMES = "repo:octo-org/app:ref:refs/heads/main"
IDS = "repo:octo-org@123456/app@456789:ref:refs/heads/main"


def like(subject: Any, **more: Any) -> str:
    """A policy with a pattern for the subject."""
    return github_policy({"StringEquals": {**AUD, **more}, "StringLike": {SUB: subject}})


WRONG = (
    WrongAnswer("names alone", like(NAMES), "locked_out", "The job on main with IDs"),
    WrongAnswer("IDs alone", like(IDS), "locked_out", "The job on main with a subject of names"),
    WrongAnswer(
        "a wildcard behind the owner",
        like("repo:octo-org*/app*:ref:refs/heads/main"),
        "let_in",
        "A job on main of octo-org-evil/app",
    ),
    WrongAnswer(
        "any IDs",
        like([NAMES, "repo:octo-org@*/app@*:ref:refs/heads/main"]),
        "too_wide",
        "repo:octo-org@",
    ),
    WrongAnswer(
        "any branch",
        like(["repo:octo-org/app:*", "repo:octo-org@123456/app@456789:*"]),
        "let_in",
        "A job on another branch",
    ),
    WrongAnswer("branches that begin so", like([NAMES + "*", IDS]), "too_wide", "refs/heads/main"),
    WrongAnswer(
        "a wildcard under equals",
        github_policy({"StringEquals": {**AUD, SUB: "repo:octo-org*/app*:ref:refs/heads/main"}}),
        "locked_out",
        "The job on main",
    ),
    WrongAnswer(
        "the branch without its path",
        like(["repo:octo-org/app:main", "repo:octo-org@123456/app@456789:main"]),
        "locked_out",
        "The job on main",
    ),
    WrongAnswer(
        "the audience forgotten",
        github_policy({"StringEquals": {SUB: [NAMES, IDS]}}),
        "too_wide",
        "aud",
    ),
    WrongAnswer(
        "owner and repository exchanged",
        like(["repo:app/octo-org:ref:refs/heads/main", IDS]),
        "locked_out",
        "The job on main with a subject of names",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("branch_main", wrong)
