"""Wrong answers to the exercise `pods_of_any_cluster`."""

from __future__ import annotations

from typing import Any

import pytest

from support.wrong_answers import WrongAnswer, assert_rejected
from trust_widgets.exercises.writing import OWN, policy, statement

PODS = {"Service": "pods.eks.amazonaws.com"}
ACTIONS = ["sts:AssumeRole", "sts:TagSession"]
NAMESPACE = "aws:RequestTag/kubernetes-namespace"
ACCOUNT = "aws:RequestTag/kubernetes-service-account"
CLUSTER = "aws:RequestTag/eks-cluster-arn"


def pods(condition: Any, actions: Any = ACTIONS) -> str:
    """A policy for pods."""
    return policy(statement(PODS, actions, Condition=condition))


API = "The pod api in the cluster blue"
WRONG = (
    WrongAnswer("every pod", policy(statement(PODS, ACTIONS)), "let_in", "The pod worker"),
    WrongAnswer(
        "no sts:TagSession",
        pods({"StringEquals": {NAMESPACE: "payments", ACCOUNT: "api"}}, "sts:AssumeRole"),
        "locked_out",
        API,
    ),
    WrongAnswer(
        "the namespace alone",
        pods({"StringEquals": {NAMESPACE: "payments"}}),
        "let_in",
        "The pod worker",
    ),
    WrongAnswer(
        "the service account alone",
        pods({"StringEquals": {ACCOUNT: "api"}}),
        "let_in",
        "A pod api of another namespace",
    ),
    WrongAnswer(
        "one cluster",
        pods(
            {
                "StringEquals": {
                    NAMESPACE: "payments",
                    ACCOUNT: "api",
                    CLUSTER: f"arn:aws:eks:eu-central-1:{OWN}:cluster/blue",
                }
            }
        ),
        "locked_out",
        "The pod api in the cluster green",
    ),
    WrongAnswer(
        "tags of the caller, which is a service",
        pods({"StringEquals": {"aws:PrincipalTag/kubernetes-service-account": "api"}}),
        "locked_out",
        API,
    ),
    WrongAnswer(
        "accounts that begin so",
        pods({"StringEquals": {NAMESPACE: "payments"}, "StringLike": {ACCOUNT: "api*"}}),
        "too_wide",
        f"{ACCOUNT} = api",
    ),
    WrongAnswer(
        "the clusters alone",
        pods({"ArnLike": {CLUSTER: f"arn:aws:eks:*:{OWN}:cluster/*"}}),
        "let_in",
        "The pod worker",
    ),
    WrongAnswer(
        "true of a pod without tags",
        pods({"StringEqualsIfExists": {NAMESPACE: "payments", ACCOUNT: "api"}}),
        "let_in",
        "A pod whose association sends no tags",
    ),
    WrongAnswer(
        "namespace and account exchanged",
        pods({"StringEquals": {NAMESPACE: "api", ACCOUNT: "payments"}}),
        "locked_out",
        API,
    ),
    WrongAnswer(
        "nodes in place of pods",
        policy(statement({"Service": "ec2.amazonaws.com"}, ACTIONS)),
        "locked_out",
        API,
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.title)
def test_a_wrong_answer_is_rejected_with_its_reason(wrong: WrongAnswer) -> None:
    """Each for its own reason."""
    assert_rejected("pods_of_any_cluster", wrong)
