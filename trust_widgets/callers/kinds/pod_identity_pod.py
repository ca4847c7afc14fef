"""A pod on EKS that an association gives the role to (EKS Pod Identity).

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
"""

from __future__ import annotations

from typing import Annotated

from trust_widgets.aws.arns import ACCOUNT_ID, arn_of
from trust_widgets.aws.service_calls import POD_IDENTITY
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers.from_policy import allows, wanted
from trust_widgets.callers.request_context import ContextBuilder, fill_service
from trust_widgets.evaluation import Request
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import TrustPolicy
from trust_widgets.providers.issuers.eks import NAMESPACE, SERVICE_ACCOUNT

_CLUSTER = Question(
    "Cluster",
    "Its ARN.",
    "arn:aws:eks:eu-central-1:111122223333:cluster/web",
    r"arn:aws[a-z-]*:eks:[a-z0-9-]+:" + ACCOUNT_ID + r":cluster/[0-9A-Za-z][0-9A-Za-z_-]{0,99}",
    "Write the ARN of a cluster like arn:aws:eks:eu-central-1:111122223333:cluster/web.",
)
_UNTAGGED = Question("The association turns session tags off", more=True)


def request(
    role: str = ROLE,
    cluster: Annotated[str, _CLUSTER] = "",
    namespace: Annotated[str, NAMESPACE] = "",
    service_account: Annotated[str, SERVICE_ACCOUNT] = "",
    untagged: Annotated[bool, _UNTAGGED] = False,
) -> Request:
    filling = ContextBuilder("sts:AssumeRole", role)
    fill_service(filling)
    # Whether it passes the others, and which, EKS's pages do not say.
    arn = arn_of(cluster)
    if arn is not None:
        filling.put("aws:SourceAccount", arn.account)
    else:
        filling.leave_open("aws:SourceAccount")
    filling.leave_open(
        "aws:SourceArn",
        "aws:SourceOrgID",
        "aws:SourceOrgPaths",
        "sts:ExternalId",
    )
    if untagged:
        filling.session("")
        return filling.request(POD_IDENTITY)
    told = {
        "eks-cluster-arn": cluster,
        "eks-cluster-name": cluster.rpartition("/")[2],
        "kubernetes-namespace": namespace,
        "kubernetes-service-account": service_account,
    }
    of_the_pod = ("kubernetes-pod-name", "kubernetes-pod-uid")
    filling.leave_open(*(f"aws:RequestTag/{key}" for key in of_the_pod))
    keys = (*told, *of_the_pod)
    filling.session("", tags=told, transitive=keys)
    filling.put("aws:TagKeys", keys)
    return filling.request(POD_IDENTITY)


def guess(policy: TrustPolicy, role: str) -> dict[str, Answer] | None:
    for statement, service in allows(policy, "sts:AssumeRole", "Service"):
        if service == POD_IDENTITY:
            tags = {"cluster": "eks-cluster-arn", "namespace": "kubernetes-namespace"}
            tags["service_account"] = "kubernetes-service-account"
            usual = {"cluster": _CLUSTER.example, "namespace": "shop", "service_account": "cart"}
            return {
                name: wanted(statement, f"aws:RequestTag/{tag}") or usual[name]
                for name, tag in tags.items()
            }
    return None


CALLER = Caller(
    title="EKS pod (Pod Identity)",
    about="A pod whose service account has an association with the role.",
    group="Kubernetes",
    request=request,
    source="https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
    note=(
        "EKS tags every session unless the association turns it off, so the trust "
        "policy must allow sts:TagSession. The association must also exist. A trust "
        "policy does not show it."
    ),
    guess=guess,
)
