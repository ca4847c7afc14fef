"""EKS Pod Identity is reported to send the ARN of the cluster; AWS's page does not say.

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
"""

from __future__ import annotations

import pytest

from support.asking import found, loud, policy

NAME = "pod_identity_association_as_source"
PODS = {"Service": "pods.eks.amazonaws.com"}


def asking(arn: str, operator: str = "ArnLike", key: str = "aws:SourceArn", **more: str) -> str:
    """A role for pods with a condition on its source."""
    own = {"StringEquals": {"aws:SourceAccount": "111122223333"}}
    condition = own | {operator: {key: arn}}
    return policy(PODS, ["sts:AssumeRole", "sts:TagSession"], condition, **more)


@pytest.mark.parametrize("operator", ["ArnLike", "ArnEquals", "StringLike"])
@pytest.mark.parametrize("partition", ["aws", "aws-cn"])
def test_an_association_may_match_nobody(operator: str, partition: str) -> None:
    arn = f"arn:{partition}:eks:*:111122223333:podidentityassociation/web/*"
    text = asking(arn, operator)
    (finding,) = found(NAME, text)
    assert finding.path[:5] == ("Statement", 0, "Condition", operator, "aws:SourceArn")
    assert finding.assumptions and loud(text) == []
    assert f"arn:{partition}:eks:*:111122223333:cluster/web" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        asking("arn:aws:eks:eu-west-1:111122223333:cluster/web"),
        asking("arn:aws:eks:eu-west-1:111122223333:cluster/*"),
        asking("arn:aws:eks:*:111122223333:*"),
        asking("arn:aws:eks:*:111122223333:podidentityassociation/web/*", "ArnNotLike"),
        asking("arn:aws:eks:*:111122223333:podidentityassociation/web/*", Effect="Deny"),
        policy(
            {"Service": "eks.amazonaws.com"},
            condition={"ArnLike": {"aws:SourceArn": "arn:aws:eks:*:111122223333:nodegroup/*"}},
        ),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    assert found(NAME, text) == []
