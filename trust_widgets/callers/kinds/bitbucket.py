"""A step of Bitbucket Pipelines.

https://support.atlassian.com/bitbucket-cloud/docs/integrate-pipelines-with-resource-servers-using-oidc/
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
from trust_widgets.providers.issuers.bitbucket import PROVIDER, issuer_from, subject

_Q = {**asks.questions_of(subject), **asks.questions_of(issuer_from)}
_AUDIENCE = replace(
    asks.AUDIENCE,
    help="In the repository settings, under OpenID Connect. Empty: not known.",
    example="ari:cloud:bitbucket::workspace/44444444-5555-4666-8777-888888888888",
    message=(
        "An audience is like ari:cloud:bitbucket::workspace/44444444-5555-4666-8777-888888888888."
    ),
    optional=True,
    more=False,
)


def request(
    role: str = ROLE,
    workspace: Annotated[str, _Q["workspace"]] = "",
    repository: Annotated[str, _Q["repository"]] = "",
    step: Annotated[str, _Q["step"]] = "",
    environment: Annotated[str, _Q["environment"]] = "",
    audience: Annotated[str, _AUDIENCE] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    token = _tokens.TokenClaims(
        issuer_from(workspace), subject(repository, step, environment), audience
    )
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    return _tokens.guess(PROVIDER, policy, lambda issuer: {"workspace": issuer.split("/")[3]})


CALLER = Caller(
    title="Bitbucket Pipelines step",
    about="A step with oidc: true.",
    group="CI and CD",
    request=request,
    source=PROVIDER.source,
    note=(
        "The subject ends with the ID of the step, which differs for each run. "
        "Policies use a wildcard for it."
    ),
    guess=guess,
)
