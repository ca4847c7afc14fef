"""What a policy requires, as a start for a form: its first values, with something in place of
wildcards.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import operators
from trust_widgets.policy import (
    Statement,
    TrustPolicy,
    names_action,
    normalized_key,
    text_from_scalar,
)
from trust_widgets.text.globs import example_text

_POSITIVE = {
    "StringEquals",
    "StringEqualsIgnoreCase",
    "StringLike",
    "ArnEquals",
    "ArnLike",
    "Bool",
    "IpAddress",
}


def allows(policy: TrustPolicy, action: str, kind: str) -> Iterator[tuple[Statement, str]]:
    """Each Allow for an action with each principal of a kind that it names: `("AWS", "*")` for a
    bare `*` too.
    """
    for statement in policy.statements:
        who = statement.principal
        if statement.effect != "Allow" or who is None or not _is_for(statement, action):
            continue
        named = (("AWS", ("*",)),) if who.star else who.kinds
        yield from (
            (statement, value) for name, values in named if name == kind for value in values
        )


def _is_for(statement: Statement, action: str) -> bool:
    """Whether a statement suggests callers for an action: a statement with `NotAction` does for
    any.
    """
    return names_action(statement, action) or bool(statement.not_action and not statement.action)


def wanted(statement: Statement, key: str) -> str:
    """A value that a statement requires of a key; `""` when it requires none."""
    return next(wanted_all(statement, key), "")


def wanted_all(statement: Statement, key: str) -> Iterator[str]:
    """The values that a statement requires of a key, wildcards filled in where the operator reads
    them.
    """
    for _, spelled, value in statement.values_of(key):
        operator = operators.parse_operator(spelled)
        text = text_from_scalar(value)
        if operator is None or operator.base not in _POSITIVE or "${" in text:
            continue
        if operator.base == "IpAddress":
            yield text.partition("/")[0]
        else:
            yield example_text(text) if operator.takes_wildcards else text


def tags_wanted(statement: Statement, prefix: str) -> tuple[str, ...]:
    """The tags that a statement requires, as `KEY=VALUE`: prefix is `aws:RequestTag/` or
    `aws:PrincipalTag/`.
    """
    keys = dict.fromkeys(
        c.key
        for c in statement.conditions
        if normalized_key(c.key).startswith(normalized_key(prefix))
    )
    found = ((key.partition("/")[2], wanted(statement, key)) for key in keys)
    return tuple(f"{key}={value}" for key, value in found if value)
