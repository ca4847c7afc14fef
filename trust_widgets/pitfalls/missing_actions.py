"""Statements for a service that takes more actions each time than the policy allows it."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.pitfalls import Hit
from trust_widgets.policy import Principal, TrustPolicy, adding, is_allowed, may_name, principals


def without_actions(
    policy: TrustPolicy, service: str, actions: tuple[str, ...], message: str
) -> Iterator[Hit]:
    """Each statement that lets a service assume the role, where it may not take all its actions.

    Args:
        policy: the policy. service: the principal.
        actions: what the service does whenever it assumes a role.
        message: what to say; `{missing}` is replaced by the actions that no statement allows.
    """
    caller = Principal(service=(service,))
    for path, statement, value in principals(policy, "Service", "Allow"):
        # Where nothing assumes the role at all, that is said of any service.
        if value != service or not may_name(statement, "sts:AssumeRole"):
            continue
        missing = [action for action in actions if not is_allowed(policy, caller, action)]
        if missing:
            yield Hit(
                (*path[:2], "Action"),
                message.format(missing=" and ".join(missing)),
                fix=adding(path[:2], statement, *missing),
            )
