"""Let one GitHub environment of one repository assume the role."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import (
    GITHUB,
    calls,
    github_claims,
    github_policy,
    github_statement,
)

_REPOSITORY = "repo:octo-org@123456/app@456789"
_SUBJECT = f"{_REPOSITORY}:environment:production"
_AUDIENCE = {f"{GITHUB}:aud": "sts.amazonaws.com"}
_SUB = f"{GITHUB}:sub"
_JOB = {
    "owner": "octo-org",
    "repository": "app",
    "form": "immutable",
    "owner_id": "123456",
    "repository_id": "456789",
}
_PRODUCTION = {"runs": "environment", "environment": "production"}
_BY_CLAIM = (  # the claim environment says the same as the end of the subject
    github_claims(f"{_REPOSITORY}:*", environment="production"),
    github_claims("repo:*", environment="production", repository_id="456789"),
)

EXERCISE = Exercise(
    name="production_only",
    label="W4",
    title="Production only",
    minutes=10,
    brief=(
        "Jobs of the GitHub repository octo-org/app that run in the environment production deploy"
        " with this role, and no other job may assume it. The repository is new, so GitHub writes"
        " the IDs of owner and repository into the subject: octo-org has 123456, app has 456789."
        " The audience of the tokens is sts.amazonaws.com."
    ),
    start=github_policy({"StringEquals": _AUDIENCE, "StringLike": {_SUB: "repo:octo*/app*"}}),
    must_allow=(
        calls("the production job of octo-org/app", "github_actions", **_JOB, **_PRODUCTION),
    ),
    must_deny=(
        calls(
            "the staging job of octo-org/app",
            "github_actions",
            **_JOB,
            runs="environment",
            environment="staging",
        ),
        calls("a job on the branch main", "github_actions", **_JOB, runs="branch", branch="main"),
        calls("a job of a pull request", "github_actions", **_JOB, runs="pull_request"),
        calls(
            "the production job of octo-org/website",
            "github_actions",
            **{**_JOB, "repository": "website", "repository_id": "456790"},
            **_PRODUCTION,
        ),
        calls(
            "the production job of octo-evil/app",
            "github_actions",
            **{**_JOB, "owner": "octo-evil", "owner_id": "999999", "repository_id": "111"},
            **_PRODUCTION,
        ),
    ),
    narrowest=github_policy(
        {
            "StringEquals": {
                **_AUDIENCE,
                _SUB: _SUBJECT,
                f"{GITHUB}:repository": "octo-org/app",
                f"{GITHUB}:repository_id": "456789",
                f"{GITHUB}:repository_owner_id": "123456",
                f"{GITHUB}:environment": "production",
            }
        }
    ),
    widest=github_policy(
        {"StringEquals": {**_AUDIENCE, _SUB: _SUBJECT}}, *map(github_statement, _BY_CLAIM)
    ),
    hints=(
        "Which owners and repositories does the wildcard match, besides yours?",
        "The subject of a job with an environment ends with that environment and names no branch.",
        f'Require "{_SUBJECT}" with "StringEquals".',
    ),
    solutions=(
        github_policy({"StringEquals": {**_AUDIENCE, _SUB: _SUBJECT}}),
        github_policy({"StringEquals": _AUDIENCE, "StringLike": {_SUB: _SUBJECT}}),
        github_policy(
            {
                "StringEquals": {
                    **_AUDIENCE,
                    _SUB: _SUBJECT,
                    f"{GITHUB}:repository_id": "456789",
                    f"{GITHUB}:environment": "production",
                }
            }
        ),
    ),
    reading=(
        "https://docs.github.com/en/actions/reference/security/oidc",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    ),
)
