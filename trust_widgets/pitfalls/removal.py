"""Fixes that take a condition away, with the elements that would be left empty."""

from __future__ import annotations

from trust_widgets.pitfalls.required_conditions import RequiredCondition
from trust_widgets.policy import Fix, Path, Remove


def without_condition(each: RequiredCondition) -> Fix | None:
    """Remove a condition of an Allow; `None` for a Deny, which would deny more.

    Example:
        >>> from trust_widgets.pitfalls.required_conditions import asked
        >>> from trust_widgets.policy import example, parse
        >>> role = {"AWS": "arn:aws:iam::444455556666:role/deploy"}
        >>> text = example(role, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
        >>> [each] = asked(parse(text))
        >>> without_condition(each).title
        'Remove the condition on aws:MultiFactorAuthPresent'
    """
    if each.statement.effect != "Allow":
        return None
    place = (Remove(_emptied(each)),)
    return Fix(f"Remove the condition on {each.condition.key}", place)


def _emptied(each: RequiredCondition) -> Path:
    """The condition, or the element that has nothing else in it."""
    conditions = each.statement.conditions
    if len(conditions) == 1 and not each.statement.bare_operators:
        return (*each.path, "Condition")
    same = [other for other in conditions if other.operator == each.condition.operator]
    if len(same) > 1:
        return each.place
    return each.place[:-1]
