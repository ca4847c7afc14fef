"""Pods on EKS that an association gives the role to.

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
"""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest

import trust_widgets as tw

PATTERN = tw.PATTERNS["pod_identity"]
CLUSTER = "arn:aws:eks:eu-central-1:111122223333:cluster/web"
BARE = {
    "Effect": "Allow",
    "Principal": {"Service": "pods.eks.amazonaws.com"},
    "Action": ["sts:AssumeRole", "sts:TagSession"],
}


def built(**answers: str) -> tw.Role:
    """A role for the pods that the answers tell."""
    return PATTERN.build(account="111122223333", **answers)


def read(**elements: Any) -> tw.Grant:
    """The grant that AWS's statement becomes, with some elements changed."""
    document = {"Version": "2012-10-17", "Statement": [BARE | elements]}
    (grant,) = tw.TrustModel(text=json.dumps(document)).grants
    return grant


def test_whatever_is_associated() -> None:
    """The statement of AWS's page: EKS tags each session, so that it needs both actions."""
    assert built().trust.to_dict()["Statement"] == [BARE]
    assert [str(finding) for finding in tw.check(built().trust)] == []


def test_one_service_account_of_one_cluster() -> None:
    """Each answer is the tag that EKS gives the session.
    https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html"""
    role = built(cluster=CLUSTER, namespace="shop", service_account="cart")
    assert role.trust.to_dict()["Statement"][0]["Condition"] == {
        "StringEquals": {
            "aws:RequestTag/eks-cluster-arn": CLUSTER,
            "aws:RequestTag/kubernetes-namespace": "shop",
            "aws:RequestTag/kubernetes-service-account": "cart",
        }
    }


@pytest.mark.parametrize(
    ("answers", "options", "hint"),
    [
        (
            {
                "cluster": CLUSTER.replace("aws", "aws-cn", 1),
                "namespace": "shop",
                "service_account": "cart",
            },
            ["web", "shop", "cart", "arn:aws-cn:iam::111122223333:role/example-role"],
            True,
        ),
        (
            {},
            [
                "CLUSTER",
                "NAMESPACE",
                "SERVICE_ACCOUNT",
                "arn:aws:iam::111122223333:role/example-role",
            ],
            False,
        ),
    ],
)
def test_the_association(answers: dict[str, str], options: list[str], hint: bool) -> None:
    """All that the call needs; what the role leaves open the reader puts in. Conditions need the
    session's tags.
    https://docs.aws.amazon.com/cli/latest/reference/eks/create-pod-identity-association.html
    """
    association, _ = built(**answers).companions
    words = shlex.split(association.text.replace("\\\n", ""))
    assert words[:3] == ["aws", "eks", "create-pod-identity-association"]
    told = dict(zip(words[3::2], words[4::2], strict=True))
    names = ("--cluster-name", "--namespace", "--service-account", "--role-arn")
    assert told == dict(zip(names, options, strict=True)) | (
        {"--region": "eu-central-1"} if answers else {}
    )
    assert (
        f"create-addon --cluster-name {options[0]} --addon-name eks-pod-identity-agent"
        in association.note
    )
    assert ("session tags" in association.note) is hint


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({"cluster": "web"}, "cluster: .*like arn:aws:eks:eu-central-1:111122223333:cluster/web"),
        ({"cluster": "arn:aws:eks:eu-central-1:111122223333:cluster/*"}, "cluster: "),
        ({"namespace": "shop-*"}, "namespace: .*like shop"),
        ({"service_account": "Cart"}, "service_account: .*like cart"),
    ],
)
def test_what_no_session_has_as_a_tag(answers: dict[str, str], complaint: str) -> None:
    """Names are compared to the letter: a wildcard would let nobody in."""
    with pytest.raises(ValueError, match=complaint):
        built(**answers)


def test_reading_back() -> None:
    """Single values with or without a list, keys in any case; another condition stays a guard."""
    tags = {
        "aws:requesttag/kubernetes-namespace": ["shop"],
        "aws:RequestTag/kubernetes-service-account": ["cart"],
    }
    grant = read(
        Condition={"StringEquals": tags, "StringLike": {"aws:RequestTag/eks-cluster-name": "web-*"}}
    )
    assert (grant.pattern, grant.answers) == (
        "pod_identity",
        {"namespace": "shop", "service_account": "cart"},
    )
    assert [guard.key for guard in grant.guards] == ["aws:RequestTag/eks-cluster-name"]


def test_several_namespaces_are_a_guard() -> None:
    """The form asks for one."""
    tags = {"aws:RequestTag/kubernetes-namespace": ["shop", "web"]}
    grant = read(Condition={"StringEquals": tags})
    assert (grant.pattern, grant.answers) == ("pod_identity", {})
    assert [guard.values for guard in grant.guards] == [("shop", "web")]


@pytest.mark.parametrize(
    ("elements", "pattern"),
    [
        ({"Action": "sts:AssumeRole"}, "aws_service"),
        ({"Effect": "Deny"}, "custom"),
        ({"Principal": {"Service": ["pods.eks.amazonaws.com", "ec2.amazonaws.com"]}}, "custom"),
    ],
)
def test_what_says_something_else_is_not_read_as_this(
    elements: dict[str, Any], pattern: str
) -> None:
    """Without TagSession the call would be refused."""
    assert read(**elements).pattern == pattern


@pytest.mark.parametrize(
    ("namespace", "service_account", "label"),
    [
        ("shop", "cart", "EKS Pod Identity · shop/cart"),
        ("", "cart", "EKS Pod Identity · …/cart"),
        ("", "", "EKS Pod Identity"),
    ],
)
def test_the_chip_says_which(namespace: str, service_account: str, label: str) -> None:
    """However unfinished."""
    assert (
        PATTERN.label({"cluster": "", "namespace": namespace, "service_account": service_account})
        == label
    )
