"""Operators for ARNs: `ArnEquals` is `ArnLike`.

The six parts between colons are compared one by one.
"""

from __future__ import annotations

from trust_widgets.aws.arns import PARTS, parts_of_pattern
from trust_widgets.evaluation.operators import Operator
from trust_widgets.text.globs import Pattern, Test, matcher_from_pattern


def _like(pattern: Pattern) -> Test | None:
    parts = parts_of_pattern(pattern)
    if parts is None or not matcher_from_pattern(parts[0])("arn"):
        return None
    tests = [matcher_from_pattern(part) for part in parts]

    def test(given: str) -> bool:
        values = given.split(":", PARTS - 1)
        if len(values) != PARTS or values[0] != "arn":
            return False  # no ARN: nothing is like it
        return all(fits(value) for fits, value in zip(tests, values, strict=True))

    return test


OPERATORS = tuple(
    Operator(base, _like, variables=True)
    for base in ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike")
)
