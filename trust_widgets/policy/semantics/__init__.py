"""What the parts of a statement mean: its conditions, its actions and its principals.

Every other module uses these functions instead of taking an operator, a key, an action or a
principal apart by itself.
"""

from __future__ import annotations

from trust_widgets.policy.semantics.actions import (
    ActionList,
    actions_of,
    assumes_with_tokens_alone,
    can_assume,
    groups_of,
    has_no_actions,
    is_allowed,
    is_meant_to_assume,
    is_session_action,
    known_action,
    may_assume,
    may_name,
    names_action,
    nearest_action,
    needed_by,
    share_callers,
)
from trust_widgets.policy.semantics.conditions import (
    ConditionView,
    conditions_on,
    keys_of,
    normalized_key,
    null_result,
    requires_match,
    result_when_absent,
)
from trust_widgets.policy.semantics.principals import PrincipalRef, principal_ref

__all__ = [
    "ActionList",
    "ConditionView",
    "PrincipalRef",
    "actions_of",
    "assumes_with_tokens_alone",
    "can_assume",
    "conditions_on",
    "groups_of",
    "has_no_actions",
    "is_allowed",
    "is_meant_to_assume",
    "is_session_action",
    "keys_of",
    "known_action",
    "may_assume",
    "may_name",
    "names_action",
    "nearest_action",
    "needed_by",
    "normalized_key",
    "null_result",
    "principal_ref",
    "requires_match",
    "result_when_absent",
    "share_callers",
]
