"""Why a Deny applies to each request that an Allow is for.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from trust_widgets.pitfalls.required_conditions import callers
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Path,
    Statement,
    TrustPolicy,
    quoted,
    share_callers,
    statements,
)
from trust_widgets.text.globs import has_wildcard


def why_denied(policy: TrustPolicy, path: Path, statement: Statement) -> str:
    """Which Deny statements may apply to all callers of an Allow, and by which of their conditions;
    `""` if there is none.

    Args:
        policy: the whole policy.
        path, statement: the Allow.
    """
    reasons = set()
    for _, deny in statements(policy, "Deny"):
        if share_callers(statement.principal, deny.principal):
            reasons.add(_why(deny, path, statement))
    return " ".join(sorted(reasons)[:3])


def _why(deny: Statement, path: Path, statement: Statement) -> str:
    """Why a Deny applies, as far as one of its conditions explains it."""
    if not deny.conditions:
        return "The Deny has no conditions."
    known = [_why_true(condition, path, statement) for condition in deny.conditions]
    said = [text for text in known if text]
    if not said:
        said = [_in_words(condition) for condition in deny.conditions]
    return f"The Deny applies: {'; '.join(sorted(said))}."


def _in_words(condition: Condition) -> str:
    """A condition with its values."""
    values = quoted(list(map(str, condition.values)))
    return f"it has {condition.operator} on {condition.key} with {values}"


def _why_true(condition: Condition, path: Path, statement: Statement) -> str:
    """Why a condition of a Deny is true of each request; `""` if that is not plain."""
    view = ConditionView(condition)
    absent = all(caller.why_never_has(condition.key) for caller in callers(path, statement))
    if absent and view.result_when_absent:
        return (
            f"{condition.operator} is true for requests without {condition.key}, and no "
            "request of these callers has that key"
        )
    literal = [str(value) for value in condition.values if has_wildcard(str(value))]
    if view.is_negated and not view.takes_wildcards and view.type == "String" and literal:
        return (
            f"{condition.operator} on {condition.key} reads no wildcards, so every value differs"
            f" from {quoted(literal)}"
        )
    return ""
