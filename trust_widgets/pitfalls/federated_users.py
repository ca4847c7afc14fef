"""Federated users, of GetFederationToken, as principals.

Their credentials can call nothing of AWS STS but GetCallerIdentity.
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
"""

from __future__ import annotations

from dataclasses import dataclass

from trust_widgets.policy import Path, PrincipalRef, Statement, each_principal, principal_ref

SOURCE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html"


@dataclass(frozen=True, slots=True)
class FederatedUsers:
    """The federated users among the principals of a statement.

    Args:
        users: each with its path below the statement.
        are_alone: whether the statement has no other principal.
    """

    users: tuple[tuple[Path, PrincipalRef], ...]
    are_alone: bool


def federated_users_of(statement: Statement) -> FederatedUsers:
    """The federated users among the principals of a statement."""
    users: list[tuple[Path, PrincipalRef]] = []
    others = 0
    for path, kind, value in each_principal(statement):
        if kind == "AWS" and principal_ref(value).sort == "federated-user":
            users.append((("Principal", *path), principal_ref(value)))
        else:
            others += 1
    return FederatedUsers(tuple(users), bool(users) and not others)


def role_instead_of(user: PrincipalRef) -> str:
    """An ARN to write in place of a federated user, in its account and partition."""
    return f"arn:{user.partition}:iam::{user.account}:role/name"
