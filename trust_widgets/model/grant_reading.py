"""Statements read back as grants.

Reading back is never a guess: what a pattern read is built again, and counts only if that, with the
conditions left over as `guards`, means exactly what the statements said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trust_widgets.aws.accounts import account_in
from trust_widgets.aws.arns import with_root
from trust_widgets.forms import (
    complaints_about,
    said,
)
from trust_widgets.model.grants import Grant, complaints_of
from trust_widgets.patterns import PATTERNS, Pattern
from trust_widgets.policy import (
    Condition,
    Guard,
    Principal,
    Statement,
    first_doubled,
    guards_from_conditions,
    normalized_key,
    text_from_scalar,
)
from trust_widgets.text.globs import has_wildcard


def grants_from_statements(
    statements: tuple[Statement, ...], account: str, usual: str = ""
) -> tuple[tuple[tuple[Grant, tuple[Statement, ...]], ...], str]:
    """Read statements as grants, in order, each with the statements it represents.

    Args:
        statements: of a policy.
        account: the account the role lives in; `""` takes the account that the first statement
            names as its own.
        usual: the account it is thought to live in, while no statement names another.

    Returns:
        The grants, and the role's account, which a statement may name.
    """
    found: list[tuple[Grant, tuple[Statement, ...]]] = []
    at = 0
    while at < len(statements):
        count, grant, account = _read_next(statements[at:], account, usual)
        found.append((grant, statements[at : at + count]))
        at += count
    return tuple(found), account


def _read_next(
    statements: tuple[Statement, ...], account: str, usual: str
) -> tuple[int, Grant, str]:
    for count in (2, 1):  # a pattern may need two statements for one grant
        if count <= len(statements):
            read = _recognise(statements[:count], account, usual)
            if read:
                return count, *read
    return 1, Grant("", by_hand=statements[0]), account


def _recognise(
    statements: tuple[Statement, ...], account: str, usual: str
) -> tuple[Grant, str] | None:
    """Return the most specific reading: a named pattern first, then the fewest conditions left."""
    readings = []
    for name, pattern in PATTERNS.items():
        read = _read_as(
            name, pattern, statements, account if pattern.tells_account else account or usual
        )
        if read:
            readings.append((pattern.general, len(read[0].guards), name, read))
    if readings:
        return min(readings, key=lambda r: r[:3])[3]
    return None


def _read_as(
    name: str, pattern: Pattern, statements: tuple[Statement, ...], account: str
) -> tuple[Grant, str] | None:
    answers = pattern.answers(statements)
    if answers is None:
        return None
    own = str(answers.pop("account", "")) or account
    fields = pattern.fields_for(answers)
    answers = said(fields, answers)
    if pattern.of_another and own and account_in(str(answers[pattern.of_another])) == own:
        return None
    known = account or not pattern.tells_account
    if (known and own != account) or complaints_about(fields, answers):
        return None  # what would not be taken from a form is not put into one
    guards = _left_over(pattern.make(own, answers), statements)
    if guards is None:
        return None
    sids = tuple(statement.sid for statement in statements)
    grant = Grant(name, answers, guards, sids if any(sid is not None for sid in sids) else ())
    if complaints_of(grant, own):
        return None
    return grant, own


def _left_over(
    built: tuple[Statement, ...], said: tuple[Statement, ...]
) -> tuple[Guard, ...] | None:
    """The conditions that are said but not built; `None` when the two differ in anything else."""
    if len(built) != len(said):
        return None
    left = []
    for ours, theirs in zip(built, said, strict=True):
        known = {_meaning_of_condition(c) for c in ours.conditions}
        extra = tuple(c for c in theirs.conditions if _meaning_of_condition(c) not in known)
        every = (*ours.conditions, *extra)
        if first_doubled(every) or meaning(replace(ours, conditions=every)) != meaning(theirs):
            return None
        left.append(extra)
    if any(extra != left[0] for extra in left):
        return None
    if left:
        return guards_from_conditions(left[0])
    return None


def meaning(statement: Statement) -> tuple[Any, ...]:
    """Return what a statement means, without `Sid`, order of values, and case of keys."""
    return (
        statement.effect,
        _meaning_of_principal(statement.principal),
        _meaning_of_principal(statement.not_principal),
        *(
            _as_set(getattr(statement, name))
            for name in ("action", "not_action", "resource", "not_resource")
        ),
        frozenset(_meaning_of_condition(c) for c in statement.conditions),
        frozenset(statement.bare_operators),
        statement.other,
    )


def _meaning_of_principal(principal: Principal | None) -> Any:
    if principal is None or principal.star:
        return principal
    return frozenset((kind, frozenset(map(with_root, values))) for kind, values in principal.kinds)


def _meaning_of_condition(condition: Condition) -> tuple[str, str, frozenset[str]]:
    """Without a wildcard, StringLike compares as StringEquals does."""
    values = frozenset(map(text_from_scalar, condition.values))
    exact = condition.operator == "StringLike" and not any(has_wildcard(value) for value in values)
    return "StringEquals" if exact else condition.operator, normalized_key(condition.key), values


def _as_set(values: tuple[str, ...] | None) -> frozenset[str] | None:
    if values is None:
        return None
    return frozenset(values)
