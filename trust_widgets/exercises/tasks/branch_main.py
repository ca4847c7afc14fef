"""Let one branch of one repository assume the role, whichever form of subject it sends."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import GITHUB, calls, github_policy

_AUDIENCE = {f"{GITHUB}:aud": "sts.amazonaws.com"}
_SUB = f"{GITHUB}:sub"
_NAMES = "repo:octo-org/app:ref:refs/heads/main"
_IDS = "repo:octo-org@123456/app@456789:ref:refs/heads/main"
_BOTH = {"StringEquals": {**_AUDIENCE, _SUB: [_NAMES, _IDS]}}
_JOB = {"owner": "octo-org", "repository": "app"}
_WITH_IDS = {**_JOB, "form": "immutable", "owner_id": "123456", "repository_id": "456789"}

EXERCISE = Exercise(
    name="branch_main",
    title="Main, in either form",
    minutes=8,
    brief=(
        "Only jobs on the branch main of octo-org/app need this role. Nobody knows whether the"
        " repository sends subjects of names alone or with IDs: octo-org has 123456, app has"
        " 456789. Both have to work, and nothing else. The audience is sts.amazonaws.com."
    ),
    start=github_policy({"StringEquals": _AUDIENCE, "StringLike": {_SUB: "repo:octo-org*/app*:*"}}),
    must_allow=(
        calls(
            "the job on main with a subject of names",
            "github_actions",
            **_JOB,
            runs="branch",
            branch="main",
        ),
        calls(
            "the job on main with IDs in its subject",
            "github_actions",
            **_WITH_IDS,
            runs="branch",
            branch="main",
        ),
    ),
    must_deny=(
        calls("a job on another branch", "github_actions", **_JOB, runs="branch", branch="feature"),
        calls(
            "a job on another branch with IDs",
            "github_actions",
            **_WITH_IDS,
            runs="branch",
            branch="feature",
        ),
        calls("a job of a pull request", "github_actions", **_JOB, runs="pull_request"),
        calls(
            "a job on main of octo-org-evil/app",
            "github_actions",
            owner="octo-org-evil",
            repository="app",
            runs="branch",
            branch="main",
        ),
    ),
    narrowest=github_policy(_BOTH),
    widest=github_policy(_BOTH),
    hints=(
        "How many different subjects can the job on main send?",
        "A list of values under one key means: one of them.",
        f'Write both under "StringEquals": "{_NAMES}" and "{_IDS}".',
    ),
    solutions=(
        github_policy(_BOTH),
        github_policy({"StringEquals": _AUDIENCE, "StringLike": {_SUB: [_IDS, _NAMES]}}),
    ),
    reading=("https://docs.github.com/en/actions/reference/security/oidc",),
)
