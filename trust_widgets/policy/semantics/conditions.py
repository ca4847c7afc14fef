"""What a condition means: its operator, its key, and what follows from both.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.operators import ParsedOperator, parse_operator
from trust_widgets.policy.conditions import Condition, text_from_scalar
from trust_widgets.policy.policy_cache import CACHE
from trust_widgets.policy.values import Statement


def normalized_key(name: str) -> str:
    """A condition key as AWS compares it, without regard to case.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html

    Example:
        >>> normalized_key("aws:PrincipalOrgID")
        'aws:principalorgid'
    """
    return name.lower()


def null_result(texts: Iterable[str], is_absent: bool) -> bool:
    """Whether `Null` with these values is true of a request without its key, or else of one that
    has it.

    IAM reads the values without regard to case.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null

    Example:
        >>> null_result(["True"], is_absent=True), null_result(["True"], is_absent=False)
        (True, False)
    """
    wanted = "true" if is_absent else "false"
    return any(text.lower() == wanted for text in texts)


def result_when_absent(operator: ParsedOperator, texts: Iterable[str]) -> bool:
    """Whether a condition is true of a request without its key.

    Example:
        >>> result_when_absent(ParsedOperator("", "StringNotEquals", False), ["a"])
        True
    """
    result = operator.result_when_absent
    if result is None:
        return null_result(texts, is_absent=True)
    return result


class ConditionView:
    """A condition as AWS reads it.

    Args:
        condition: the condition as written.

    Example:
        >>> view = ConditionView(
        ...     Condition(
        ...         "stringLike", "token.actions.githubusercontent.com:sub", ("repo:octo-org/*",)
        ...     )
        ... )
        >>> view.operator.spelling(), view.issuer, view.claim, view.result_when_absent
        ('StringLike', 'token.actions.githubusercontent.com', 'sub', False)
    """

    __slots__ = ("condition", "key", "operator")

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self.key = condition.key.lower()
        """The key as AWS compares it."""
        self.operator = parse_operator(condition.operator)
        """The operator; `None` when AWS has no such operator."""

    @property
    def issuer(self) -> str:
        """The issuer in the key, in lower case; `""` when the key is no claim."""
        return claim_key(self.key).issuer

    @property
    def claim(self) -> str:
        """The claim in the key, in lower case; `""` when the key is no claim."""
        return claim_key(self.key).claim

    @property
    def values(self) -> tuple[str, ...]:
        """The values as AWS compares them."""
        return tuple(map(text_from_scalar, self.condition.values))

    @property
    def truth_values(self) -> frozenset[str]:
        """The values in lower case, as `Bool` and `Null` read them."""
        return frozenset(text.lower() for text in self.values)

    @property
    def base(self) -> str:
        """The operator without its set operator and `IfExists`; `""` when AWS has no such
        operator.
        """
        if self.operator:
            return self.operator.base
        return ""

    @property
    def type(self) -> str:
        """The type of key that its operator is for; `""` when AWS has no such operator."""
        if self.operator:
            return self.operator.type
        return ""

    @property
    def is_null(self) -> bool:
        """Whether it checks if the key is present, rather than comparing values."""
        return self.operator is not None and self.operator.is_null

    @property
    def is_plain_null(self) -> bool:
        """Whether it is `Null` without a set operator, as AWS's pages have it; of others nothing is
        concluded.
        """
        return self.is_null and self.operator is not None and not self.operator.quantifier

    @property
    def is_negated(self) -> bool:
        """Whether it is true for what its values do not name."""
        return self.operator is not None and self.operator.is_negated

    @property
    def takes_wildcards(self) -> bool:
        """Whether it reads `*` and `?` in its values."""
        return self.operator is not None and self.operator.takes_wildcards

    @property
    def result_when_absent(self) -> bool | None:
        """Whether it is true of a request without the key; `None` when AWS has no such operator."""
        if self.operator is None:
            return None
        return result_when_absent(self.operator, self.values)

    @property
    def requires_presence(self) -> bool:
        """Whether it is a `Null` that only requests with the key meet."""
        return self.is_plain_null and self.truth_values == {"false"}

    @property
    def requires_absence(self) -> bool:
        """Whether it is a `Null` that only requests without the key meet."""
        return self.is_plain_null and self.truth_values == {"true"}


def requires_match(condition: Condition) -> bool:
    """Whether a request meets a condition only with a value that one of the condition's values
    fits.

    Example:
        >>> requires_match(Condition("StringLike", "sts:ExternalId", ("a",)))
        True
        >>> requires_match(Condition("StringNotLike", "sts:ExternalId", ("a",)))
        False
    """
    operator = parse_operator(condition.operator)
    return operator is not None and operator.requires_match and bool(condition.values)


def keys_of(statement: Statement, operator: str = "") -> set[str]:
    """The condition keys of a statement, as AWS compares them; with an operator, those in its block
    alone.
    """
    return {c.key.lower() for c in statement.conditions if operator in ("", c.operator)}


def conditions_on(statement: Statement, key: str) -> Iterator[Condition]:
    """The conditions of a statement on one key."""
    memo = CACHE.parts.of(statement)
    by_key: dict[str, list[Condition]] | None = memo.get(conditions_on)
    if by_key is None:
        by_key = memo[conditions_on] = {}
        for condition in statement.conditions:
            by_key.setdefault(condition.key.lower(), []).append(condition)
    return iter(by_key.get(key.lower(), ()))
