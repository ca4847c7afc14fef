"""A run of Spacelift.

https://docs.spacelift.io/integrations/cloud-providers/oidc
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
from trust_widgets.providers.issuers.spacelift import (
    PROVIDER,
    RunType,
    issuer_from,
    subject,
    usual_audience,
)

_Q = {**asks.questions_of(subject), **asks.questions_of(issuer_from)}
_AUDIENCE = replace(
    asks.AUDIENCE,
    help="Empty: the default, the host of the account.",
    example="octo-org.app.spacelift.io",
    optional=True,
)


def request(
    role: str = ROLE,
    account: Annotated[str, _Q["account"]] = "",
    space: Annotated[str, _Q["space"]] = "",
    caller: Annotated[str, _Q["caller"]] = "",
    caller_type: Annotated[Literal["stack", "module"], _Q["caller_type"]] = "stack",
    run_type: Annotated[RunType, _Q["run_type"]] = "TRACKED",
    scope: Annotated[Literal["read", "write"], _Q["scope"]] = "write",
    kind: Annotated[Literal["usual", "path"], _Q["kind"]] = "usual",
    space_path: Annotated[str, _Q["space_path"]] = "",
    audience: Annotated[str, _AUDIENCE] = "",
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    said = subject(space, caller, caller_type, run_type, scope, kind, space_path)
    token = _tokens.TokenClaims(issuer_from(account), said, audience or usual_audience(account))
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    return _tokens.guess(PROVIDER, policy, lambda issuer: {"account": issuer})


CALLER = Caller(
    title="Spacelift run",
    about="A run of a stack or a module.",
    group="CI and CD",
    request=request,
    source=PROVIDER.source,
    note=(
        "A proposed run has read scope, a tracked one write scope. If your account has "
        "another subject template, paste its token instead."
    ),
    guess=guess,
)
