"""Statements that allow no one, each with what stops every caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.access.caller_class import CallerClass
from trust_widgets.access.reachability import can_let_in
from trust_widgets.evaluation import compile_policy
from trust_widgets.explain import number_of
from trust_widgets.policy import Home, TrustPolicy


def unmatched_statements(
    policy: TrustPolicy, callers: Iterable[CallerClass], home: Home
) -> Iterator[tuple[int, str]]:
    """Yield each Allow that allows no one, with a sentence that says why.

    A policy that has no meaning has none.

    Args:
        policy: the policy.
        callers: from `who_gets_in`.
        home: the reader's settings.

    Example:
        >>> from trust_widgets.policy import Condition, Principal, Statement
        >>> mfa = Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
        >>> ec2 = Statement(
        ...     principal=Principal(service="ec2.amazonaws.com"),
        ...     action="sts:AssumeRole",
        ...     conditions=(mfa,),
        ... )
        >>> [index for index, _ in unmatched_statements(TrustPolicy((ec2,)), (), Home())]
        [0]
    """
    if compile_policy(policy).faults:
        return
    matched = {caller.path[1] for caller in callers}
    for index, statement in enumerate(policy.statements):
        if statement.effect == "Allow" and index not in matched:
            yield index, _sentence(policy, index, home)


def _sentence(policy: TrustPolicy, index: int, home: Home) -> str:
    because = can_let_in(policy, index, home).because
    why = f": {because[:1].lower()}{because[1:]}" if because else "."
    return f"{number_of(('Statement', index))} allows no one{why}"
