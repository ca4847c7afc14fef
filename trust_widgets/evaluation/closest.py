"""Of several values that do not fit, the one that comes nearest; and how near that is."""

from __future__ import annotations

from trust_widgets.evaluation.trace import Node, Reason
from trust_widgets.policy import common_start

# Of several values that do not match, the most informative one is shown.
_TELLING = (
    Reason.GLOB_UNDER_EQUALS,
    Reason.VALUE_CASE_DIFFERS,
    Reason.VARIABLE_IS_TEXT,
    Reason.VARIABLE_MISSING,
    Reason.UNREADABLE_VALUE,
)
_NEARLY = (Reason.GLOB_UNDER_EQUALS, Reason.VALUE_CASE_DIFFERS)


def closest_value(miss: Node) -> Node:
    """Of the values of a condition, the most informative one, or the one that begins most like
    what the call has.
    """
    telling = {code: len(_TELLING) - index for index, code in enumerate(_TELLING)}

    def rank(part: Node) -> tuple[int, int]:
        return telling.get(part.code, 0), common_start(*part.data[:2])

    return max(miss.parts, key=rank)


def value_at_fault(miss: Node) -> Node | None:
    """Of a condition with a set operator, the value of the call that is at fault.

    `None` where several are, and where the operator is negated. Where any one value would do, it is
    the one that nearly fits.
    """
    differing = [part for part in miss.parts if part.truth is False]
    found = [part for part in differing if part.code is Reason.CONDITION and part.parts]
    if len(differing) > 1 and len(differing) == len(miss.parts):
        found = [part for part in found if closest_value(part).code in _NEARLY]
    if len(found) == 1 and (len(differing) == 1 or _is_any(miss)):
        return found[0]
    return None


def _is_any(miss: Node) -> bool:
    return miss.data[1].lower().startswith("foranyvalue:")


def nearness(miss: Node) -> int:
    """How many characters of the call's value the nearest value of a condition has too; 0 for any
    other miss.
    """
    if miss.code in (Reason.SET_CONDITION, Reason.SET_ON_SINGLE):
        differing = [part for part in miss.parts if part.truth is False]
        return max(map(nearness, differing), default=0)
    if miss.code is not Reason.CONDITION or not miss.parts:
        return 0
    if any(part.code in _NEARLY for part in miss.parts):
        return len(miss.data[2])
    return max(common_start(*part.data[:2]) for part in miss.parts)
