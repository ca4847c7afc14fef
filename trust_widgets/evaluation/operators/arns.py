"""Operators for ARNs: `ArnEquals` is `ArnLike`. The six parts between colons are compared one by one."""

from __future__ import annotations

from trust_widgets._wildcards import Pattern, Test, matcher_from_pattern
from trust_widgets.evaluation.operators import Operator

PARTS = 6


def parts_of_pattern(pattern: Pattern) -> tuple[Pattern, ...] | None:
    """The six parts of an ARN's pattern, the last with its colons; `None` when there are not six.

    Example:
        >>> from trust_widgets._wildcards import pattern_from_text
        >>> parts_of_pattern(pattern_from_text("arn:aws:iam::*:role/app"))[4]
        (<Wild.RUN: '*'>,)
    """
    parts: list[Pattern] = [()]
    for piece in pattern:
        texts = piece.split(":", PARTS - len(parts)) if isinstance(piece, str) else [piece]
        parts[-1] += tuple(text for text in texts[:1] if text)
        parts.extend((text,) if text else () for text in texts[1:])
    return tuple(parts) if len(parts) == PARTS else None


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
    Operator(base, _like, negated="Not" in base, wildcards=True, variables=True)
    for base in ("ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike")
)
