"""Edits to the conditions of a statement, as small as they can be, so that the author's writing stays."""

from __future__ import annotations

from trust_widgets.policy.edits import Edit, Insert, Rename, Replace
from trust_widgets.policy.values import Condition, Path, Statement, statement_to_dict


def moved(path: Path, statement: Statement, condition: Condition, operator: str) -> Edit | None:
    """Move a key with its values under another operator; `None` if the key stands there already.

    A key under two operators has to meet both, so that merging the two would change what they mean.
    """
    block = statement_to_dict(statement)["Condition"]
    if condition.key in block.get(operator, {}):
        return None
    if len(block[condition.operator]) == 1 and operator not in block:
        return Rename((*path, "Condition", condition.operator), operator)
    block.setdefault(operator, {})[condition.key] = block[condition.operator].pop(condition.key)
    return Replace((*path, "Condition"), {name: keys for name, keys in block.items() if keys})


def added(path: Path, statement: Statement, operator: str, key: str, value: str) -> Edit:
    """Add a condition on a key that the statement does not ask for yet."""
    block = statement_to_dict(statement).get("Condition")
    place = (*path, "Condition")
    if block is None:
        return Insert(place, {operator: {key: value}})
    if operator in block:
        return Insert((*place, operator, key), value)
    return Insert((*place, operator), {key: value})
