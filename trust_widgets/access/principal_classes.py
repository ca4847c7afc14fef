"""Enumerate the principal classes of policies: principals that they name, and all others.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from trust_widgets.access.caller import (
    PrincipalClass,
    names,
    search_memo,
)
from trust_widgets.access.named_principals import classes_of_named
from trust_widgets.access.unnamed_principals import classes_of_others
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.oidc_issuers import is_outbound
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.evaluation import (
    ByKey,
    CompiledPolicy,
    CompiledPrincipal,
    CompiledStatement,
    identity_of,
    key_of_principal,
    keys_of_caller,
    variables_of,
)
from trust_widgets.policy import CACHE, remember


def principal_classes_of(
    policies: Iterable[CompiledPolicy],
    partition: str = "aws",
    own: str = "",
    day: date | None = None,
) -> tuple[PrincipalClass, ...]:
    """All principal classes that the policies can distinguish; those that are named come first.

    Args:
        policies: one, or two to compare.
        partition: of callers whom nobody names.
        own: an account that gets a separate class, also if no policy names it.
        day: the day on which they call, at the earliest; `None` for any.

    Example:
        >>> from trust_widgets.evaluation import compile_policy
        >>> from trust_widgets.policy import Principal, Statement, TrustPolicy
        >>> policy = TrustPolicy(
        ...     (
        ...         Statement(
        ...             principal=Principal(service="ec2.amazonaws.com"), action="sts:AssumeRole"
        ...         ),
        ...     )
        ... )
        >>> [caller.principal for caller in principal_classes_of([compile_policy(policy)])]
        ['ec2.amazonaws.com']
    """
    policies = tuple(policies)
    memo = search_memo(policies[0]) if len(policies) == 1 else {}
    at = (PrincipalClass, partition, own, day)
    classes: tuple[PrincipalClass, ...] | None = memo.get(at)
    if classes is None:
        classes = memo[at] = _classes_of(policies, partition, own, day)
    return classes


def classes_named_by(
    ready: CompiledPolicy, rule: CompiledStatement, role: str, day: date | None = None
) -> tuple[PrincipalClass, ...]:
    """The principal classes of a policy that a statement names.

    Args:
        ready: the policy. rule: the statement, or another one for some of its principals.
        role: the ARN of the role.
        day: as of `principal_classes_of`.
    """
    index = _by_key(ready, partition_of(role), day)
    found = dict(index.under(dict.fromkeys(map(key_of_principal, rule.principals))))
    return tuple([found[n] for n in sorted(found) if names(rule, found[n], role)])


_Numbered: TypeAlias = "tuple[int, PrincipalClass]"


def _by_key(ready: CompiledPolicy, partition: str, day: date | None) -> ByKey[_Numbered]:
    """The principal classes of a policy with their numbers, to be found by whom a statement
    names.
    """
    memo = search_memo(ready)
    found: ByKey[_Numbered] | None = memo.get((ByKey, partition, day))
    if found is None:
        classes = principal_classes_of((ready,), partition, day=day)
        found = memo[ByKey, partition, day] = ByKey(enumerate(classes), _keys_of)
    return found


def _keys_of(numbered: _Numbered) -> tuple[Hashable, ...]:
    return keys_of_caller(identity_of(numbered[1].principal))


def _classes_of(
    policies: tuple[CompiledPolicy, ...], partition: str, own: str, day: date | None
) -> tuple[PrincipalClass, ...]:
    rules = [rule for ready in policies for rule in ready.rules]
    named = {(n.kind, n.text): n for rule in rules for n in rule.principals}
    sorts = ("session", "user", "user/") if _asks_for_paths(policies) else ("session", "user")
    issuers = frozenset(_issuers_asked_for(policies))
    asked = (tuple(named.values()), partition, sorts, own, issuers, day)
    key = (PrincipalClass, asked)
    memo = CACHE.statements
    found: tuple[PrincipalClass, ...] | None = memo.get(key)
    if found is None:
        found = _for_principals(*asked)
        remember(memo, key, found)
    return found


def _for_principals(
    named: tuple[CompiledPrincipal, ...],
    partition: str,
    sorts: tuple[str, ...],
    own: str,
    issuers: frozenset[str],
    day: date | None,
) -> tuple[PrincipalClass, ...]:
    """The principal classes for some principals; those of a policy are the same whichever of its
    conditions a rule tries in another way.
    """
    found: dict[tuple[str, ...], PrincipalClass] = {}
    by_name = tuple(classes_of_named(named, partition))
    unnamed = sorted(issuers - {caller.issuer for caller in by_name})
    for caller in (*by_name, *classes_of_others(named, partition, sorts, own, unnamed)):
        found.setdefault(caller.key, replace(caller, day=day))
    return tuple(found.values())


def _asks_for_paths(policies: Iterable[CompiledPolicy]) -> bool:
    """Whether users with a path need a separate class: their ARN is
    required.
    """
    return "aws:principalarn" in keys_asked_for(policies)


def keys_asked_for(policies: Iterable[CompiledPolicy]) -> dict[str, None]:
    """The keys of all conditions, and those in the policy variables of their values."""
    rules = [rule for ready in policies for rule in ready.rules]
    clauses = [clause for rule in rules for clause in rule.clauses]
    values = [value for clause in clauses for value in clause.values if value.variable]
    variables = [variable.key for value in values for variable in variables_of(value.template)]
    return dict.fromkeys((*(clause.key for clause in clauses), *variables))


def _issuers_asked_for(policies: Iterable[CompiledPolicy]) -> tuple[str, ...]:
    """The issuers of tokens whose claims conditions require."""
    claims = map(claim_key, keys_asked_for(policies))
    issuers = dict.fromkeys(key.issuer.lower() for key in claims if key.issuer)
    return tuple(issuer for issuer in issuers if not is_outbound(issuer))
