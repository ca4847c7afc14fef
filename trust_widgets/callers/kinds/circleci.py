"""A job of CircleCI.

https://circleci.com/docs/openid-connect-tokens/
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.circleci import (
    PROJECT_CLAIM,
    PROVIDER,
    issuer_from,
    subject,
    usual_audience,
)

_Q = asks.questions_of(subject)
_AUDIENCE = replace(
    asks.AUDIENCE,
    help="Empty: the default, the ID of the organization.",
    example=_Q["organization"].example,
    optional=True,
)


def request(
    role: str = ROLE,
    organization: Annotated[str, _Q["organization"]] = "",
    project: Annotated[str, _Q["project"]] = "",
    user: Annotated[str, _Q["user"]] = "",
    origin: Annotated[str, _Q["origin"]] = "",
    ref: Annotated[str, _Q["ref"]] = "",
    audience: Annotated[str, _AUDIENCE] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    said = subject(organization, project, user, origin, ref)
    claims = {PROJECT_CLAIM: project}
    token = _tokens.TokenClaims(
        issuer_from(organization), said, audience or usual_audience(organization), claims
    )
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    return _tokens.guess(
        PROVIDER, policy, lambda issuer: {"organization": issuer.rpartition("/")[2]}
    )


CALLER = Caller(
    title="CircleCI job",
    about=(
        "A job with the token in CIRCLE_OIDC_TOKEN, or with repository and ref in"
        " CIRCLE_OIDC_TOKEN_V2."
    ),
    group="CI and CD",
    request=request,
    source=PROVIDER.source,
    note=(
        "The user in the subject is the person who started the job. Most policies use "
        "a wildcard for it."
    ),
    guess=guess,
)
