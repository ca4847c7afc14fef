"""Whether a statement has the claim that IAM requires of a shared issuer.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
"""

from __future__ import annotations

from trust_widgets.aws.keys.spelling import intended
from trust_widgets.policy import Condition, ConditionView, Statement, normalized_key
from trust_widgets.text.globs import is_only_wildcards

# The operators that IAM counts, with or without a set operator or IfExists, of which AWS says
# nothing.
_COUNTED = ("StringEquals", "StringLike", "StringEqualsIgnoreCase")


def lacks_claim(statement: Statement, key: str) -> bool:
    """Whether IAM finds no condition on this key, or none whose value is more than `*` and `?`."""
    asked = (condition for condition in statement.conditions if is_counted(condition, key))
    return all(is_only_wildcards(str(value)) for condition in asked for value in condition.values)


def is_counted(condition: Condition, key: str) -> bool:
    """Whether IAM counts a condition as one on this key."""
    return (
        intended(condition.key) == normalized_key(key) and ConditionView(condition).base in _COUNTED
    )
