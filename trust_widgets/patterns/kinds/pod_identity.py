"""Pods on EKS that an association gives the role to (EKS Pod Identity).

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.service_calls import POD_IDENTITY
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns import eks as _eks
from trust_widgets.patterns.oidc_statements import asked
from trust_widgets.policy import Companion, Condition, Principal, Role, Statement
from trust_widgets.text.quoting.shell import command

_CLUSTER = replace(
    _eks.CLUSTER_ARN, help="ARN of the cluster. Empty: any cluster of your account.", optional=True
)
_NAMESPACE = replace(_eks.POD_NAMESPACE, help="Empty: any namespace.", optional=True)
_SERVICE_ACCOUNT = replace(
    _eks.POD_SERVICE_ACCOUNT, help="Empty: any service account.", optional=True
)


def statements(
    cluster: Annotated[str, _CLUSTER] = "",
    namespace: Annotated[str, _NAMESPACE] = "",
    service_account: Annotated[str, _SERVICE_ACCOUNT] = "",
) -> tuple[Statement, ...]:
    said = {"cluster": cluster, "namespace": namespace, "service_account": service_account}
    conditions = tuple(
        Condition("StringEquals", _eks.TAGS[name], (value,))
        for name, value in said.items()
        if value
    )
    actions = ("sts:AssumeRole", TAG_SESSION)  # EKS tags every session
    return (
        Statement(
            principal=Principal(service=(POD_IDENTITY,)), action=actions, conditions=conditions
        ),
    )


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    principal = statements[0].principal
    if len(statements) != 1 or principal is None or principal.service != (POD_IDENTITY,):
        return None
    values = {name: asked(statements[0], key, "StringEquals") for name, key in _eks.TAGS.items()}
    return {name: value[0] if len(value) == 1 else "" for name, value in values.items()}


def label(answers: Mapping[str, Any]) -> str:
    return _eks.label("EKS Pod Identity", answers)


def companions(
    role: Role, cluster: str, namespace: str, service_account: str
) -> tuple[Companion, ...]:
    if cluster:
        _, partition, _, region, *_ = cluster.split(":")
    else:
        _, partition, _, region, *_ = ("", "aws", "", "")
    name = cluster.rpartition("/")[2] or "CLUSTER"
    options = {
        "--cluster-name": name,
        "--namespace": namespace or "NAMESPACE",
        "--service-account": service_account or "SERVICE_ACCOUNT",
        "--role-arn": _accounts.arn_of(role, partition),
    }
    text = command(
        ("aws", "eks", "create-pod-identity-association"),
        options | ({"--region": region} if region else {}),
    )
    tags = bool(cluster or namespace or service_account)
    return (
        Companion("association", "The association", _note(name, tags), "associate.sh", f"{text}\n"),
    )


def _note(cluster: str, tags: bool) -> str:
    """https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html"""
    keep = " Keep its session tags turned on: the role requires them." if tags else ""
    return (
        f"The association decides which pods get the role. Without one, no pod does.{keep} The "
        f"cluster also needs the agent: aws eks create-addon --cluster-name {cluster} "
        "--addon-name eks-pod-identity-agent (included in EKS Auto Mode)."
    )


PATTERN = Pattern(
    title="EKS Pod Identity",
    group="AWS itself",
    about="Pods that get the role through an EKS Pod Identity association.",
    callers=frozenset({"service"}),
    example={
        "cluster": "arn:aws:eks:eu-central-1:111122223333:cluster/web",
        "namespace": "shop",
        "service_account": "cart",
    },
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
