"""A job of GitLab, on gitlab.com or a host of one's own.

https://docs.gitlab.com/ci/secrets/id_token_authentication/
"""

from __future__ import annotations

from typing import Annotated, Literal

from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.gitlab import PROVIDER, issuer_from, subject

_Q = {**asks.questions_of(subject), **asks.questions_of(issuer_from)}
_PROJECT_ID = Question(
    "Project ID",
    "A number.",
    "456789",
    r"[0-9]{1,20}",
    "A number, like 456789.",
    optional=True,
    more=True,
)
_NAMESPACE_ID = Question(
    "Group ID",
    "ID of the group or user of the project.",
    "123456",
    r"[0-9]{1,20}",
    "A number, like 123456.",
    optional=True,
    more=True,
)
_PROTECTED = Question(
    "The branch or tag is protected",
    choices={"unknown": "I do not know", "true": "Yes", "false": "No"},
    more=True,
)


def request(
    role: str = ROLE,
    group: Annotated[str, _Q["group"]] = "",
    project: Annotated[str, _Q["project"]] = "",
    kind: Annotated[Literal["branch", "tag"], _Q["kind"]] = "branch",
    branch: Annotated[str, _Q["branch"]] = "",
    tag: Annotated[str, _Q["tag"]] = "",
    audience: Annotated[str, asks.AUDIENCE] = PROVIDER.audience,
    host: Annotated[str, _Q["host"]] = PROVIDER.issuer,
    project_id: Annotated[str, _PROJECT_ID] = "",
    namespace_id: Annotated[str, _NAMESPACE_ID] = "",
    ref_protected: Annotated[Literal["unknown", "true", "false"], _PROTECTED] = "unknown",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    told = {"project_id": project_id, "namespace_id": namespace_id}
    protected = "" if ref_protected == "unknown" else ref_protected
    others = (
        "pipeline_source",
        "runner_environment",
        "user_access_level",
        "user_email",
        "user_id",
        "user_login",
    )
    claims: _tokens.Claims = {**dict.fromkeys(others), **told, "ref_protected": protected}
    token = _tokens.TokenClaims(
        issuer_from(host), subject(group, project, kind, branch, tag), audience, claims
    )
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    names = {name: name for name in ("project_id", "namespace_id", "ref_protected")}
    return _tokens.guess(PROVIDER, policy, lambda issuer: {"host": issuer}, names)


CALLER = Caller(
    title="GitLab CI job",
    about="A job with a token from its id_tokens.",
    group="CI and CD",
    request=request,
    source=PROVIDER.source,
    note=(
        "AWS has claims other than the subject for gitlab.com only, not for your own "
        "servers. If your project has a customized subject, paste its token instead."
    ),
    guess=guess,
)
