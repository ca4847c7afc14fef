"""Let one branch of one GitLab project assume the role."""

from __future__ import annotations

from trust_widgets.exercises import Exercise
from trust_widgets.exercises.writing import OWN, calls, policy, statement
from trust_widgets.providers import PROVIDERS

_HOST = PROVIDERS["gitlab"].issuer
_PROVIDER = {"Federated": f"arn:aws:iam::{OWN}:oidc-provider/{_HOST}"}
_ACTION = "sts:AssumeRoleWithWebIdentity"
_AUDIENCE = {f"{_HOST}:aud": "https://gitlab.com"}
_SUB = f"{_HOST}:sub"
_MAIN = "project_path:octo-org/app:ref_type:branch:ref:main"
_JOB = {"group": "octo-org", "project": "app", "kind": "branch", "branch": "main"}


def _jobs(condition: dict[str, dict[str, str]]) -> str:
    return policy(statement(_PROVIDER, _ACTION, Condition=condition))


EXERCISE = Exercise(
    name="gitlab_main",
    title="The same on GitLab",
    minutes=6,
    brief=(
        "Jobs on the branch main of the GitLab project octo-org/app deploy with this role. Their"
        " tokens have the audience https://gitlab.com. No tag, no other branch and no other project"
        " may assume the role."
    ),
    start=_jobs({"StringEquals": _AUDIENCE, "StringLike": {_SUB: "project_path:octo-org/*"}}),
    must_allow=(calls("the job on main of octo-org/app", "gitlab_ci", **_JOB),),
    must_deny=(
        calls("a job on another branch", "gitlab_ci", **{**_JOB, "branch": "feature"}),
        calls(
            "a job of the tag main",
            "gitlab_ci",
            group="octo-org",
            project="app",
            kind="tag",
            tag="main",
        ),
        calls("a job on main of octo-org/website", "gitlab_ci", **{**_JOB, "project": "website"}),
        calls("a job on main of octo-evil/app", "gitlab_ci", **{**_JOB, "group": "octo-evil"}),
    ),
    narrowest=_jobs({"StringEquals": {**_AUDIENCE, _SUB: _MAIN}}),
    widest=_jobs({"StringEquals": {**_AUDIENCE, _SUB: _MAIN}}),
    hints=(
        "What does a subject of GitLab say, besides the project?",
        "It names the kind of ref and the ref: project_path, ref_type and ref.",
        f'Require "{_MAIN}" with "StringEquals".',
    ),
    solutions=(
        _jobs({"StringEquals": {**_AUDIENCE, _SUB: _MAIN}}),
        _jobs({"StringEquals": _AUDIENCE, "StringLike": {_SUB: _MAIN}}),
    ),
    reading=("https://docs.gitlab.com/ci/cloud_services/aws/",),
)
