"""Wrong answers to the exercise `release_branches`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import GITHUB, github_policy

AUD, SUB = f"{GITHUB}:aud", f"{GITHUB}:sub"
AUDIENCE = {AUD: "sts.amazonaws.com"}
BRANCH = "repo:octo-org/app:ref:refs/heads/"


def like(subject: Any, audience: Any = AUDIENCE) -> str:
    """A policy with a pattern for the subject."""
    return github_policy({"StringEquals": audience, "StringLike": {SUB: subject}})


JOB = "The job on release/2.0"
WRONG = (
    WrongAnswer(
        "the audience alone repaired",
        github_policy({"StringEquals": {**AUDIENCE, SUB: f"{BRANCH}release/*"}}),
        "locked_out",
        JOB,
    ),
    WrongAnswer(
        "the operator alone repaired",
        like(f"{BRANCH}release/*", {AUD: "https://github.com/octo-org"}),
        "locked_out",
        JOB,
    ),
    WrongAnswer(
        "one release alone", like(f"{BRANCH}release/2.0"), "locked_out", "The job on release/2.1"
    ),
    WrongAnswer("any branch", like(f"{BRANCH}*"), "let_in", "A job on main"),
    WrongAnswer("without a slash", like(f"{BRANCH}release*"), "let_in", "A job on releases-old"),
    WrongAnswer(
        "any repository",
        like("repo:octo-org/*:ref:refs/heads/release/*"),
        "let_in",
        "A job on release/2.0 of octo-org/website",
    ),
    WrongAnswer(
        "both audiences",
        like(f"{BRANCH}release/*", {AUD: ["sts.amazonaws.com", "https://github.com/octo-org"]}),
        "too_wide",
        "https://github.com/octo-org",
    ),
    WrongAnswer(
        "tags as well", like(["repo:octo-org/app:ref:refs/*/release/*"]), "too_wide", "refs/"
    ),
    WrongAnswer(
        "the name of the branch alone", like("repo:octo-org/app:release/*"), "locked_out", JOB
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("release_branches", wrong)
