"""Pods on EKS by their service account (IRSA).

https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

import trust_widgets as tw

PATTERN = tw.PATTERNS["irsa"]
ID = "EXAMPLED539D4633E53DE1B71EXAMPLE"
ISSUER = f"oidc.eks.eu-central-1.amazonaws.com/id/{ID}"


def built(cluster: str = ISSUER, namespace: str = "shop", service_account: str = "cart") -> tw.Role:
    """A role for one service account unless told otherwise."""
    return PATTERN.build(
        account="111122223333",
        cluster=cluster,
        namespace=namespace,
        service_account=service_account,
    )


def read(conditions: dict[str, Any], issuer: str = ISSUER, partition: str = "aws") -> tw.Grant:
    """The grant that a pasted statement becomes."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": f"arn:{partition}:iam::111122223333:oidc-provider/{issuer}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": conditions,
    }
    (grant,) = tw.TrustModel(
        text=json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    ).grants
    return grant


def test_one_service_account() -> None:
    """Audience and subject under StringEquals, below the issuer without https://."""
    assert built().trust.to_dict()["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}"},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    f"{ISSUER}:aud": "sts.amazonaws.com",
                    f"{ISSUER}:sub": "system:serviceaccount:shop:cart",
                }
            },
        }
    ]


@pytest.mark.parametrize(
    "cluster",
    [
        ISSUER,
        f"https://{ISSUER}",
        f" https://{ISSUER}/ ",
        f"arn:aws:iam::111122223333:oidc-provider/{ISSUER}",
        f"eu-central-1/{ID}",
        f"eu-central-1 {ID}",
    ],
)
def test_a_cluster_however_it_is_pasted(cluster: str) -> None:
    """URL, ARN, or region and id: one issuer."""
    assert built(cluster).trust == built().trust


@pytest.mark.parametrize(
    ("cluster", "principal"),
    [
        (
            f"cn-north-1/{ID}",
            f"arn:aws-cn:iam::111122223333:oidc-provider/oidc.eks.cn-north-1.amazonaws.com.cn/id/{ID}",
        ),
        (
            f"https://oidc.eks.us-gov-west-1.amazonaws.com/id/{ID}",
            f"arn:aws-us-gov:iam::111122223333:oidc-provider/oidc.eks.us-gov-west-1.amazonaws.com/id/{ID}",
        ),
        (
            f"oidc-eks.eu-central-1.api.aws/id/{ID}",
            f"arn:aws:iam::111122223333:oidc-provider/oidc-eks.eu-central-1.api.aws/id/{ID}",
        ),
        (
            f"xx-new-7/{ID}",
            f"arn:aws:iam::111122223333:oidc-provider/oidc.eks.xx-new-7.amazonaws.com/id/{ID}",
        ),
    ],
)
def test_the_region_tells_the_partition(cluster: str, principal: str) -> None:
    """Of the provider and of the role, whose ARN the manifest holds."""
    role = built(cluster)
    assert role.trust.to_dict()["Statement"][0]["Principal"] == {"Federated": principal}
    arn = f"{principal.partition(':iam:')[0]}:iam::111122223333:role/example-role"
    assert f"role-arn: {arn}\n" in role.companions[0].text


@pytest.mark.parametrize(
    "cluster",
    [
        "web",
        ID,
        "https://oidc.eks.eu-central-1.amazonaws.com",
        f"http://{ISSUER}",
        f"https://evil.example/{ISSUER}",
        f"oidc.eks.eu-central-1.amazonaws.com.evil.example/id/{ID}",
        f"{ISSUER}:sub",
        f"{ISSUER}\n/",
        f"oidc.eks.eu-central-1.amazonaws.com/id/{ID.lower()}",
    ],
)
def test_what_is_no_cluster_is_refused(cluster: str) -> None:
    """The message holds the command that prints a right one.

    EKS writes an id in capital letters, and a token is compared to the letter.
    """
    with pytest.raises(ValueError, match=r"cluster: .*aws eks describe-cluster --name "):
        built(cluster)


@pytest.mark.parametrize(
    ("namespace", "service_account", "complaint"),
    [
        ("Shop", "cart", "namespace: .*like shop"),
        ("shop.web", "cart", "namespace: .*like shop"),
        ("-shop", "cart", "namespace: .*like shop"),
        ("s" * 64, "cart", "namespace: .*like shop"),
        ("shop:cart", "x", "namespace: .*like shop"),
        ("shop", "my_cart", "service_account: .*like cart"),
        ("shop", "", "service_account: Required, for example cart"),
    ],
)
def test_names_that_kubernetes_refuses(
    namespace: str, service_account: str, complaint: str
) -> None:
    """A namespace is a DNS label, a service account a DNS subdomain.
    https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"""
    with pytest.raises(ValueError, match=complaint):
        built(namespace=namespace, service_account=service_account)


def test_a_whole_namespace() -> None:
    """A wildcard stands under StringLike, and in no manifest."""
    role = built(service_account="*")
    assert role.trust.to_dict()["Statement"][0]["Condition"] == {
        "StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"},
        "StringLike": {f"{ISSUER}:sub": "system:serviceaccount:shop:*"},
    }
    metadata = yaml.safe_load(role.companions[0].text)["metadata"]
    assert (metadata["name"], metadata["namespace"]) == ("SERVICE_ACCOUNT", "shop")


def test_companions() -> None:
    """The service account names the role, and IAM has to know the cluster's issuer."""
    manifest, provider, _ = built(service_account="cart.v1").companions
    assert yaml.safe_load(manifest.text) == {
        "apiVersion": "v1",
        "kind": "ServiceAccount",
        "metadata": {
            "name": "cart.v1",
            "namespace": "shop",
            "annotations": {
                "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/example-role"
            },
        },
    }
    assert (provider.kind, dict(provider.data)) == (
        "oidc_provider",
        {"url": f"https://{ISSUER}", "client_id": "sts.amazonaws.com"},
    )


def test_names_that_yaml_would_take_for_something_else() -> None:
    """A namespace may be called on, or 1e3."""
    metadata = yaml.safe_load(built(namespace="on", service_account="1e3").companions[0].text)[
        "metadata"
    ]
    assert (metadata["name"], metadata["namespace"]) == ("1e3", "on")


AUDIENCE = {f"{ISSUER}:aud": "sts.amazonaws.com"}


def test_reading_back() -> None:
    """The issuer is the cluster; a guard on top stays a guard."""
    subject = {f"{ISSUER.lower()}:SUB": "system:serviceaccount:kube-system:*"}
    grant = read(
        {
            "StringEquals": AUDIENCE,
            "StringLike": subject,
            "IpAddress": {"aws:SourceIp": "203.0.113.0/24"},
        }
    )
    assert (grant.pattern, grant.answers) == (
        "irsa",
        {"cluster": ISSUER, "namespace": "kube-system", "service_account": "*"},
    )
    assert [guard.key for guard in grant.guards] == ["aws:SourceIp"]


@pytest.mark.parametrize(
    "conditions",
    [
        {"StringEquals": AUDIENCE},
        {"StringEquals": {**AUDIENCE, f"{ISSUER}:sub": "system:serviceaccount:shop:*"}},
        {"StringEquals": {**AUDIENCE, f"{ISSUER}:sub": "shop:cart"}},
        {
            "StringEquals": AUDIENCE,
            "StringNotEquals": {f"{ISSUER}:sub": "system:serviceaccount:shop:cart"},
        },
        {"StringEquals": AUDIENCE, "StringLike": {f"{ISSUER}:sub": "system:serviceaccount:shop*"}},
        {
            "StringEquals": {
                f"{ISSUER}:aud": "other",
                f"{ISSUER}:sub": "system:serviceaccount:shop:cart",
            }
        },
        {"StringEquals": {f"{ISSUER}:sub": "system:serviceaccount:shop:cart"}},
    ],
)
def test_what_says_something_else_is_not_read_as_this(conditions: dict[str, Any]) -> None:
    """Nor as any issuer's: EKS has this form."""
    assert read(conditions).pattern == "custom"


def test_an_arn_of_another_partition_is_not_read_as_this() -> None:
    """A region belongs to one partition."""
    conditions = {"StringEquals": {**AUDIENCE, f"{ISSUER}:sub": "system:serviceaccount:shop:cart"}}
    assert read(conditions).pattern == "irsa"
    assert read(conditions, partition="aws-cn").pattern == "custom"


@pytest.mark.parametrize(
    ("namespace", "service_account", "label"),
    [("shop", "cart", "EKS · shop/cart"), (" shop ", "", "EKS · shop/…"), ("", "", "EKS")],
)
def test_the_chip_says_which(namespace: str, service_account: str, label: str) -> None:
    """However unfinished."""
    assert (
        PATTERN.label({"cluster": "", "namespace": namespace, "service_account": service_account})
        == label
    )
