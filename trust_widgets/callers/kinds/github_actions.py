"""A run of GitHub Actions, in each form that its subject can have.

https://docs.github.com/en/actions/reference/security/oidc
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers import github_actions as github
from trust_widgets.providers.issuers.github_actions import (
    ISSUER,
    PROVIDER,
    issuer_from,
    may_have_ids,
    subject_of_run,
)

Form = Literal["classic", "immutable", "custom"]

_FORM = Question(
    "Its subject",
    "Repositories created, renamed or moved since 15 July 2026 send the IDs, and those "
    "that opted in.",
    choices={"classic": "Names alone", "immutable": "Names and IDs", "custom": "As customized"},
)
_CUSTOM = Question(
    "Subject as the token has it",
    "For an organization or a repository with a customized subject.",
    "repo:octo-org/app:job_workflow_ref:octo-org/shared/.github/workflows/deploy.yml@refs/heads/main",
    r"\S(.*\S)?",
    "A customized subject is like repository_owner:octo-org:repository_visibility:private.",
    when=("form", ("custom",)),
)
_OWNER_ID = replace(
    github.OWNER_ID, help="A number. Required if the subject contains IDs.", beside=""
)
_REPOSITORY_ID = replace(
    github.REPOSITORY_ID, help="A number. Required if the subject contains IDs.", beside=""
)
_REUSABLE = Question(
    "Reusable workflow",
    "Optional. The claim job_workflow_ref.",
    "octo-org/shared/.github/workflows/deploy.yml@refs/heads/main",
    r"[^/\s]+/[^/\s]+/\.github/workflows/[^@\s]+@\S+",
    "A reusable workflow is like octo-org/shared/.github/workflows/deploy.yml@refs/heads/main.",
    optional=True,
    more=True,
)
_WORKFLOW = Question("Workflow", "Its name.", "Deploy", optional=True, more=True)
_ACTOR = Question(
    "Actor",
    "The user who started it.",
    "octo-bot",
    r"\S+",
    "A user name, like octo-bot.",
    optional=True,
    more=True,
)
_PLACE = replace(github.PLACE, more=True)
_NAME = replace(github.NAME, more=True)
_IDS_MISSING = "A subject with IDs contains both: enter the owner ID and the repository ID."


def request(
    role: str = ROLE,
    owner: Annotated[str, github.OWNER] = "",
    repository: Annotated[str, github.REPOSITORY] = "",
    runs: Annotated[github.Runs, github.RUNS] = "branch",
    branch: Annotated[str, github.BRANCH] = "",
    environment: Annotated[str, github.ENVIRONMENT] = "",
    tag: Annotated[str, github.TAG] = "",
    ref: Annotated[str, github.REF] = "",
    form: Annotated[Form, _FORM] = "classic",
    owner_id: Annotated[str, _OWNER_ID] = "",
    repository_id: Annotated[str, _REPOSITORY_ID] = "",
    custom_subject: Annotated[str, _CUSTOM] = "",
    audience: Annotated[str, asks.AUDIENCE] = "sts.amazonaws.com",
    job_workflow_ref: Annotated[str, _REUSABLE] = "",
    workflow: Annotated[str, _WORKFLOW] = "",
    actor: Annotated[str, _ACTOR] = "",
    place: Annotated[github.Place, _PLACE] = "github.com",
    name: Annotated[str, _NAME] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    issuer = issuer_from(place, name)
    _refuse(issuer, runs, environment, form, bool(owner_id and repository_id))
    run = {"branch": branch, "environment": environment, "tag": tag, "ref": ref}
    ids = {"repository_id": repository_id, "owner_id": owner_id}
    if form == "custom":
        subject = custom_subject
    elif form == "immutable":
        subject = subject_of_run(owner, repository, runs, **run, **ids)
    else:
        subject = subject_of_run(owner, repository, runs, **run)
    claims = _claims(f"{owner}/{repository}", ids, runs, run, actor, workflow)
    if job_workflow_ref:
        claims["job_workflow_ref"] = job_workflow_ref
    token = _tokens.TokenClaims(issuer, subject, audience, claims)
    return _tokens.request(role, token, session_name, source_ip)


def _claims(
    repository: str,
    ids: Mapping[str, str],
    runs: str,
    run: Mapping[str, str],
    actor: str,
    workflow: str,
) -> dict[str, str | None]:
    """What a token says of the repository and of the run."""
    claims: dict[str, str | None] = {
        "repository": repository,
        "repository_id": ids["repository_id"],
        "repository_owner_id": ids["owner_id"],
        "ref": _ref(runs, run["branch"], run["tag"], run["ref"]),
        "actor": actor,
        "actor_id": None,
        "enterprise_id": None,  # only of an enterprise's organizations
        "workflow": workflow,
    }
    if runs == "environment":
        claims["environment"] = run["environment"]
    return claims


def _refuse(issuer: str, runs: str, environment: str, form: Form, ids: bool) -> None:
    if environment and runs != "environment":
        raise ValueError(
            "The subject of a job with an environment contains the environment, and no ref."
        )
    if form == "immutable" and not may_have_ids(issuer):
        raise ValueError("GitHub Enterprise Server sends no IDs in a subject, only names.")
    if form == "immutable" and not ids:
        raise ValueError(_IDS_MISSING)


def _ref(runs: str, branch: str, tag: str, ref: str) -> str | None:
    """What the claim `ref` holds; a job in an environment, or of a pull request, may run on any."""
    told = {"branch": f"refs/heads/{branch}", "tag": f"refs/tags/{tag}", "ref": f"refs/{ref}"}
    return told.get(runs)


_CLAIMS = {
    "owner_id": "repository_owner_id",
    **{name: name for name in ("repository_id", "job_workflow_ref", "workflow", "actor")},
}


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    found = _tokens.guess(PROVIDER, policy, _place_of)
    if found is None:
        return _guess_custom(policy)
    form: dict[str, Answer] = {"form": "immutable"} if found.get("owner_id") else {}
    return {**found, **form, **(_tokens.guess(PROVIDER, policy, claims=_CLAIMS) or {})}


def _guess_custom(policy: TrustPolicy) -> dict[str, Answer] | None:
    for statement, issuer in _tokens.asked(policy, PROVIDER.owns):
        subject = _tokens.subject_wanted(PROVIDER, statement, issuer)
        if subject:
            run = {
                "owner": "octo-org",
                "repository": "app",
                "branch": "main",
                "form": "custom",
                "custom_subject": subject,
            }
            claims = _tokens.claims_wanted(statement, issuer, {"audience": "aud", **_CLAIMS})
            return {**run, **_place_of(issuer), **claims}
    return None


def _place_of(issuer: str) -> dict[str, str]:
    """The answers that an issuer was made from."""
    if issuer.endswith("/_services/token"):
        return {"place": "server", "name": issuer.removesuffix("/_services/token")}
    if issuer.startswith(f"{ISSUER}/"):
        return {"place": "enterprise", "name": issuer.removeprefix(f"{ISSUER}/")}
    if issuer.endswith(".ghe.com"):
        return {
            "place": "ghe.com",
            "name": issuer.removeprefix("token.actions.").removesuffix(".ghe.com"),
        }
    return {}


CALLER = Caller(
    title="GitHub Actions run",
    about="A job of a workflow, with the token that GitHub gives it.",
    group="CI and CD",
    request=request,
    source="https://docs.github.com/en/actions/reference/security/oidc",
    note=(
        "The subject of a job with an environment contains the environment, whatever "
        "branch the job runs on. The subject of a pull request contains pull_request. "
        "The subject of any other job contains its branch or tag."
    ),
    guess=guess,
)
