"""Whether one known principal can assume a role: a user, or a session of a role, with what is known
of its keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.effort import answer_within
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import Formula
from trust_widgets.access.named_principals import known_principal
from trust_widgets.access.principal_classes import keys_asked_for
from trust_widgets.access.queries import find_witness
from trust_widgets.access.results import NO_MEANING, Answer
from trust_widgets.evaluation import Permission, Request, compile_policy
from trust_widgets.policy import TrustPolicy
from trust_widgets.text.budget import DEFAULT, Budget


@dataclass(frozen=True, slots=True)
class KnownCaller:
    """A principal of whom something is known.

    Args:
        arn: of the user, or of the role of a session.
        keys: condition keys in lower case with the values that all its requests have.
        lacks: condition keys in lower case that no request of it has.
        has: condition keys in lower case that each request of it has, with any value.
        permission: what is assumed about its own permission to assume the role.
        permissions: what is assumed of its permission for other actions.
        day: the day on which it calls, at the earliest; `None` for any.
    """

    arn: str
    keys: Mapping[str, str] = field(default_factory=dict)
    lacks: frozenset[str] = frozenset()
    permission: Permission = "yes"
    day: date | None = None
    has: frozenset[str] = frozenset()
    permissions: Mapping[str, Permission] = field(default_factory=dict)

    def as_class(self) -> PrincipalClass:
        """The principal as the search takes it."""
        known = known_principal(self.arn, self.keys, self.lacks, self.permission)
        return replace(known, day=self.day, has=self.has, permissions=self.permissions)


def keys_of_policy(policy: TrustPolicy) -> frozenset[str]:
    """The condition keys of a policy, in lower case.

    Example:
        >>> import trust_widgets as tw
        >>> ids = tw.Condition("StringEquals", "sts:ExternalId", ("b2f6c3de",))
        >>> vendor = tw.Statement(
        ...     "Allow", tw.Principal(aws="444455556666"), "sts:AssumeRole", (ids,)
        ... )
        >>> sorted(keys_of_policy(tw.TrustPolicy((vendor,))))
        ['sts:externalid']
    """
    return frozenset(keys_asked_for((compile_policy(policy),)))


def call_of(
    policy: TrustPolicy,
    caller: KnownCaller,
    role: str,
    confirm: Callable[[Request], bool],
    states: int = DEFAULT,
) -> Answer:
    """Whether a known principal can make a call that a trust policy allows, with such a call.

    Args:
        policy: the trust policy of the role. caller: who calls. role: the role's ARN.
        confirm: whether a call is allowed, by the evaluator.
        states: how much to search at most.

    Example:
        >>> import trust_widgets as tw
        >>> account = tw.Statement("Allow", tw.Principal(aws="444455556666"), "sts:AssumeRole")
        >>> user = KnownCaller("arn:aws:iam::444455556666:user/ops")
        >>> role = "arn:aws:iam::111122223333:role/app"
        >>> call_of(tw.TrustPolicy((account,)), user, role, lambda request: True).found
        True
    """
    ready = compile_policy(policy)
    if ready.faults:
        return Answer(None, None, NO_MEANING)
    callers = (caller.as_class(),)

    def admitted(environment: RequestEnvironment) -> Formula:
        return environment.admitted_by(ready)

    def ask() -> Answer:
        return find_witness((ready,), callers, role, admitted, confirm, Budget(states))

    return answer_within((policy,), ask)
