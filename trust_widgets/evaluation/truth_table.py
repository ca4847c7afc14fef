"""One condition as a table: what it says of a call without the key, with one value, with several;
and its variants.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from trust_widgets.aws.operators import QUANTIFIERS, ParsedOperator, parse_operator
from trust_widgets.evaluation.compiled import CompiledCondition, compiled_clause
from trust_widgets.evaluation.conditions import decide_clause
from trust_widgets.evaluation.context import Value
from trust_widgets.evaluation.operators.dates import seconds_from_text
from trust_widgets.evaluation.trace import Reason
from trust_widgets.policy import Condition
from trust_widgets.text.globs import example_text

# Where AWS's pages say that a set operator is required, and not what happens without.
_UNSPECIFIED = (Reason.NO_SET_OPERATOR,)
_ROWS = {
    "absent": "The key is absent",
    "fits": "One value, and it matches",
    "differs": "One value, and it does not match",
    "all_fit": "Several values, and all match",
    "some_fit": "Several values, and some match",
    "none_fit": "Several values, and none matches",
    "empty": "An empty list",
}
SEVERAL = ("all_fit", "some_fit", "none_fit", "empty")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one variant says in one case.

    Args:
        truth: `None` where AWS's pages do not say.
        reason: the code of the reason.
    """

    truth: bool | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Row:
    """One case.

    Args:
        name, title: `absent`, "The key is absent".
        example: the call's value in it; `None` for an absent key.
        cells: one for each operator of the table.
    """

    name: str
    title: str
    example: Value | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TruthTable:
    """A condition's table.

    Args:
        condition: the condition. many: whether its key may have several values; `None` for a key
            AWS does not know.
        operators: the variants, the condition's own first.
        rows: the cases.
    """

    condition: Condition
    many: bool | None
    operators: tuple[str, ...]
    rows: tuple[Row, ...]


def truth_table(condition: Condition) -> TruthTable | None:
    """The table of a condition; `None` for an operator that AWS does not have.

    Values are compared as written, without a call's variables.

    Example:
        >>> table = truth_table(
        ...     Condition("StringEqualsIfExists", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))
        ... )
        >>> table.operators[:2], [cell.truth for cell in table.rows[0].cells[:2]]
        (('StringEqualsIfExists', 'StringEquals'), [True, False])
    """
    parsed = parse_operator(condition.operator)
    if parsed is None:
        return None
    variants = (each.spelling() for each in _variants(parsed) if each != parsed)
    names = (condition.operator, *variants)
    clauses = [compiled_clause((), replace(condition, operator=name)) for name in names]
    cases = dict(_cases(clauses[0]))
    rows = tuple(_row(name, example, clauses) for name, example in cases.items())
    return TruthTable(condition, clauses[0].many, names, rows)


def _row(name: str, example: Value | None, clauses: list[CompiledCondition]) -> Row:
    """Return the row of one case, with a cell for each spelling of the operator."""
    return Row(name, _ROWS[name], example, tuple(_cell(clause, example) for clause in clauses))


def _variants(operator: ParsedOperator) -> Iterator[ParsedOperator]:
    if operator.is_null:
        yield ParsedOperator("", "Null", if_exists=False)
        return
    for quantifier in ("", *QUANTIFIERS):
        for if_exists in (False, True):
            yield ParsedOperator(quantifier, operator.base, if_exists)


def _cell(clause: CompiledCondition, example: Value | None) -> Cell:
    if example is None:
        keys = {}
    else:
        keys = {clause.key: example}
    node = decide_clause(clause, keys)
    if node.code in _UNSPECIFIED:
        return Cell(None, node.code)
    return Cell(node.truth, node.code)


def _cases(clause: CompiledCondition) -> Iterator[tuple[str, Value | None]]:
    """The cases with an example each; those for which none is found are left out."""
    yield "absent", None
    fits, differs = (list(_examples(clause, wanted)) for wanted in (True, False))
    if clause.operator.is_null:
        yield "fits", "anything"
        return
    if fits:
        yield "fits", fits[0]
    if differs:
        yield "differs", differs[0]
    if fits:
        yield "all_fit", tuple((fits * 2)[:2])
    if fits and differs:
        yield "some_fit", (fits[0], differs[0])
    if differs:
        yield "none_fit", tuple((differs * 2)[:2])
    yield "empty", ()


def _examples(clause: CompiledCondition, wanted: bool) -> Iterator[str]:
    """Values for which some value of the policy is a match, or none is, as if the operator were not
    negated.
    """
    tests = [value.test for value in clause.values if value.test is not None]
    candidates = dict.fromkeys(text for value in clause.values for text in _near(value.text))
    for text in (*candidates, "something-else", "other"):
        is_match = any(test(text) for test in tests)
        if is_match is not wanted:
            continue
        if wanted or _is_of_kind(clause, text):
            yield text


def _is_of_kind(clause: CompiledCondition, text: str) -> bool:
    return clause.operator.read((text,)) is not None


def _near(text: str) -> Iterator[str]:
    """A value, and others near it."""
    address, _, length = text.partition("/")
    if length.isdigit():
        yield address  # a call comes from an address, never from a network
    yield example_text(text)
    yield text
    if text.lower() in ("true", "false"):
        yield from ("true", "false")
    yield from _numbers_near(text)
    yield text.replace("*", "").rstrip("/") + "-other"
    if "/" in text or text.count(".") == 3 or ":" in text:
        yield from (address, "198.51.100.7", "2001:db8:ffff::1")
    yield "arn:aws:iam::999988887777:role/other"


def _numbers_near(text: str) -> Iterator[str]:
    seconds = seconds_from_text(text)
    if text.isdigit():
        yield from (str(int(text) - 1), str(int(text) + 1))
    elif seconds is not None:
        for days in (-1, 1):
            try:
                moment = datetime.fromtimestamp(int(seconds) + days * 86_400, UTC)
            except (OverflowError, ValueError, OSError):
                continue
            yield moment.strftime("%Y-%m-%dT%H:%M:%SZ")
