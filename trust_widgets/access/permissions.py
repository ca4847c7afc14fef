"""The caller's own permission in a search: which requests are searched for.

In the role's own account, a principal that the trust policy names needs no separate permission,
while an account that is named leaves it to one. In another account it is always needed.
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trust_widgets.access.caller import PrincipalClass, names, role_arn_of, search_memo
from trust_widgets.evaluation import (
    PERMISSIONS,
    CompiledPolicy,
    Permission,
    identity_of,
    rules_for,
)

RESTS_ON = {
    "yes": "This applies to callers that have a permission for sts:AssumeRole.",
    "no": (
        "This applies to callers without a permission for sts:AssumeRole. In the role's "
        "account, a principal that the trust policy names needs no permission."
    ),
    "denied": "This applies to callers whose own policies deny sts:AssumeRole.",
}
"""What an answer assumes of the caller's own permission."""


def expect_permission(permission: str) -> None:
    """Raise for what is no answer about the caller's own permission.

    Raises:
        ValueError: names the answers that there are.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"caller_permission is {PERMISSIONS_IN_WORDS}, not {permission!r}")


PERMISSIONS_IN_WORDS = f"{', '.join(PERMISSIONS[:-1])} or {PERMISSIONS[-1]}"


def with_permission(
    callers: Iterable[PrincipalClass], permission: Permission
) -> tuple[PrincipalClass, ...]:
    """Principal classes with this answer about their own permission.

    "unknown" is as "yes": the one who is allowed without a permission is allowed with one.
    """
    known: Permission = "yes" if permission == "unknown" else permission
    return tuple([_assuming(known, caller) for caller in callers])


def _assuming(permission: Permission, caller: PrincipalClass) -> PrincipalClass:
    if caller.kind != "aws" or caller.permission == permission:
        return caller
    return replace(caller, permission=permission)


def with_either_permission(
    callers: Iterable[PrincipalClass], policies: Iterable[CompiledPolicy], role: str
) -> tuple[PrincipalClass, ...]:
    """Principal classes with a permission of their own, and those without one for which it
    matters.
    """
    given = with_permission(callers, "yes")
    return (*given, *where_it_matters(given, policies, role))


def where_it_matters(
    callers: Iterable[PrincipalClass], policies: Iterable[CompiledPolicy], role: str
) -> Iterator[PrincipalClass]:
    """The principal classes without a permission of their own that a statement names only with
    one.
    """
    policies = tuple(policies)
    for caller in callers:
        if any(_needs_permission(caller, ready, role) for ready in policies):
            yield _assuming("no", caller)


def _needs_permission(caller: PrincipalClass, ready: CompiledPolicy, role: str) -> bool:
    """Whether an Allow of a policy names a principal class only with a permission for the call;
    worked out once a policy.
    """
    if caller.kind != "aws":
        return False
    memo = search_memo(ready)
    at = (where_it_matters, caller.principal, role_arn_of(caller), caller.permission, role)
    found: bool | None = memo.get(at)
    if found is None:
        without = _assuming("no", caller)
        rules = rules_for(ready, identity_of(caller.principal))
        named = (rule for rule in rules if rule.allows and names(rule, caller, role))
        found = memo[at] = any(not names(rule, without, role) for rule in named)
    return found
