"""A job of Buildkite.

https://buildkite.com/docs/pipelines/security/oidc
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.callers.request_context import tags_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.buildkite import PROVIDER, subject

_Q = asks.questions_of(subject)
_ID = (r"[0-9a-f-]{36}", "An ID has 36 characters, like 11111111-2222-4333-8444-555555555555.")
_EXAMPLE = "11111111-2222-4333-8444-555555555555"
_ORGANIZATION_ID = Question(
    "Organization ID", "In the settings.", _EXAMPLE, *_ID, optional=True, more=True
)
_PIPELINE_ID = Question("Pipeline ID", "In the settings.", _EXAMPLE, *_ID, optional=True, more=True)
_TAGS = replace(
    asks.TAGS,
    label="Session tags in the token",
    help=(
        "One tag per line, as requested with --aws-session-tag. The trust policy must "
        "also allow sts:TagSession."
    ),
    example="pipeline_slug=app",
)


def request(
    role: str = ROLE,
    organization: Annotated[str, _Q["organization"]] = "",
    pipeline: Annotated[str, _Q["pipeline"]] = "",
    commit: Annotated[str, _Q["commit"]] = "",
    kind: Annotated[Literal["branch", "tag"], _Q["kind"]] = "branch",
    branch: Annotated[str, _Q["branch"]] = "",
    tag: Annotated[str, _Q["tag"]] = "",
    step: Annotated[str, _Q["step"]] = "",
    audience: Annotated[str, asks.AUDIENCE] = PROVIDER.audience,
    organization_id: Annotated[str, _ORGANIZATION_ID] = "",
    pipeline_id: Annotated[str, _PIPELINE_ID] = "",
    tags: Annotated[tuple[str, ...], _TAGS] = (),
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    said = subject(organization, pipeline, commit, kind, branch, tag, step)
    slugs = {
        "organization_slug": organization,
        "pipeline_slug": pipeline,
        "build_branch": branch or None,
    }
    ids = {
        "organization_id": organization_id,
        "pipeline_id": pipeline_id,
        "cluster_id": None,
        "cluster_name": None,
    }
    token = _tokens.TokenClaims(PROVIDER.issuer, said, audience, {**slugs, **ids}, tags_of(tags))
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    return _tokens.guess(
        PROVIDER, policy, claims={name: name for name in ("organization_id", "pipeline_id")}
    )


CALLER = Caller(
    title="Buildkite job",
    about="A job with a token from buildkite-agent.",
    group="CI and CD",
    request=request,
    source=PROVIDER.source,
    note="The subject ends with the commit and the step. Most policies use a wildcard for both.",
    guess=guess,
)
