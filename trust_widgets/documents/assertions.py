"""Requests with the outcome that a role's trust policy gives them today."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trust_widgets.access import CallerClass
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.limits import ROLE_NAME, ROLE_PATH
from trust_widgets.evaluation import Outcome, Request
from trust_widgets.explain import Decision, evaluate, example_of, number_of, short_key
from trust_widgets.permissions import PermissionsPolicy
from trust_widgets.policy import Role, TrustPolicy, normalized_key

_IN_EVERY_TOKEN = ("sub", "aud")
OTHER_ACCOUNT = "999988887777"
MOST_VARIANTS = 3  # requests that are not allowed, for each statement


@dataclass(frozen=True, slots=True)
class Assertion:
    """A request and its outcome.

    Args:
        name: what the request is, in a few words.
        request: the request.
        outcome: `"allowed"`, `"denied"`, `"not allowed"`, `"depends"` or `"invalid"`.
        because: the reason, in one or two sentences.
        with_permissions: whether the caller's own policies were decided too.
    """

    name: str
    request: Request
    outcome: Outcome
    because: str
    with_permissions: bool = False


def assertions_for(
    role: Role,
    callers: Sequence[CallerClass],
    permissions: tuple[PermissionsPolicy, ...],
    requests: Mapping[str, Request],
) -> tuple[Assertion, ...]:
    """Return the assertions about a role.

    For each statement that allows requests: its example, and the same request without a condition
    key or from another account, if that is not allowed.

    Args:
        role: the role with its policy.
        callers: from `who_gets_in`.
        permissions: the caller's own policies.
        requests: more requests, by name.
    """
    found: list[Assertion] = []
    for caller in callers:
        if caller.witness is not None:
            witness = _for_role(caller.witness, role)
            found += _about(role.trust, caller, witness, permissions)
    for name, request in requests.items():
        found.append(_assertion(name, evaluate(role.trust, request)))
    return tuple({each.request: each for each in reversed(found)}.values())[::-1]


def _for_role(request: Request, role: Role) -> Request:
    """The request for the role by its own name, in the account and partition of the request."""
    is_known = re.fullmatch(ROLE_NAME, role.name) and re.fullmatch(ROLE_PATH, role.path)
    if not is_known:
        return request
    start, _, _ = request.role.partition(":role/")
    return replace(request, role=f"{start}:role{role.path}{role.name}")


def _about(
    policy: TrustPolicy,
    caller: CallerClass,
    witness: Request,
    permissions: tuple[PermissionsPolicy, ...],
) -> Iterator[Assertion]:
    name = f"{number_of(caller.path)}: {example_of(witness.identity)}"
    is_asked = bool(permissions) and witness.identity.kind == "aws"
    if is_asked:
        decision = evaluate(policy, witness, permissions=permissions)
        yield replace(_assertion(name, decision), with_permissions=True)
    else:
        yield _assertion(name, evaluate(policy, witness))
    refused = (
        _assertion(f"{name}, {what}", decision)
        for what, decision in _variants(policy, caller, witness)
        if decision.outcome in (Outcome.NOT_ALLOWED, Outcome.DENIED)
    )
    yield from list(refused)[:MOST_VARIANTS]


def _assertion(name: str, decision: Decision) -> Assertion:
    return Assertion(name, decision.request, decision.outcome, decision.because)


def _variants(
    policy: TrustPolicy, caller: CallerClass, witness: Request
) -> Iterator[tuple[str, Decision]]:
    """The request without each key of the conditions, and from another account.

    The conditions are those of the statement, and of each Deny.
    """
    index = int(caller.path[1])
    deciding = (
        statement
        for number, statement in enumerate(policy.statements)
        if number == index or statement.effect == "Deny"
    )
    keys = {normalized_key(each.key) for statement in deciding for each in statement.conditions}
    for key, value in witness.context.items():
        if normalized_key(key) in keys:
            others = {name: other for name, other in witness.context.items() if name != key}
            if intended_claim(key).claim in _IN_EVERY_TOKEN and isinstance(value, str):
                changed = {**others, key: f"{value}-other"}
                yield from _decided(policy, f"with another {short_key(key)}", witness, changed)
            else:
                yield from _decided(policy, f"without {short_key(key)}", witness, others)
    account = witness.identity.account
    if witness.identity.kind == "aws" and account and account != OTHER_ACCOUNT:
        principal = witness.principal.replace(account, OTHER_ACCOUNT, 1)
        moved = {
            name: value.replace(account, OTHER_ACCOUNT) if isinstance(value, str) else value
            for name, value in witness.context.items()
        }
        yield from _decided(policy, "from another account", witness, moved, principal)


def _decided(
    policy: TrustPolicy,
    what: str,
    witness: Request,
    context: Mapping[str, str | tuple[str, ...]],
    principal: str = "",
) -> Iterator[tuple[str, Decision]]:
    """The decision of a changed request; nothing where no caller can make it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            request = replace(witness, context=context, principal=principal or witness.principal)
    except ValueError:
        return
    yield what, evaluate(policy, request)
