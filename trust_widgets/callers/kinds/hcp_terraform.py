"""A run of HCP Terraform, or of a Terraform Enterprise server.

https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens
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
from trust_widgets.providers.issuers.hcp_terraform import PROVIDER, subject
from trust_widgets.providers.issuers.terraform_enterprise import issuer_from

_Q = {**asks.questions_of(subject), **asks.questions_of(issuer_from)}
_HOST = replace(_Q["host"], help="Change it for your own Terraform Enterprise server.", more=True)


def request(
    role: str = ROLE,
    organization: Annotated[str, _Q["organization"]] = "",
    kind: Annotated[Literal["workspace", "stack", "module_test"], _Q["kind"]] = "workspace",
    project: Annotated[str, _Q["project"]] = "",
    workspace: Annotated[str, _Q["workspace"]] = "",
    run_phase: Annotated[Literal["plan", "apply"], _Q["run_phase"]] = "apply",
    stack: Annotated[str, _Q["stack"]] = "",
    deployment: Annotated[str, _Q["deployment"]] = "",
    operation: Annotated[Literal["plan", "apply"], _Q["operation"]] = "apply",
    module: Annotated[str, _Q["module"]] = "",
    audience: Annotated[str, asks.AUDIENCE] = PROVIDER.audience,
    host: Annotated[str, _HOST] = PROVIDER.issuer,
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    parts = {
        "project": project,
        "workspace": workspace,
        "stack": stack,
        "deployment": deployment,
        "module": module,
    }
    said = subject(organization, kind, run_phase=run_phase, operation=operation, **parts)
    return _tokens.request(
        role, _tokens.TokenClaims(issuer_from(host), said, audience), session_name, source_ip
    )


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    return _tokens.guess(PROVIDER, policy)


CALLER = Caller(
    title="HCP Terraform run",
    about="A run of a workspace or a stack, with dynamic provider credentials.",
    group="CI and CD",
    request=request,
    source=PROVIDER.source,
    note="Each phase has its own subject. A plan and an apply can use different roles.",
    guess=guess,
)
