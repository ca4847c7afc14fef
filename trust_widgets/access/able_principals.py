"""A statement without the principals that cannot assume the role, whatever its conditions say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.principal_classes import principal_classes_of
from trust_widgets.access.queries import role_for
from trust_widgets.access.session_modes import SESSION_MODES
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.aws.service_calls import carried_by
from trust_widgets.evaluation import CompiledPolicy, Permission, compile_policy
from trust_widgets.policy import Home, Statement, TrustPolicy, principal_ref


def without_federated_users(statement: Statement) -> Statement:
    """Return a statement without federated users, whose credentials can assume no role.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
    """
    principal = statement.principal
    if principal is None or not principal.aws:
        return statement
    able = tuple(text for text in principal.aws if principal_ref(text).sort != "federated-user")
    if able == principal.aws:
        return statement
    return replace(statement, principal=replace(principal, aws=able))


def without_idle(policy: TrustPolicy, statement: Statement) -> Statement:
    """Return a statement without federated users, and without services that lack an action which
    each of their calls needs.
    """
    statement = without_federated_users(statement)
    principal, ready = statement.principal, compile_policy(policy)
    if principal is None or not principal.service or ready.faults:
        return statement
    if not any(carried_by(name).actions for name in principal.service):
        return statement
    role = role_for((ready,), Home())
    environments = {
        c.principal: RequestEnvironment(c, SESSION_MODES[0], role)
        for c in principal_classes_of((ready,))
        if c.kind == "service"
    }
    able = (
        name
        for name in principal.service
        if _allows_each(environments[name], ready, carried_by(name).actions)
    )
    return replace(statement, principal=replace(principal, service=tuple(able)))


def _allows_each(
    environment: RequestEnvironment, ready: CompiledPolicy, actions: Iterable[str]
) -> bool:
    """True if for each action an Allow names it and the principal class."""
    for action in actions:
        if not any(rule.allows for rule in environment.rules_of(ready, action)):
            return False
    return True


def without_unpermitted(statement: Statement, permission: Permission, role: str) -> Statement:
    """A statement without the users, roles and accounts that cannot assume the role for lack of a
    permission of their own.

    Args:
        statement: an Allow.
        permission: what is assumed of it.
        role: the role's ARN.
    """
    principal = statement.principal
    if permission in ("yes", "unknown") or principal is None or principal.aws is None:
        return statement
    able = []
    if permission == "no":
        able = list(_without_need(principal.aws, role))
    return replace(statement, principal=replace(principal, aws=tuple(able)))


def _without_need(principals: Iterable[str], role: str) -> Iterator[str]:
    """Those who need no permission of their own: of everyone, the role's own account."""
    own = account_of(role)
    for value in principals:
        if value == "*":
            yield f"arn:{partition_of(role)}:iam::{own}:root"
        elif _is_of(own, value):
            yield value


def _is_of(account: str, value: str) -> bool:
    """Whether a value names one user or role of an account."""
    ref = principal_ref(value)
    return ref.account == account and ref.sort != "account"
