"""The trust policy that EKS Pod Identity needs names both actions.

https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
"""

from __future__ import annotations

import pytest

from support.asking import fixed, found, grant, only, policy, several, statement
from trust_widgets.findings import Verdict

NAME = "pod_identity_without_tags"
PODS = {"Service": "pods.eks.amazonaws.com"}
SHOP = {"StringEquals": {"aws:RequestTag/kubernetes-namespace": "shop"}}


@pytest.mark.parametrize("condition", [None, SHOP])
def test_the_action_is_added(condition: object) -> None:
    """With a condition on the tags or without: one mistake, and the tags' own rule is silent."""
    text = policy(PODS, condition=condition)
    finding = only(NAME, text)
    assert (finding.verdict, finding.path) == (Verdict.DEAD, ("Statement", 0, "Action"))
    assert statement(fixed(finding, text))["Action"] == ["sts:AssumeRole", "sts:TagSession"]


@pytest.mark.parametrize(
    "text",
    [
        policy(PODS, ["sts:AssumeRole", "sts:TagSession"], SHOP),
        several(grant(PODS), grant(PODS, "sts:TagSession")),
        policy(PODS, Effect="Deny"),
        policy({"Service": "eks.amazonaws.com"}),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Both in one statement or in two, a Deny, and the service of clusters themselves."""
    assert found(NAME, text) == []
