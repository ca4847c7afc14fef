"""The condition operators, one file a family; each family defines `OPERATORS`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from trust_widgets.families import Registry
from trust_widgets.text.globs import Pattern, Test, text_from_pattern

Reader = Callable[[Pattern], "Test | None"]


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator without its set operator and `IfExists`.

    Args:
        base: in AWS's spelling, `StringNotLike`.
        read: a value of the policy as a test of one value of the call, as if the operator were not negated;
            `None` for a value that the operator can't read.
        negated: whether it is true when no value of the policy fits.
        wildcards: whether it reads `*` and `?`.
        variables: whether it reads policy variables; `None` where AWS's pages disagree.
    """

    base: str
    read: Reader
    negated: bool = False
    wildcards: bool = False
    variables: bool | None = False


FAMILIES: Registry[tuple[Operator, ...]] = Registry("trust_widgets.evaluation.operators", "OPERATORS")


@cache
def operator_named(base: str) -> Operator:
    """The operator of a name that `aws.operators.parts` gave."""
    return next(operator for family in FAMILIES.values() for operator in family if operator.base == base)


def reads_text(read: Callable[[str], Test | None]) -> Reader:
    """A reader of whole texts, for operators that know no wildcards."""
    return lambda pattern: read(text_from_pattern(pattern))
