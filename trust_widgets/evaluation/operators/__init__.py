"""The condition operators, one file a family; each family defines `OPERATORS`.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from trust_widgets.aws._data import table
from trust_widgets.aws.operator_table import TABLE
from trust_widgets.families import Registry
from trust_widgets.text.globs import Pattern, Test, text_from_pattern

Reader = Callable[[Pattern], "Test | None"]
_ROWS = {row.name: row for row in TABLE}


def whole_text(pattern: Pattern) -> Pattern:
    """A value as the glob of an operator that reads no wildcards: the text itself."""
    return (text_from_pattern(pattern),)


@dataclass(frozen=True, slots=True)
class Operator:
    """How one operator reads and compares values; what else it means is in `operator_table`.

    Args:
        base: in AWS's spelling, `StringNotLike`.
        read: a value of the policy as a test of one value of the call, as if the operator were not
            negated; `None` for a value that the operator can't read.
        variables: whether it reads policy variables; `None` where AWS's pages disagree.
        as_glob: of an operator for strings, a value as the glob of all texts that it matches.
        as_measured: how a value that AWS's pages do not describe may be read, by what others
            measured in AWS's policy simulator; `None` where nothing is known.

    Attributes:
        negated: whether it is true when no value of the policy fits.
        wildcards: whether it reads `*` and `?`.
        positive: the base that it negates; its own when it negates none.
        is_null: whether it tests the presence of the key rather than its value.
        compares_heads: whether each text that fits a value begins as the value does, up to its
            first wildcard.
    """

    base: str
    read: Reader
    variables: bool | None = False
    as_glob: Callable[[Pattern], Pattern] = whole_text
    as_measured: Callable[[str], str | None] = lambda text: None
    negated: bool = field(init=False)
    wildcards: bool = field(init=False)
    positive: str = field(init=False)
    is_null: bool = field(init=False)
    compares_heads: bool = field(init=False)

    def __post_init__(self) -> None:
        row = _ROWS[self.base]
        object.__setattr__(self, "negated", row.is_negated)
        object.__setattr__(self, "wildcards", row.takes_wildcards)
        object.__setattr__(self, "positive", row.positive)
        object.__setattr__(self, "is_null", row.is_null)
        is_text = self.base.startswith(("String", "Arn"))
        object.__setattr__(self, "compares_heads", is_text and "IgnoreCase" not in self.base)


FAMILIES: Registry[tuple[Operator, ...]] = Registry(
    "trust_widgets.evaluation.operators", "OPERATORS"
)


def operator_named(base: str) -> Operator:
    """The operator of a name that `aws.operators.parse_operator` gave."""
    return _operators()[base]


@table
def _operators() -> dict[str, Operator]:
    return {operator.base: operator for family in FAMILIES.values() for operator in family}


def reads_text(read: Callable[[str], Test | None]) -> Reader:
    """A reader of whole texts, for operators that know no wildcards."""
    return lambda pattern: read(text_from_pattern(pattern))
