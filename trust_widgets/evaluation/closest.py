"""Of several values that do not fit, the one that comes nearest; and how near that is."""

from __future__ import annotations

from trust_widgets.evaluation.trace import Node, Reason
from trust_widgets.policy import common_start

# Of several values that do not fit, the one that tells most is shown.
_TELLING = (
    Reason.GLOB_UNDER_EQUALS,
    Reason.VALUE_CASE_DIFFERS,
    Reason.VARIABLE_IS_TEXT,
    Reason.VARIABLE_MISSING,
    Reason.UNREADABLE_VALUE,
)
_NEARLY = (Reason.GLOB_UNDER_EQUALS, Reason.VALUE_CASE_DIFFERS)


def closest_value(miss: Node) -> Node:
    """Of the values that a condition offers, the one that tells most, or begins most like what the
    call has.
    """
    telling = {code: len(_TELLING) - index for index, code in enumerate(_TELLING)}
    return max(
        miss.parts, key=lambda part: (telling.get(part.code, 0), common_start(*part.data[:2]))
    )


def nearness(miss: Node) -> int:
    """How many characters of the call's value the nearest value of a condition has too; 0 for any
    other miss.
    """
    if miss.code is not Reason.CONDITION or not miss.parts:
        return 0
    if any(part.code in _NEARLY for part in miss.parts):
        return len(miss.data[2])
    return max(common_start(*part.data[:2]) for part in miss.parts)
