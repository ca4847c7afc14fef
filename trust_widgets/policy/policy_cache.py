"""What was worked out of a policy once: it is remembered while the policy is among the last that
were asked about.

Owners are looked up by identity, because hashing a policy takes longer than deciding a request.
Nothing else in the package remembers anything by an object's identity, and the records themselves
are frozen. A memo is a dictionary of which single entries are read and written, so that two threads
at worst work something out twice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Any, TypeVar

from trust_widgets.policy.values import TrustPolicy

T = TypeVar("T")
Memo = dict[Hashable, Any]


class IdentityMemos:
    """A memo for each of the objects that were used last.

    Args:
        most: how many objects are remembered; with one more, all are forgotten.
    """

    __slots__ = ("_held", "_last", "_most")

    def __init__(self, most: int) -> None:
        self._held: dict[int, tuple[object, Memo]] = {}
        self._last: tuple[object, Memo] = (None, {})  # mostly the same object is used again
        self._most = most

    def of(self, owner: object) -> Memo:
        """The memo of an object; an empty one at first.

        The object is held with its memo, so that no other gets its identity meanwhile.
        """
        last = self._last
        if last[0] is owner:
            return last[1]
        held = self._held.get(id(owner))
        if held is None or held[0] is not owner:
            if len(self._held) >= self._most:
                self._held.clear()
            held = self._held[id(owner)] = (owner, {})
        self._last = held
        return held[1]

    def clear(self) -> None:
        """Forget all objects."""
        self._held.clear()
        self._last = (None, {})

    def __len__(self) -> int:
        return len(self._held)


class PolicyCache:
    """All that is remembered of policies.

    Attributes:
        policies: of a policy, its compiled form, the walks through it and the probes of its
            statements.
        parts: of a compiled condition or principal, what was decided of values and callers.
        searches: of a policy, its callers; of large policies only the last ones.
        statements: the probe of a statement, by what the statement says.
        conditions: compiled conditions, by their places and texts: at a key somewhere in a policy
            all its other conditions stay the same.
        documents: what a text holds.
        permissions: of a permissions policy, its compiled form.
        grants: of what a form says of a statement, what is wrong with it.
        decisions: of the tree of a decision, the statements that came nearest.
    """

    __slots__ = (
        "_large",
        "conditions",
        "decisions",
        "documents",
        "grants",
        "parts",
        "permissions",
        "policies",
        "searches",
        "statements",
    )

    def __init__(self) -> None:
        self.policies = IdentityMemos(64)
        self.searches = IdentityMemos(64)
        self._large = IdentityMemos(4)
        self.parts = IdentityMemos(4096)
        self.statements: Memo = {}
        self.conditions: Memo = {}
        self.documents: Memo = {}
        self.permissions = IdentityMemos(256)
        self.grants = IdentityMemos(256)
        self.decisions = IdentityMemos(16)

    def search_of(self, policy: TrustPolicy, principals: int) -> Memo:
        """The memo of the callers of a policy, which grows with its principals.

        Args:
            policy: the policy. principals: how many it has.
        """
        memos = self.searches if principals <= _FEW_PRINCIPALS else self._large
        return memos.of(policy)

    def clear(self) -> None:
        """Forget everything: the next answer is worked out again."""
        self.policies.clear()
        self.searches.clear()
        self._large.clear()
        self.parts.clear()
        self.statements.clear()
        self.conditions.clear()
        self.documents.clear()
        self.permissions.clear()
        self.grants.clear()
        self.decisions.clear()


_FEW_PRINCIPALS = 128

CACHE = PolicyCache()
"""The one cache of this process."""


def remember(memo: Memo, key: Hashable, value: T, most: int = 256) -> T:
    """The value, kept in a memo of some hundreds at most; with one more, all are forgotten."""
    if len(memo) >= most:
        memo.clear()
    memo[key] = value
    return value


def once_a_policy(
    walk: Callable[[TrustPolicy], Iterable[T]],
) -> Callable[[TrustPolicy], tuple[T, ...]]:
    """A walk through a policy that is made once: a hundred rules use it one after the other."""

    @wraps(walk)
    def walked(policy: TrustPolicy) -> tuple[T, ...]:
        memo = CACHE.policies.of(policy)
        found: tuple[T, ...] | None = memo.get(walk)
        if found is None:
            found = memo[walk] = tuple(walk(policy))
        return found

    return walked
