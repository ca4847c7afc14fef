"""The condition operators of AWS in one table, with what each means and its words.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from typing import NamedTuple


class BaseOperator(NamedTuple):
    """A row of the table: one operator, without a set operator and without `IfExists`.

    Args:
        name: in AWS's spelling.
        type: the type of key that it is for, as in `ConditionKey.type`.
        positive: the operator that it negates; its own name when it negates none.
        takes_wildcards: whether it reads `*` and `?` in its values.
        result_when_absent: whether it is true of a request without the key. `None` for `Null`,
            which checks exactly that: there the values decide.
        phrase: it in a sentence behind the key, with `{}` for the values; `""` for `Null`.
        sign: it in a label, between the key and the values; `""` for `Null`.
    """

    name: str
    type: str
    positive: str
    takes_wildcards: bool
    result_when_absent: bool | None
    phrase: str
    sign: str

    @property
    def is_negated(self) -> bool:
        """Whether it is true for what its values do not name."""
        return self.positive != self.name

    @property
    def is_null(self) -> bool:
        """Whether it tests the presence of the key rather than its value."""
        return self.name == "Null"


def _row(
    name: str,
    key_type: str,
    phrase: str,
    sign: str,
    negates: str = "",
    takes_wildcards: bool = False,
) -> BaseOperator:
    absent = None if name == "Null" else bool(negates)
    return BaseOperator(name, key_type, negates or name, takes_wildcards, absent, phrase, sign)


# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
# Operators for ARNs read wildcards whether they end in Equals or in Like: AWS says that both behave
# alike.
TABLE = (
    _row("StringEquals", "String", "is {}", "="),
    _row("StringLike", "String", "is like {}", "like", takes_wildcards=True),
    _row("StringNotEquals", "String", "is not {}", "≠", negates="StringEquals"),
    _row(
        "StringNotLike",
        "String",
        "is not like {}",
        "not like",
        negates="StringLike",
        takes_wildcards=True,
    ),
    _row("StringEqualsIgnoreCase", "String", "is {} (ignoring case)", "= (ignoring case)"),
    _row(
        "StringNotEqualsIgnoreCase",
        "String",
        "is not {} (ignoring case)",
        "≠ (ignoring case)",
        negates="StringEqualsIgnoreCase",
    ),
    _row("ArnLike", "ARN", "is like {}", "like", takes_wildcards=True),
    _row("ArnEquals", "ARN", "is {}", "like", takes_wildcards=True),
    _row(
        "ArnNotLike", "ARN", "is not like {}", "not like", negates="ArnLike", takes_wildcards=True
    ),
    _row("ArnNotEquals", "ARN", "is not {}", "not like", negates="ArnEquals", takes_wildcards=True),
    _row("Bool", "Bool", "is {}", "="),
    _row("IpAddress", "IPAddress", "is in {}", "in"),
    _row("NotIpAddress", "IPAddress", "is not in {}", "not in", negates="IpAddress"),
    _row("NumericEquals", "Numeric", "is {}", "="),
    _row("NumericNotEquals", "Numeric", "is not {}", "≠", negates="NumericEquals"),
    _row("NumericLessThan", "Numeric", "is less than {}", "<"),
    _row("NumericLessThanEquals", "Numeric", "is at most {}", "≤"),
    _row("NumericGreaterThan", "Numeric", "is more than {}", ">"),
    _row("NumericGreaterThanEquals", "Numeric", "is at least {}", "≥"),
    _row("DateEquals", "Date", "is {}", "="),
    _row("DateNotEquals", "Date", "is not {}", "≠", negates="DateEquals"),
    _row("DateLessThan", "Date", "is before {}", "<"),
    _row("DateLessThanEquals", "Date", "is not after {}", "≤"),
    _row("DateGreaterThan", "Date", "is after {}", ">"),
    _row("DateGreaterThanEquals", "Date", "is not before {}", "≥"),
    _row("BinaryEquals", "Binary", "is {}", "="),
    _row("Null", "Null", "", ""),
)
