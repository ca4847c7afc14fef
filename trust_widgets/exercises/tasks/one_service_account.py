"""Let the pods of one Kubernetes service account assume the role, by IRSA."""

from __future__ import annotations

from trust_widgets.exercises import Exercise, NamedRequest
from trust_widgets.exercises.writing import OWN, calls, policy, statement
from trust_widgets.providers import PROVIDERS

_ISSUER = PROVIDERS["eks"].issuer
_BLUE = _ISSUER.format(region="eu-central-1", cluster="0123456789ABCDEF0123456789ABCDEF")
_GREEN = _ISSUER.format(region="eu-central-1", cluster="FEDCBA9876543210FEDCBA9876543210")
_PROVIDER = {"Federated": f"arn:aws:iam::{OWN}:oidc-provider/{_BLUE}"}
_ACTION = "sts:AssumeRoleWithWebIdentity"
_SUB, _AUD = f"{_BLUE}:sub", f"{_BLUE}:aud"
_AUDIENCE = {_AUD: "sts.amazonaws.com"}
_API, _WORKER = "system:serviceaccount:payments:api", "system:serviceaccount:payments:worker"


def _pod(
    caller: str, service_account: str, namespace: str = "payments", cluster: str = _BLUE
) -> NamedRequest:
    answers = {"cluster": cluster, "namespace": namespace, "service_account": service_account}
    return calls(caller, "irsa_pod", **answers)


EXERCISE = Exercise(
    name="one_service_account",
    title="Two programs in one namespace",
    minutes=8,
    brief=(
        "In the cluster blue, the programs api and worker of the namespace payments use this role,"
        " each with the service account of its name. Nothing else in the cluster may assume it,"
        " and no other cluster."
    ),
    start=policy(
        statement(
            _PROVIDER,
            _ACTION,
            Condition={
                "StringEquals": _AUDIENCE,
                "StringLike": {_SUB: "system:serviceaccount:*:*"},
            },
        )
    ),
    must_allow=(
        _pod("the program api", "api"),
        _pod("the program worker", "worker"),
    ),
    must_deny=(
        _pod("a program api of another namespace", "api", "shop"),
        _pod("the program reports of the namespace payments", "reports"),
        _pod("the program api of the cluster green", "api", cluster=_GREEN),
    ),
    narrowest=policy(
        statement(
            _PROVIDER,
            _ACTION,
            Condition={"StringEquals": {**_AUDIENCE, _SUB: [_API, _WORKER]}},
        )
    ),
    widest=policy(
        statement(
            _PROVIDER,
            _ACTION,
            Condition={"StringEquals": {**_AUDIENCE, _SUB: [_API, _WORKER]}},
        )
    ),
    hints=(
        "Which part of the token says which program asks?",
        "A condition key can have a list of values: one of them has to match.",
        f'Require of "{_SUB}" both "{_API}" and "{_WORKER}" as a list.',
    ),
    solutions=(
        policy(
            statement(
                _PROVIDER,
                _ACTION,
                Condition={"StringEquals": {**_AUDIENCE, _SUB: [_API, _WORKER]}},
            )
        ),
        policy(
            *(
                statement(
                    _PROVIDER, _ACTION, Condition={"StringEquals": {**_AUDIENCE, _SUB: subject}}
                )
                for subject in (_API, _WORKER)
            )
        ),
        policy(
            statement(
                _PROVIDER,
                _ACTION,
                Condition={"StringEquals": _AUDIENCE, "StringLike": {_SUB: [_WORKER, _API]}},
            )
        ),
    ),
    reading=(
        "https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html",
    ),
)
