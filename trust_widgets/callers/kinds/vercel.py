"""A build or function on Vercel.

https://vercel.com/docs/oidc/reference
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.vercel import PROVIDER, issuer_from, subject, usual_audience

_Q = {**asks.questions_of(subject), **asks.questions_of(issuer_from)}
_AUDIENCE = replace(
    asks.AUDIENCE,
    help="Empty: the default, https://vercel.com/TEAM.",
    example="https://vercel.com/octo-org",
    optional=True,
)


def request(
    role: str = ROLE,
    team: Annotated[str, _Q["team"]] = "",
    project: Annotated[str, _Q["project"]] = "",
    environment: Annotated[str, _Q["environment"]] = "production",
    mode: Annotated[Literal["team", "global"], _Q["mode"]] = "team",
    audience: Annotated[str, _AUDIENCE] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    said = subject(team, project, environment)
    token = _tokens.TokenClaims(issuer_from(team, mode), said, audience or usual_audience(team))
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    return _tokens.guess(
        PROVIDER, policy, lambda issuer: {"mode": "team" if "/" in issuer else "global"}
    )


CALLER = Caller(
    title="Vercel deployment",
    about="A build or a function with Vercel's OIDC federation.",
    group="CI and CD",
    request=request,
    source=PROVIDER.source,
    note=(
        "The settings of the project show the issuer of its tokens: one for the team, "
        "or one for all of Vercel."
    ),
    guess=guess,
)
