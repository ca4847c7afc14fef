"""Conditions that none of a statement's callers can ever meet, found before they are added."""

from __future__ import annotations

from trust_widgets.pitfalls import PITFALLS
from trust_widgets.pitfalls.required_conditions import NOBODY_IS_LET_IN
from trust_widgets.policy import (
    CACHE,
    Condition,
    Home,
    Principal,
    Statement,
    TrustPolicy,
    remember,
)

_KEYS_NEVER_HAD = ("key_the_caller_never_has", "mfa_of_a_caller_without_it")


def why_never_met(statement: Statement, condition: Condition) -> str:
    """Why a statement that allows someone would allow nobody with a condition; `""` if it would.

    It says what the pitfalls about keys that a caller never has would say.

    Args:
        statement: an Allow. condition: to be added to it.

    Example:
        >>> from trust_widgets.policy import Principal
        >>> role = Principal(aws=("arn:aws:iam::444455556666:role/deploy",))
        >>> mfa = Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
        >>> why_never_met(Statement(principal=role, action=("sts:AssumeRole",)), mfa)[:33]
        'A role session never carries MFA '
    """
    at = (why_never_met, statement.principal, condition)
    known: str | None = CACHE.statements.get(at)
    if known is None:
        return remember(CACHE.statements, at, _why_never_met(statement.principal, condition))
    return known


def _why_never_met(principal: Principal | None, condition: Condition) -> str:
    policy = TrustPolicy((Statement(principal=principal, conditions=(condition,)),))
    place = ("Statement", 0, "Condition", condition.operator, condition.key)
    for name in _KEYS_NEVER_HAD:
        for hit in PITFALLS[name].find(policy, Home()):
            if hit.path[: len(place)] == place and hit.message.endswith(NOBODY_IS_LET_IN):
                return hit.message.removesuffix(NOBODY_IS_LET_IN).strip()
    return ""
