"""Whether a statement has the claim that IAM requires of a shared issuer.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
"""

from __future__ import annotations

from trust_widgets.aws import oidc_issuers
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.keys.impossible_keys import claim_meant
from trust_widgets.aws.keys.spelling import intended
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Statement,
    normalized_key,
    requires_match,
)
from trust_widgets.text.globs import is_only_wildcards

# The operators that IAM counts, with or without a set operator or IfExists, of which AWS says
# nothing.
_COUNTED = ("StringEquals", "StringLike", "StringEqualsIgnoreCase")


def lacks_control(statement: Statement, issuer: str) -> bool:
    """Whether IAM requires a condition on a key of this issuer, and the statement has none.

    A value that is only `*` and `?` is none. A key that was plainly meant to be the issuer's counts
    as it: the slip has its own finding.
    """
    keys = oidc_issuers.control_keys(issuer)
    return bool(keys) and all(_lacks_claim(statement, key) for key in keys)


def _lacks_claim(statement: Statement, key: str) -> bool:
    asked = (
        condition
        for condition in statement.conditions
        if is_counted(condition, key) or _is_meant(condition, key)
    )
    return all(is_only_wildcards(str(value)) for condition in asked for value in condition.values)


def is_counted(condition: Condition, key: str) -> bool:
    """Whether IAM counts a condition as one on this key."""
    return (
        intended(condition.key) == normalized_key(key) and ConditionView(condition).base in _COUNTED
    )


def _is_meant(condition: Condition, key: str) -> bool:
    """Whether a condition that has to be met is one on this key but for a slip in its key."""
    meant = claim_meant(condition.key, claim_key(key).issuer)
    return meant.lower() == normalized_key(key) and requires_match(condition)
