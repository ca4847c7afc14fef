"""The request environments that policies distinguish: principal classes in session modes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.access.caller import PrincipalClass
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.session_modes import SESSION_MODES, SessionMode, carries
from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.evaluation import (
    CompiledPolicy,
)
from trust_widgets.policy import CACHE


def environments_of(
    policies: tuple[CompiledPolicy, ...], callers: Iterable[PrincipalClass], role: str
) -> Iterator[RequestEnvironment]:
    """Each principal class in each session mode that the policies can distinguish."""
    modes = tuple(session_modes_of(policies))
    for mode in modes:
        for caller in callers:
            if not carries(caller, mode):
                continue
            environment = RequestEnvironment(caller, mode, role)
            rules = environment.rules_of(policies[0], caller.action)
            if any(rule.allows for rule in rules):
                yield environment


def session_modes_of(policies: tuple[CompiledPolicy, ...]) -> Iterator[SessionMode]:
    """Calls that carry tags or a source identity count by themselves where the first policy allows
    the action.
    """
    tags = any(_allows(ready, TAG_SESSION) for ready in policies)
    identity = any(_allows(ready, SET_SOURCE_IDENTITY) for ready in policies)
    for mode in SESSION_MODES:
        if (tags or not mode.tags) and (identity or not mode.identity):
            yield mode


def _allows(ready: CompiledPolicy, action: str) -> bool:
    """Whether an Allow of a policy names an action; worked out once a policy."""
    memo = CACHE.policies.of(ready.policy)
    found: bool | None = memo.get((_allows, action))
    if found is None:
        found = any(rule.allows and rule.actions.names(action) for rule in ready.rules)
        memo[_allows, action] = found
    return found
