"""Pods on EKS by their service account, with the tokens that their cluster gives them (IRSA).

https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns import eks as _eks
from trust_widgets.patterns import oidc_statements as _tokens
from trust_widgets.policy import Companion, Role, Statement
from trust_widgets.providers.issuers.eks import PROVIDER, names_in, subject
from trust_widgets.text.globs import has_wildcard
from trust_widgets.text.quoting import yaml


def statements(
    account: str,
    cluster: Annotated[str, _eks.CLUSTER],
    namespace: Annotated[str, _eks.NAMESPACE],
    service_account: Annotated[str, _eks.SERVICE_ACCOUNT],
) -> tuple[Statement, ...]:
    issuer = _eks.issuer_from(cluster)
    subjects = (subject(namespace, service_account),)
    token = _tokens.TokenGrant(
        _eks.partition_of(issuer), account, issuer, PROVIDER.audience, subjects
    )
    return (_tokens.statement(token),)


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    token = _tokens.read(statements)
    if token and len(token.subjects) == 1:
        names = names_in(token.subjects[0])
    else:
        names = None
    if token is None or names is None or not PROVIDER.owns(token.issuer):
        return None
    return {
        "account": token.account,
        "cluster": token.issuer,
        "namespace": names[0],
        "service_account": names[1],
    }


def label(answers: Mapping[str, Any]) -> str:
    return _eks.label("EKS", answers)


def companions(
    role: Role, cluster: str, namespace: str, service_account: str
) -> tuple[Companion, ...]:
    issuer = _eks.issuer_from(cluster)
    manifest = _manifest(
        _accounts.arn_of(role, _eks.partition_of(issuer)), namespace, service_account
    )
    note = (
        "Apply this in the cluster with kubectl apply. Restart running pods: pods get the role "
        "when they start."
    )
    return (
        Companion("manifest", "The service account", note, "service-account.yaml", manifest),
        _tokens.provider(issuer, PROVIDER.audience, "this cluster"),
    )


def _manifest(role_arn: str, namespace: str, service_account: str) -> str:
    """The service account; of several that a wildcard admits, the reader puts in which."""
    metadata = {
        "name": "SERVICE_ACCOUNT" if has_wildcard(service_account) else service_account,
        "namespace": "NAMESPACE" if has_wildcard(namespace) else namespace,
        "annotations": {"eks.amazonaws.com/role-arn": role_arn},
    }
    return yaml.value({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata}) + "\n"


PATTERN = Pattern(
    title="EKS service account",
    group="AWS itself",
    about="Pods of a Kubernetes service account on EKS, with the cluster's tokens (IRSA).",
    callers=frozenset({"oidc"}),
    example={"cluster": _eks.CLUSTER.example, "namespace": "shop", "service_account": "cart"},
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
