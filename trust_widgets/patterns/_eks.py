"""What both patterns for pods on EKS share: clusters, namespaces and service accounts as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trust_widgets.aws.partitions import PARTITIONS, Partition
from trust_widgets.providers.eks import HOST, REGION
from trust_widgets.questions import Question

_ID = "[0-9A-Z]{32}"
CLUSTER = Question(
    "Cluster",
    "aws eks describe-cluster --name CLUSTER --query cluster.identity.oidc.issuer --output text",
    "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
    rf"(https://|arn:[a-z-]+:iam::[0-9]{{12}}:oidc-provider/)?{HOST}/id/{_ID}/?|{REGION}[/ ]+{_ID}",
    "A cluster is its issuer's URL, its provider's ARN, or its region and the 32 characters, like"
    " eu-central-1/EXAMPLED539D4633E53DE1B71EXAMPLE or"
    " oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE.",
)
# https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
NAMESPACE = Question(
    "Namespace",
    "Of Kubernetes, where the pods run.",
    "shop",
    r"[a-z0-9*?]([a-z0-9*?-]{0,61}[a-z0-9*?])?",
    "A namespace is up to 63 small letters, digits and -, like shop.",
)
SERVICE_ACCOUNT = Question(
    "Service account",
    "One for these pods alone: whatever names none runs as default.",
    "cart",
    r"[a-z0-9*?]([a-z0-9.*?-]{0,251}[a-z0-9*?])?",
    "A service account is small letters, digits, - and ., like cart.",
)


def issuer_from(cluster: str) -> str:
    """A cluster's issuer, from its URL, its provider's ARN, or its region and id.

    Example:
        >>> issuer_from("cn-north-1/EXAMPLED539D4633E53DE1B71EXAMPLE")
        'oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLED539D4633E53DE1B71EXAMPLE'
    """
    if re.fullmatch(rf"{REGION}[/ ]+{_ID}", cluster):
        region, *_, number = re.split("[/ ]+", cluster)
        return f"oidc.eks.{region}.{_partition_of(region).dns_suffix}/id/{number}"
    return re.sub("^(https://|arn:.*:oidc-provider/)", "", cluster).rstrip("/")


def partition_of(issuer: str) -> str:
    """The name of the partition that a cluster's issuer is in.

    Example:
        >>> partition_of("oidc.eks.us-gov-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE")
        'aws-us-gov'
    """
    return _partition_of(issuer.split(".")[2 if issuer.startswith("oidc.eks.") else 1]).name


def _partition_of(region: str) -> Partition:
    """AWS's usual one for a region that nobody knew when the data was made."""
    return next((p for p in PARTITIONS if re.fullmatch(p.region_pattern, region)), PARTITIONS[0])


def label(title: str, answers: Mapping[str, Any]) -> str:
    """A few words about pods, however unfinished the answers are."""
    namespace, account = answers["namespace"].strip(), answers["service_account"].strip()
    return f"{title} · {namespace or '…'}/{account or '…'}" if namespace or account else title
