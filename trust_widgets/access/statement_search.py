"""What the search says of one statement: an external caller, any caller, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trust_widgets.access.caller import PrincipalClass, names
from trust_widgets.access.external_classes import external_classes_of
from trust_widgets.access.outsiders import lets_in_own_callers_only
from trust_widgets.access.owned_values import no_owned_values
from trust_widgets.access.permissions import with_permission
from trust_widgets.access.principal_classes import classes_named_by, principal_classes_of
from trust_widgets.access.queries import role_for
from trust_widgets.access.reachability import through
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.evaluation import (
    CompiledPolicy,
    CompiledStatement,
    Permission,
    Request,
    compile_policy,
)
from trust_widgets.explain import PrincipalWords
from trust_widgets.policy import (
    Home,
    Statement,
    TrustPolicy,
)
from trust_widgets.text.budget import Budget


def is_external(statement: Statement, words: Iterable[PrincipalWords]) -> bool | None:
    """Whether an external principal is among a statement's, by what is known of each of them.

    Everyone is not known to be external under conditions: they may leave the reader's own alone.
    """
    known = {word.stranger for word in words}
    if True in known:
        if _is_everyone(statement) and statement.conditions:
            return None
        return True
    if known == {False}:
        return False
    return None


def _is_everyone(statement: Statement) -> bool:
    principal = statement.principal
    if principal is None:
        return False
    return principal.star or any(text == "*" for _, _, text in principal.each())


class StatementCallers(NamedTuple):
    """What the search says of a statement.

    Args:
        stranger, witness, accounts: as of `CallerClass`. nobody: whether it allows no one.
    """

    stranger: bool | None
    witness: Request | None = None
    nobody: bool = False
    accounts: tuple[str, ...] = ()


def callers_of_statement(
    policy: TrustPolicy,
    index: int,
    home: Home,
    states: int,
    words: list[PrincipalWords],
    permission: Permission,
    accounts: tuple[str, ...],
) -> StatementCallers:
    """Whether an external principal is among them, a witness, and whether there is nobody."""
    ready = compile_policy(policy)
    known = {word.stranger for word in words}
    if ready.faults:
        external_by_words = is_external(policy.statements[index], words)
        return StatementCallers(external_by_words, accounts=accounts)
    role = role_for((ready,), home)
    rule = ready.rules[index]
    if known != {False}:
        external = with_permission(external_classes_of(ready, home, role), permission)
        strangers = [caller for caller in external if names(rule, caller, role)]
        public = through(ready, rule, strangers, role, Budget(states), no_owned_values)
        if public.found:
            return StatementCallers(True, public.witness, accounts=accounts)
    callers = _callers_named(ready, rule, role, home, permission)
    somebody = through(ready, rule, callers, role, Budget(states))
    nobody = somebody.found is False
    is_own = (accounts or known != {False}) and lets_in_own_callers_only(
        ready, rule, callers, home, role, Budget(states)
    )
    if is_own:
        return StatementCallers(False, somebody.witness, nobody)
    if known == {False}:
        return StatementCallers(False, somebody.witness, nobody, accounts)
    return StatementCallers(None, somebody.witness, nobody, accounts)


def _callers_named(
    ready: CompiledPolicy,
    rule: CompiledStatement,
    role: str,
    home: Home,
    permission: Permission,
) -> list[PrincipalClass]:
    """The principal classes that a statement names, with what is assumed of their permission."""
    if permission == "no":
        own = account_of(role)
        every = principal_classes_of((ready,), partition_of(role), own, home.day)
    else:
        every = classes_named_by(ready, rule, role, home.day)
    permitted = with_permission(every, permission)
    return [caller for caller in permitted if names(rule, caller, role)]
