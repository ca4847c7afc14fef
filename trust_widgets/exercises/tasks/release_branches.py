"""Let every release branch of one repository assume the role."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import GITHUB, calls, github_policy

_AUDIENCE = {f"{GITHUB}:aud": "sts.amazonaws.com"}
_SUB = f"{GITHUB}:sub"
_RELEASES = "repo:octo-org/app:ref:refs/heads/release/*"
_JOB = {"owner": "octo-org", "repository": "app", "runs": "branch"}
_RIGHT = {"StringEquals": _AUDIENCE, "StringLike": {_SUB: _RELEASES}}

EXERCISE = Exercise(
    name="release_branches",
    title="Two faults",
    minutes=6,
    brief=(
        "The job on the branch release/2.0 of octo-org/app is refused, and there are two faults in"
        " the policy. Every branch whose name begins with release/ has to be able to assume the"
        " role, and nothing else. The repository sends subjects of names alone. Its jobs"
        " use AWS's official action, configure-aws-credentials, with its defaults."
    ),
    start=github_policy(
        {
            "StringEquals": {
                f"{GITHUB}:aud": "https://github.com/octo-org",
                _SUB: "repo:octo-org/app:ref:refs/heads/release/*",
            }
        }
    ),
    must_allow=(
        calls("the job on release/2.0", "github_actions", **_JOB, branch="release/2.0"),
        calls("the job on release/2.1", "github_actions", **_JOB, branch="release/2.1"),
    ),
    must_deny=(
        calls("a job on main", "github_actions", **_JOB, branch="main"),
        calls("a job on releases-old", "github_actions", **_JOB, branch="releases-old"),
        calls(
            "a job on release/2.0 of octo-org/website",
            "github_actions",
            **{**_JOB, "repository": "website"},
            branch="release/2.0",
        ),
    ),
    narrowest=github_policy(_RIGHT),
    widest=github_policy(_RIGHT),
    hints=(
        "Which audience does the official action for AWS request?",
        "A wildcard needs an operator that reads wildcards.",
        'Write "sts.amazonaws.com", and put the subject under "StringLike".',
    ),
    solutions=(
        github_policy(_RIGHT),
        github_policy({"StringLike": {**_AUDIENCE, _SUB: [_RELEASES]}}),
    ),
    reading=(
        "https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    ),
)
