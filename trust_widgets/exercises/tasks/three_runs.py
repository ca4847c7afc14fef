"""Narrow a GitHub policy without shutting out the three jobs that use it."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import (
    GITHUB,
    calls,
    github_claims,
    github_policy,
    github_statement,
)

_AUDIENCE = {f"{GITHUB}:aud": "sts.amazonaws.com"}
_SUB = f"{GITHUB}:sub"
_MAIN = "repo:octo-org/app:ref:refs/heads/main"
_TAGS = "repo:octo-org/app:ref:refs/tags/v*"
_SITE = "repo:octo-org/website:environment:production"
_ALL = {"StringEquals": _AUDIENCE, "StringLike": {_SUB: [_MAIN, _TAGS, _SITE]}}
_SITE_BY_CLAIM = (  # the claim environment says the same as the end of the subject
    github_claims("repo:octo-org/website:*", environment="production"),
    github_claims("repo:*", environment="production", repository="octo-org/website"),
)

EXERCISE = Exercise(
    name="three_runs",
    title="Narrow without loss",
    minutes=8,
    brief=(
        "Three kinds of jobs use this role: the branch main of octo-org/app; its version tags,"
        " which begin with v; the environment production of octo-org/website. Nothing else may. The"
        " repositories send subjects of names alone, and the audience sts.amazonaws.com."
    ),
    start=github_policy({"StringEquals": _AUDIENCE, "StringLike": {_SUB: "repo:octo-org*"}}),
    must_allow=(
        calls(
            "the job on main of app",
            "github_actions",
            owner="octo-org",
            repository="app",
            runs="branch",
            branch="main",
        ),
        calls(
            "the job of the tag v1.2",
            "github_actions",
            owner="octo-org",
            repository="app",
            runs="tag",
            tag="v1.2",
        ),
        calls(
            "the production job of website",
            "github_actions",
            owner="octo-org",
            repository="website",
            runs="environment",
            environment="production",
        ),
    ),
    must_deny=(
        calls(
            "a job on another branch of app",
            "github_actions",
            owner="octo-org",
            repository="app",
            runs="branch",
            branch="v2-rewrite",
        ),
        calls(
            "the job of the tag nightly",
            "github_actions",
            owner="octo-org",
            repository="app",
            runs="tag",
            tag="nightly",
        ),
        calls(
            "a job on main of website",
            "github_actions",
            owner="octo-org",
            repository="website",
            runs="branch",
            branch="main",
        ),
        calls(
            "the production job of octo-org-evil/website",
            "github_actions",
            owner="octo-org-evil",
            repository="website",
            runs="environment",
            environment="production",
        ),
    ),
    narrowest=github_policy(_ALL),
    widest=github_policy(_ALL, *map(github_statement, _SITE_BY_CLAIM)),
    hints=(
        "How does each of the three jobs introduce itself?",
        "A branch, a tag and an environment have different words behind the repository.",
        f'List "{_MAIN}", "{_TAGS}" and "{_SITE}" under "StringLike".',
    ),
    solutions=(
        github_policy(_ALL),
        github_policy({"StringLike": {**_AUDIENCE, _SUB: [_SITE, _TAGS, _MAIN]}}),
    ),
    reading=("https://docs.github.com/en/actions/reference/security/oidc",),
)
