"""Let EKS Pod Identity use the role for one service account, in every cluster of the account."""

from __future__ import annotations

from trust_widgets.aws.actions import TAG_SESSION
from trust_widgets.exercises import Exercise, NamedRequest
from trust_widgets.exercises.writing import OWN, calls, policy, statement

_PODS = {"Service": "pods.eks.amazonaws.com"}
_ACTIONS = ["sts:AssumeRole", TAG_SESSION]
_NAMESPACE = "aws:RequestTag/kubernetes-namespace"
_ACCOUNT = "aws:RequestTag/kubernetes-service-account"
_WANTED = {"StringEquals": {_NAMESPACE: "payments", _ACCOUNT: "api"}}


def _pod(
    caller: str, cluster: str, service_account: str, namespace: str = "payments"
) -> NamedRequest:
    return calls(
        caller,
        "pod_identity_pod",
        cluster=f"arn:aws:eks:eu-central-1:{OWN}:cluster/{cluster}",
        namespace=namespace,
        service_account=service_account,
    )


EXERCISE = Exercise(
    name="pods_of_any_cluster",
    title="The same pod in every cluster",
    minutes=8,
    brief=(
        "EKS Pod Identity gives this role to pods. It sends the pod's cluster, namespace and"
        " service account with each request, as tags of the session. Only the service account api"
        " of the namespace payments may use the role, in whichever of your clusters it runs."
    ),
    start=policy(statement(_PODS)),
    must_allow=(
        _pod("the pod api in the cluster blue", "blue", "api"),
        _pod("the pod api in the cluster green", "green", "api"),
    ),
    must_deny=(
        _pod("the pod worker of the same namespace", "blue", "worker"),
        _pod("a pod api of another namespace", "blue", "api", "shop"),
        calls(
            "a pod whose association sends no tags",
            "pod_identity_pod",
            cluster=f"arn:aws:eks:eu-central-1:{OWN}:cluster/blue",
            namespace="payments",
            service_account="api",
            untagged=True,
        ),
        calls("a user of your account", "iam_user", arn=f"arn:aws:iam::{OWN}:user/developer"),
    ),
    narrowest=policy(
        statement(
            _PODS,
            _ACTIONS,
            Condition={
                "StringEquals": {**_WANTED["StringEquals"]},
                "ArnLike": {"aws:RequestTag/eks-cluster-arn": f"arn:aws:eks:*:{OWN}:cluster/*"},
            },
        )
    ),
    widest=policy(statement(_PODS, _ACTIONS, Condition=_WANTED)),
    hints=(
        "Which two actions does EKS need, to assume a role and to tag the session?",
        "What the service sends as tags can be required under aws:RequestTag.",
        f'Add "sts:TagSession", and require "{_NAMESPACE}" and "{_ACCOUNT}".',
    ),
    solutions=(
        policy(statement(_PODS, _ACTIONS, Condition=_WANTED)),
        policy(*(statement(_PODS, action, Condition=_WANTED) for action in _ACTIONS)),
        policy(
            statement(
                _PODS,
                _ACTIONS,
                Condition={
                    "StringEquals": {_NAMESPACE: "payments"},
                    "StringLike": {_ACCOUNT: "api"},
                },
            )
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html",
        "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html",
    ),
)
