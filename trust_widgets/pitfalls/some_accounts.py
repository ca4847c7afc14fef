"""Conditions that fit some accounts or organizations without spelling one out.

Nobody can choose to have such an account ID, organization or unit: AWS gives them. So a pattern
with a part of one is wide, and it is not everyone.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

from __future__ import annotations

import re

from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.keys.spelling import intended
from trust_widgets.policy import Condition, Statement, guarding_conditions, narrowing_conditions

# What every id of its kind begins with, between the slashes of a path of an organization.
_BEFORE_THE_ID = re.compile(r"(?:o|r|ou)-")


def fits_some_accounts(statement: Statement) -> tuple[str, ...]:
    """The values of a condition that all name a part of an account, organization or unit; empty if
    no condition is such.

    Example:
        >>> part = Condition("StringLike", "aws:PrincipalAccount", ("4444555566??",))
        >>> fits_some_accounts(Statement("Allow", conditions=(part,)))
        ('4444555566??',)
    """
    narrowing = list(narrowing_conditions(statement))
    for condition in guarding_conditions(statement):
        if condition in narrowing and condition.values and _has_part_of_an_id(condition):
            return tuple(map(str, condition.values))
    return ()


def _has_part_of_an_id(condition: Condition) -> bool:
    key = intended(condition.key)
    texts = list(map(str, condition.values))
    if any("${" in text for text in texts):
        return False
    if key_record(key).names_accounts:
        return all(re.search(r"\d", _account_part(text)) for text in texts)
    if key in ("aws:principalorgid", "aws:principalorgpaths"):
        return all(re.search(r"[a-z0-9]", _BEFORE_THE_ID.sub("", text)) for text in texts)
    return False


def _account_part(text: str) -> str:
    """The part of an ARN, or of an account ID, that a pattern for accounts is in."""
    parts = text.split(":")
    if len(parts) == 1:
        return text
    if len(parts) > 5:
        return parts[4]
    return ""
