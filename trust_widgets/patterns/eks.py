"""What both patterns for pods on EKS share: clusters, namespaces and service accounts as people
write them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.partitions import PARTITIONS, partition_of_region
from trust_widgets.forms import Question
from trust_widgets.providers.issuers import eks
from trust_widgets.providers.issuers.eks import CLUSTER as CLUSTER
from trust_widgets.providers.issuers.eks import issuer_from as issuer_from

# With wildcards, for several at once.
NAMESPACE = replace(eks.NAMESPACE, rule=r"[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?")
SERVICE_ACCOUNT = replace(eks.SERVICE_ACCOUNT, rule=r"[a-z0-9*?]([a-z0-9.*?-]{0,251}[a-z0-9*?])?")

# Tags of the session, unless the association turns them off.
# https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
TAGS = {
    "cluster": "aws:RequestTag/eks-cluster-arn",
    "namespace": "aws:RequestTag/kubernetes-namespace",
    "service_account": "aws:RequestTag/kubernetes-service-account",
}
CLUSTER_ARN = Question(
    "Cluster",
    "ARN of the cluster.",
    "arn:aws:eks:eu-central-1:111122223333:cluster/web",
    r"arn:aws[a-z-]*:eks:[a-z0-9-]+:" + ACCOUNT_ID + r":cluster/[0-9A-Za-z][0-9A-Za-z_-]{0,99}",
    "Write the ARN of a cluster like arn:aws:eks:eu-central-1:111122223333:cluster/web.",
)
# One namespace and one service account: a tag is compared with StringEquals.
POD_NAMESPACE = replace(eks.NAMESPACE, rule=r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
POD_SERVICE_ACCOUNT = replace(eks.SERVICE_ACCOUNT, rule=r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")


def partition_of(issuer: str) -> str:
    """The name of the partition that a cluster's issuer is in.

    Example:
        >>> partition_of("oidc.eks.us-gov-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE")
        'aws-us-gov'
    """
    region = re.search(eks.REGION, issuer)
    partition = partition_of_region(region[0]) if region else None
    return (partition or PARTITIONS[0]).name


def label(title: str, answers: Mapping[str, Any]) -> str:
    """A few words about pods, however unfinished the answers are."""
    namespace, account = answers["namespace"].strip(), answers["service_account"].strip()
    if namespace or account:
        return f"{title} · {namespace or '…'}/{account or '…'}"
    return title
