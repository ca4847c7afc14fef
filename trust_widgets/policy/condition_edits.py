"""Edits that put a caller's value, or an operator, into a policy's text and keep all that its author wrote."""

from __future__ import annotations

from typing import Any

from trust_widgets.policy.edits import Edit, Insert, Remove, Rename, Replace
from trust_widgets.policy.values import Path, TrustPolicy, statement_to_dict


def added(policy: TrustPolicy, path: Path, value: str) -> Edit:
    """A value put behind those of the list that a value's path lies in, also where there is no list yet."""
    now: Any = statement_to_dict(policy.statements[int(path[1])])
    for step in path[2:-1]:
        now = now[step]
    values = now if isinstance(now, list) else [now]
    return Replace(path[:-1], [*values, value])


def moved(policy: TrustPolicy, path: Path, operator: str) -> tuple[Edit, ...]:
    """Put a condition under another operator; where that has a block already, the key moves into it.

    Returns:
        The edits; none if the operator has a condition on the key already. Two conditions on a key must both be met,
        so merging them would change what the policy means.
    """
    statement = policy.statements[int(path[1])]
    written, key = str(path[3]), str(path[4])
    others = [c for c in statement.conditions if c.operator == written and c.key != key]
    block = {c.key: c for c in statement.conditions if c.operator == operator}
    if not others and not block:
        return (Rename(path[:4], operator),)
    if key.lower() in map(str.lower, block):
        return ()
    value = statement_to_dict(statement)["Condition"][written][key]
    out = Remove(path if others else path[:4])
    at = (*path[:3], operator)
    return (out, Insert((*at, key), value) if block else Insert(at, {key: value}))
