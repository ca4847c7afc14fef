"""Amazon EKS: a token for each pod, whose subject says its namespace and service account.

https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from trust_widgets.aws.arns import ACCOUNT_ID
from trust_widgets.aws.partitions import PARTITIONS, partition_of_region
from trust_widgets.forms import Question
from trust_widgets.providers import Provider, Reading
from trust_widgets.providers.facts import IssuerFacts, WidePart
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part

REGION = r"[a-z]+(?:-[a-z]+)+-[0-9]+"
_SUFFIXES = "|".join(sorted({re.escape(partition.dns_suffix) for partition in PARTITIONS}))
HOST = (
    rf"(?:oidc\.eks\.{REGION}\.(?:{_SUFFIXES})"
    # Of clusters with IPv6: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
    rf"|oidc-eks\.{REGION}\.api\.(?:aws|amazonwebservices\.(?:com\.cn|eu)))"
)
_ID = "[0-9A-Z]{32}"
_COMMAND = (
    "aws eks describe-cluster --name CLUSTER --query cluster.identity.oidc.issuer --output text"
)
CLUSTER = Question(
    "Cluster",
    f"Issuer URL of the cluster: `{_COMMAND}` prints it.",
    "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
    rf"(https://|arn:[a-z-]+:iam::{ACCOUNT_ID}:oidc-provider/)?{HOST}/id/{_ID}/?|{REGION}[/"
    rf" ]+{_ID}",
    f"Enter the issuer of the cluster, not its name. `{_COMMAND}` prints it.",
)
# https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
NAMESPACE = Question(
    "Namespace",
    "Kubernetes namespace of the pods.",
    "shop",
    r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
    "A namespace has up to 63 lower case letters, digits and -, like shop.",
)
SERVICE_ACCOUNT = Question(
    "Service account",
    "Use a dedicated service account. Pods without one run as `default`.",
    "cart",
    r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?",
    "A service account name has lower case letters, digits, - and ., like cart.",
)
# The service accounts of one role's jobs, as AWS's own command writes them.
# https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/setting-up-trust-policy.html
_OF_EMR = re.compile(
    r"system:serviceaccount:[a-z0-9-]+"
    rf":emr-containers-sa-\*-\*-{ACCOUNT_ID}-[0-9a-z]+"
)


def is_of_emr(pattern: str) -> bool:
    """Whether a pattern is for the jobs of one role, as `aws emr-containers` writes it.

    Example:
        >>> is_of_emr("system:serviceaccount:spark:emr-containers-sa-*-*-111122223333-1abc2d3e4f5g")
        True
    """
    return _OF_EMR.fullmatch(pattern) is not None


GRAMMAR = Grammar(
    forms=(
        Form(
            "pod",
            "system:serviceaccount:{namespace}:{service_account}",
            "pods of {service_account} in {namespace}",
            "of each pod that runs as this service account",
        ),
    ),
    parts=(
        Part("namespace", "namespace {}", "any namespace", "[a-z0-9-]", "shop", most=63),
        Part(
            "service_account",
            "service account {}",
            "any service account",
            "[a-z0-9.-]",
            "cart",
            most=253,
        ),
    ),
    everything="any pod of the EKS cluster",
)


def issuer_from(cluster: Annotated[str, CLUSTER]) -> str:
    """A cluster's issuer, from its URL, its provider's ARN, or its region and ID.

    Example:
        >>> issuer_from("cn-north-1/EXAMPLED539D4633E53DE1B71EXAMPLE")
        'oidc.eks.cn-north-1.amazonaws.com.cn/id/EXAMPLED539D4633E53DE1B71EXAMPLE'
    """
    if re.fullmatch(rf"{REGION}[/ ]+{_ID}", cluster):
        region, *_, number = re.split("[/ ]+", cluster)
        partition = partition_of_region(region) or PARTITIONS[0]
        return f"oidc.eks.{region}.{partition.dns_suffix}/id/{number}"
    return re.sub("^(https://|arn:.*:oidc-provider/)", "", cluster).rstrip("/")


def subject(
    namespace: Annotated[str, NAMESPACE], service_account: Annotated[str, SERVICE_ACCOUNT]
) -> str:
    """The subject of a pod's token; of names with wildcards, the pattern for several.

    Example:
        >>> subject("shop", "cart")
        'system:serviceaccount:shop:cart'
    """
    return f"system:serviceaccount:{namespace}:{service_account}"


def names_in(pattern: str) -> tuple[str, str] | None:
    """The namespace and service account in a subject or a pattern; `None` when no pod's subject
    fits it.

    Example:
        >>> names_in("system:serviceaccount:shop:cart"), names_in("system:serviceaccount:shop*")
        (('shop', 'cart'), ('shop*', '*'))
    """
    for fit in GRAMMAR.fits(pattern):
        names = fit.parts["namespace"], fit.parts["service_account"]
        if len(names[0]) == len(names[1]) == 1:
            return (names[0][0], names[1][0])
        return None
    return None


def read(pattern: str) -> Reading | None:
    """A subject, or a pattern for subjects, in words; `None` when no pod's token has such a
    subject.

    Faults, widest first: `namespace_any`, `namespace_unterminated`, `service_account_any`,
    `service_account_unterminated`, and `service_account_default`, the one of every pod that names
    none.

    Example:
        >>> read("system:serviceaccount:shop:*").words, read("system:serviceaccount:shop:*").faults
        ('pods of any service account in namespace shop', ('service_account_any',))
    """
    reading, names = GRAMMAR.read(pattern), names_in(pattern)
    if reading is None or names is None:
        return reading
    if is_of_emr(pattern):
        kept = (fault for fault in reading.faults if not fault.startswith("service_account"))
        return replace(reading, faults=tuple(kept))
    if names[1] != "default":
        return reading
    # https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
    wide, faults = (
        ("service account default", *reading.wide),
        (*reading.faults, "service_account_default"),
    )
    return replace(reading, wide=wide, faults=faults)


def _correct_subjects(text: str) -> Iterator[str]:
    names = re.sub("^(?:system:)?(?:service[-_]?accounts?:)?", "", text, flags=re.IGNORECASE)
    yield f"system:serviceaccount:{names.replace('/', ':')}"


def _explain_difference(given: str, wanted: str) -> str:
    if read(wanted) is None:
        return f"The subject of a pod's token looks like {subject('shop', 'cart')}."
    return ""


PROVIDER = Provider(
    title="Amazon EKS",
    owns=lambda issuer: re.fullmatch(rf"{HOST}/id/[^/]+", issuer, re.IGNORECASE) is not None,
    audience="sts.amazonaws.com",
    read=read,
    source="https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html",
    issuer="oidc.eks.{region}.amazonaws.com/id/{cluster}",
    issuer_from=issuer_from,
    subject=subject,
    answers=GRAMMAR.parts_of,
    subjects_for=GRAMMAR.subjects_for,
    setup=(
        "The cluster puts a token into each pod whose service account is annotated with the role."
    ),
    read_on="2026-11-23",
    verified="Issuer, audience and subjects are in AWS's pages. The host in China is not verified.",
)

FACTS = IssuerFacts(
    audience_names="purpose",
    subjects="exact",
    grammar=GRAMMAR,
    client="the cluster's webhook",
    audience_in_every_partition=True,
    # Every pod that names no service account has such a token.
    anyones_subject="system:serviceaccount:default:default",
    wide_parts={
        "namespace": WidePart(),
        "service_account": WidePart(noun="the service account", level="low"),
    },
    published_alone=is_of_emr,
    advice={
        "service_account_default": (
            "Pods that name no service account run as default. Create a service account "
            "for these pods only."
        ),
    },
    correct_subjects=_correct_subjects,
    explain_difference=_explain_difference,
    other_issuer="This is another EKS cluster: each cluster has its own issuer.",
    pattern="irsa",
)
