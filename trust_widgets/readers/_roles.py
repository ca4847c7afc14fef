"""Roles as IAM describes them in its answers."""

from __future__ import annotations

from collections.abc import Sequence

from trust_widgets.policy import POLICY_DOCUMENT, Inner, policy_of_role
from trust_widgets.text.json.strict import Value


def policies_of(roles: Sequence[Value]) -> tuple[Inner, ...] | None:
    """The trust policy of each role; `None` if one of them is no role with a trust policy."""
    if not all(map(_is_role, roles)):
        return None
    return tuple(map(_policy_of, roles))


def _is_role(role: Value) -> bool:
    return isinstance(role.plain, dict) and isinstance(role.plain.get(POLICY_DOCUMENT), (dict, str))


def _policy_of(role: Value) -> Inner:
    document = role.members()[POLICY_DOCUMENT]
    return policy_of_role(document, role.plain.get("RoleName"), role.plain.get("Arn"))
