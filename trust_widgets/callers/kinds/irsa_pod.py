"""A pod on EKS with its service account's token (IRSA).

https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.eks import (
    CLUSTER,
    NAMESPACE,
    PROVIDER,
    SERVICE_ACCOUNT,
    issuer_from,
    subject,
)


def request(
    role: str = ROLE,
    cluster: Annotated[str, CLUSTER] = "",
    namespace: Annotated[str, NAMESPACE] = "",
    service_account: Annotated[str, SERVICE_ACCOUNT] = "",
    audience: Annotated[str, asks.AUDIENCE] = PROVIDER.audience,
    session_name: Annotated[str, asks.SESSION_NAME] = "",
    source_ip: Annotated[str, asks.SOURCE_IP] = "",
) -> Request:
    token = _tokens.TokenClaims(issuer_from(cluster), subject(namespace, service_account), audience)
    return _tokens.request(role, token, session_name, source_ip)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    return _tokens.guess(PROVIDER, policy, lambda issuer: {"cluster": issuer})


CALLER = Caller(
    title="EKS pod (IRSA)",
    about="A pod whose service account is annotated with the role.",
    group="Kubernetes",
    request=request,
    source=PROVIDER.source,
    note="Each cluster has its own issuer. A cluster that was created again has another one.",
    guess=guess,
)
