"""Atoms: conditions with a number, which the value of one key makes true or false."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from trust_widgets.access.value_kinds import TEXT
from trust_widgets.access.value_sets import ValueSet, value_set_of
from trust_widgets.aws.arns import arn_of
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledValue,
    Keys,
    Variable,
    compiled_clause,
    fill,
    seconds_from_text,
    variables_of,
)
from trust_widgets.policy import Condition, null_result
from trust_widgets.text.globs import Pattern
from trust_widgets.text.tokens import ANY, Glob, GlobItem, tokens_of_text


class Absent:
    """The key is not in the call."""


ABSENT: Final = Absent()
Found: TypeAlias = "str | tuple[str, ...] | Absent"
Projection: TypeAlias = "tuple[Glob, Glob, str, Callable[[str], str]]"


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """One condition.

    Args:
        number: its own; negative, it represents "this is false".
        clause: what it was made from.
        group: the key whose value decides it; parts of an ARN are decided with the whole.
        projection: where its own key is in that value, when it is a part.
        variables: keys that occur in its values.
    """

    number: int
    clause: CompiledCondition
    group: str
    projection: Projection | None
    variables: tuple[str, ...]
    patterns: tuple[Pattern, ...]
    absent: bool
    present: bool | None

    def value_set(self, keys: Keys | None) -> ValueSet:
        """What its values admit, variables filled from `keys`; without them, those that need one
        are left out.
        """
        patterns = self.patterns
        if self.variables and keys is not None:
            filled = (fill(value.template, keys) for value in self.clause.values if value.variable)
            patterns += tuple(pattern for pattern in filled if not isinstance(pattern, Variable))
        found = value_set_of(self.clause.operator.positive, patterns)
        if self.projection is None:
            return found
        return _of_whole(found, self.projection)


def _of_whole(value_set: ValueSet, projection: Projection) -> ValueSet:
    """Values of a part, as values of the whole that holds it."""
    if projection is SECONDS:
        return value_set.of_moment(projection[3])
    if value_set.kind == TEXT:
        return value_set.lift(*projection)
    return value_set.of_part(projection[0], projection[3])


def content_of(clause: CompiledCondition) -> tuple[object, ...]:
    """What two conditions have in common when they mean the same."""
    templates = frozenset(value.template for value in clause.values)
    return clause.key, clause.operator.base, clause.quantifier, clause.if_exists, templates


def atom_of(
    number: int, clause: CompiledCondition, group: str, projection: Projection | None
) -> Atom:
    """A condition made ready for the search."""
    is_null = clause.operator.is_null
    readable = [value for value in clause.values if not value.variable and value.test is not None]
    patterns = tuple(value.template for value in readable)
    variables: tuple[str, ...] = ()
    if not is_null:
        templates = [value.template for value in clause.values]
        names = [variable.key for template in templates for variable in variables_of(template)]
        variables = tuple(dict.fromkeys(names))
    return Atom(
        number,
        clause,
        group,
        projection,
        variables,
        patterns,  # type: ignore[arg-type]
        bool(clause.missing.truth),
        _present(clause),
    )


def _present(clause: CompiledCondition) -> bool | None:
    """What a condition says of every call that has its key; `None` where that depends on the
    value.
    """
    if clause.operator.is_null:
        return null_result((value.text for value in clause.values), is_absent=False)
    # A key with several values, without a set operator: AWS does not say what happens; the
    # evaluator takes "false".
    if clause.many and not clause.quantifier:
        return False
    return None


_ALONE = ("Statement", 0)  # the place of the only statement


def clause_of(operator: str, key: str, value: str) -> CompiledCondition:
    """One condition by itself."""
    return compiled_clause(_ALONE, Condition(operator, key, (value,)))


def asks_for_one_asterisk(clause: CompiledCondition) -> bool:
    """Whether an ARN operator is given "*" alone, of which AWS does not say whether it fits no ARN
    or all of them.
    """
    return clause.operator.base.startswith("Arn") and any(
        value.text == "*" for value in clause.values
    )


def as_measured(clause: CompiledCondition) -> CompiledCondition:
    """A condition with the values that AWS's pages do not describe as others measured that they are
    read.
    """
    return replace(clause, values=tuple(_measured(clause, value) for value in clause.values))


def _measured(clause: CompiledCondition, value: CompiledValue) -> CompiledValue:
    if value.variable:
        return value
    text = clause.operator.as_measured(value.text)
    if text is None:
        return value
    test = clause.operator.read((text,))
    return replace(value, text=text, template=(text,), test=test, why=None)


def has_measured_values(clause: CompiledCondition) -> bool:
    """Whether a condition has a value that AWS's pages do not describe."""
    return any(
        clause.operator.as_measured(value.text) is not None
        for value in clause.values
        if not value.variable
    )


def alternative_reading_of(clause: CompiledCondition) -> CompiledCondition:
    """The other way to read a condition that AWS's pages leave open: one that compares a key with
    several values without a set operator, or an ARN operator with "*" alone.
    """
    if has_measured_values(clause):
        clause = as_measured(clause)
    if asks_for_one_asterisk(clause):
        every = clause_of(clause.spelled, clause.name, "arn:*:*:*:*:*").values[0]
        clause = replace(
            clause, values=tuple(every if value.text == "*" else value for value in clause.values)
        )
    if not clause.many or clause.quantifier or clause.operator.is_null:
        return clause
    quantifier = "ForAllValues" if clause.operator.negated else "ForAnyValue"
    return replace(clause, quantifier=quantifier, many=True)


def account_projection(partition: str) -> Projection:
    """The account in an ARN."""
    return (
        tokens_of_text(f"arn:{partition}:iam::"),
        (*tokens_of_text(":"), GlobItem(ANY, True)),
        ":",
        _account,
    )


def _account(arn: str) -> str:
    """The account in an ARN; `""` for what is no ARN."""
    parsed = arn_of(arn)
    if parsed is None:
        return ""
    return parsed.account


def seconds_of(moment: str) -> str:
    """The number of seconds since 1970, as `aws:EpochTime` holds it; `""` for what is no date.

    Example:
        >>> seconds_of("1970-01-02T00:00:00Z")
        '86400'
    """
    seconds = seconds_from_text(moment)
    if seconds is None:
        return ""
    return str(int(seconds))


SECONDS: Final[Projection] = ((), (), "", seconds_of)
"""The number of seconds in the date and time of a request."""


def name_projection(before: Glob) -> Projection:
    """The name at the end of an ARN."""
    return before, (), "/", _name


def _name(arn: str) -> str:
    return arn.rpartition("/")[2]


def keys_of(
    model: Mapping[str, Found],
    fixed: Mapping[str, str],
    projections: Iterable[tuple[str, str, Projection]],
) -> dict[str, str | tuple[str, ...] | None]:
    """What the call's keys hold, as the evaluator reads them."""
    keys: dict[str, str | tuple[str, ...] | None] = dict(fixed)
    for key, found in model.items():
        if not isinstance(found, Absent):
            keys[key] = found
    for key, group, (*_, part) in projections:
        whole = keys.get(group)
        if isinstance(whole, str):
            keys[key] = part(whole)
    return keys
