"""Pods on EKS whose association names this role as its target role, mostly from another account.

EKS assumes the role of the association first, and this role with it.
https://docs.aws.amazon.com/eks/latest/userguide/pod-id-assign-target-role.html, read on 2026-11-30
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.forms import Question
from trust_widgets.patterns import Pattern
from trust_widgets.patterns import accounts as _accounts
from trust_widgets.patterns import eks as _eks
from trust_widgets.patterns.oidc_statements import asked
from trust_widgets.policy import (
    Companion,
    Condition,
    Principal,
    Role,
    Statement,
    TrustPolicy,
)
from trust_widgets.text.quoting.shell import command

_ARN = re.compile(
    rf"arn:(aws[a-z-]*):eks:([a-z0-9-]+):({ACCOUNT_ID}):cluster/([0-9A-Za-z_-]+)", re.ASCII
)


def _name_in(text: str) -> str:
    """The name of a role that was pasted as an ARN; any other text as it is."""
    _, found, name = text.partition(":role/")
    if found:
        return f"role/{name}"
    return text


_POD_ROLE = Question(
    "Role of the association",
    "The EKS Pod Identity role, in the cluster's account: its name, with the path.",
    "role/pod-identity",
    rf"role/{_accounts.NAME}",
    "Write the role like role/pod-identity, without the account.",
    tidy=_name_in,
)
_TAGS = Question(
    "Session tags of the association",
    "An association without session tags sends an external ID instead.",
    choices={"on": "On", "off": "Off: use the external ID"},
)
_NAMES = ("cluster", "namespace", "service_account")
SessionTags = Literal["on", "off"]


def statements(
    cluster: Annotated[str, _eks.CLUSTER_ARN],
    pod_role: Annotated[str, _POD_ROLE],
    namespace: Annotated[str, _eks.POD_NAMESPACE],
    service_account: Annotated[str, _eks.POD_SERVICE_ACCOUNT],
    session_tags: Annotated[SessionTags, _TAGS] = "on",
) -> tuple[Statement, ...]:
    partition, _, account, _ = _parts_of(cluster)
    root = Principal(aws=(f"arn:{partition}:iam::{account}:root",))
    role = Condition(
        "ArnEquals", "aws:PrincipalArn", (f"arn:{partition}:iam::{account}:{pod_role}",)
    )
    if session_tags == "off":
        only = Condition(
            "StringEquals", "sts:ExternalId", (_external_id(cluster, namespace, service_account),)
        )
        return (
            Statement(principal=root, action=("sts:AssumeRole",), conditions=(only, role)),
            Statement(principal=root, action=(TAG_SESSION,)),
        )
    values = dict(zip(_NAMES, (cluster, namespace, service_account), strict=True))
    tags = [Condition("StringEquals", _eks.TAGS[name], (values[name],)) for name in _NAMES]
    actions = ("sts:AssumeRole", TAG_SESSION)
    return (Statement(principal=root, action=actions, conditions=(*tags, role)),)


def _parts_of(cluster: str) -> tuple[str, str, str, str]:
    """Partition, region, account and name in a cluster's ARN."""
    found = _ARN.fullmatch(cluster)
    if found:
        return (found[1], found[2], found[3], found[4])
    return ("aws", "", "", "")


def _external_id(cluster: str, namespace: str, service_account: str) -> str:
    _, region, account, name = _parts_of(cluster)
    return "/".join((region, account, name, namespace, service_account))


def answers(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    first = statements[0]
    roles = asked(first, "aws:PrincipalArn", "ArnEquals")
    found = re.fullmatch(rf"arn:(aws[a-z-]*):iam::({ACCOUNT_ID}):(role/.+)", "".join(roles))
    if found is None or len(roles) != 1:
        return None
    ids = asked(first, "sts:ExternalId", "StringEquals")
    parts = "".join(ids).split("/")
    if len(ids) == 1 and len(parts) == 5:
        region, account, name, namespace, service_account = parts
        cluster = f"arn:{found[1]}:eks:{region}:{account}:cluster/{name}"
        told = {"cluster": cluster, "namespace": namespace, "service_account": service_account}
        return {**told, "pod_role": found[3], "session_tags": "off"}
    tags = {name: "".join(asked(first, _eks.TAGS[name], "StringEquals")) for name in _NAMES}
    if all(tags.values()):
        return {**tags, "pod_role": found[3]}
    return None


def label(answers: Mapping[str, Any]) -> str:
    return _eks.label("EKS Pod Identity target", answers)


def companions(
    role: Role,
    cluster: str,
    pod_role: str,
    namespace: str,
    service_account: str,
    session_tags: str,
) -> tuple[Companion, ...]:
    partition, region, account, name = _parts_of(cluster)
    arn = _accounts.arn_of(role, partition)
    allow = Statement(action=("sts:AssumeRole", TAG_SESSION), resource=(arn,))
    options = {
        "--cluster-name": name,
        "--region": region,
        "--namespace": namespace,
        "--service-account": service_account,
        "--role-arn": f"arn:{partition}:iam::{account}:{pod_role}",
        "--target-role-arn": arn,
    }
    text = command(("aws", "eks", "create-pod-identity-association"), options)
    if session_tags == "off":
        text += " \\\n  --disable-session-tags"
    association = "Run this in the cluster's account. It names both roles."
    permission = f"Attach this permission policy to {pod_role} in account {account}."
    policy = str(TrustPolicy((allow,)))
    return (
        Companion("association", "The association", association, "associate.sh", f"{text}\n"),
        Companion(
            *("permission_policy", f"In account {account}", permission),
            *("allow-assume-role.json", policy),
        ),
    )


PATTERN = Pattern(
    title="EKS Pod Identity, target role",
    group="AWS itself",
    about="Pods of a cluster in another account, through an association's target role.",
    callers=frozenset({"aws"}),
    example={
        "cluster": "arn:aws:eks:eu-central-1:444455556666:cluster/web",
        "pod_role": "role/pod-identity",
        "namespace": "shop",
        "service_account": "cart",
    },
    statements=statements,
    answers=answers,
    label=label,
    companions=companions,
)
