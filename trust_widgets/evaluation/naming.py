"""Which principals of a statement may name a caller, found without comparing it with each of them.

A principal and a caller whom it may name have a key in common; `decide_principal` then decides.
What has no key in common never matches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import Generic, TypeAlias, TypeVar

from trust_widgets.evaluation.caller_identity import Identity
from trust_widgets.evaluation.compiled import (
    CompiledPolicy,
    CompiledPrincipal,
    CompiledStatement,
)
from trust_widgets.policy import CACHE

T = TypeVar("T")
Key = Hashable
_EVERYONE: Key = "*"


def key_of_principal(named: CompiledPrincipal) -> Key:
    """The key under which a principal of a statement is found."""
    if named.kind != "AWS" or named.who is None:
        if (named.kind, named.text) == ("AWS", "*"):
            return _EVERYONE
        return (named.kind, named.text)
    who = named.who
    if who.sort == "account":
        return who.account
    return _one(who)


def keys_of_caller(caller: Identity) -> tuple[Key, ...]:
    """The keys of all principals that may name a caller.

    Example:
        >>> from trust_widgets.evaluation.caller_identity import identity_of
        >>> keys_of_caller(identity_of("arn:aws:iam::111122223333:user/ops"))
        ('*', '111122223333', ('111122223333', 'user', 'ops'))
    """
    if caller.kind == "aws":
        return _EVERYONE, caller.account, _one(caller)
    kind = "Service" if caller.kind == "service" else "Federated"
    return _EVERYONE, (kind, caller.text)


def _one(who: Identity) -> Key:
    """A session and its role have the same key."""
    sort = "role" if who.sort == "session" else who.sort
    return who.account, sort, who.name


class ByKey(Generic[T]):
    """Things under keys, each in the order in which it was put there.

    Example:
        >>> numbers = ByKey([1, 2, 3], lambda number: ("odd" if number % 2 else "even",))
        >>> numbers.under(("odd", "large"))
        (1, 3)
    """

    def __init__(self, things: Iterable[T], keys: Callable[[T], tuple[Key, ...]]) -> None:
        found: dict[Key, list[T]] = defaultdict(list)
        for thing in things:
            for key in keys(thing):
                found[key].append(thing)
        self._found = dict(found)

    def under(self, keys: Iterable[Key]) -> tuple[T, ...]:
        """The things under some keys; one that is under two of them comes twice."""
        return tuple([thing for key in keys for thing in self._found.get(key, ())])


def principals_for(rule: CompiledStatement, caller: Identity) -> tuple[CompiledPrincipal, ...]:
    """The principals of a statement that may name a caller; all others surely do not."""
    if len(rule.principals) <= _FEW or caller.sort == "account":
        return rule.principals
    memo = CACHE.parts.of(rule)
    index: ByKey[CompiledPrincipal] | None = memo.get(ByKey)
    if index is None:
        index = memo[ByKey] = ByKey(rule.principals, lambda named: (key_of_principal(named),))
    return index.under(keys_of_caller(caller))


def rules_for(ready: CompiledPolicy, caller: Identity) -> tuple[CompiledStatement, ...]:
    """The statements of a policy that may name a caller, in their order; no other one does."""
    if len(ready.rules) <= _FEW_RULES or caller.sort == "account":
        return ready.rules
    memo = CACHE.policies.of(ready.policy)
    index: ByKey[_Numbered] | None = memo.get(ByKey)
    if index is None:
        index = memo[ByKey] = ByKey(enumerate(ready.rules), _keys_of_rule)
    found = dict(index.under(keys_of_caller(caller)))
    return tuple([found[number] for number in sorted(found)])


def _keys_of_rule(numbered: _Numbered) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(map(key_of_principal, numbered[1].principals)))


_Numbered: TypeAlias = "tuple[int, CompiledStatement]"
_FEW, _FEW_RULES = 2, 4
