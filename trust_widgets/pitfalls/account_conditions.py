"""Everyone, `{"AWS": "*"}`, where conditions leave the callers of single accounts: as good as
naming those accounts.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from trust_widgets.access import StatementProbe
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.principal_forms import ACCOUNT, account_of, partition_of
from trust_widgets.evaluation import compile_policy
from trust_widgets.policy import CACHE, Condition, ConditionView, Path, Principal, normalized_key
from trust_widgets.text.budget import prepare, remembered_search
from trust_widgets.text.globs import has_wildcard


class AccountRestriction(NamedTuple):
    """One account that a value names.

    Args:
        root: the account as a principal would name it. place: the value, below its statement.
    """

    root: str
    place: Path


def account_restrictions(conditions: Iterable[Condition]) -> tuple[AccountRestriction, ...]:
    """The accounts that conditions on the caller's account or ARN name, each at the first value
    that names it.

    Example:
        >>> [
        ...     tie.root
        ...     for tie in account_restrictions(
        ...         [Condition("StringEquals", "aws:PrincipalAccount", ("444455556666",))]
        ...     )
        ... ]
        ['arn:aws:iam::444455556666:root']
        >>> account_restrictions(
        ...     [Condition("StringNotEquals", "aws:PrincipalAccount", ("444455556666",))]
        ... )
        ()
    """
    restrictions: dict[str, AccountRestriction] = {}
    for condition in sorted(conditions, key=_key_and_operator):
        for restriction in _restrictions_by(condition):
            restrictions.setdefault(restriction.root, restriction)
    return tuple(restrictions.values())


def _key_and_operator(condition: Condition) -> tuple[str, str]:
    return normalized_key(condition.key), condition.operator


def _restrictions_by(condition: Condition) -> Iterator[AccountRestriction]:
    """The accounts that the values of one condition name."""
    view = ConditionView(condition)
    if not key_record(view.key).names_accounts or view.is_negated:
        return
    for index, value in enumerate(map(str, condition.values)):
        account, partition = account_of(value), partition_of(value)
        if not ACCOUNT.fullmatch(account):
            continue
        if has_wildcard(partition):
            partition = "aws"
        root = f"arn:{partition}:iam::{account}:root"
        yield AccountRestriction(root, (*condition.path, index))


@remembered_search(256)
def as_named(opening: StatementProbe, root: str) -> StatementProbe:
    """The same statement, if it named one account in place of everyone.

    Values that name another account are left out: no caller of this one has them.
    """
    prepare(opening.ready.number_of_values >> 4)
    first, *denies = opening.policy.statements
    numbers = tuple(_values_for(condition, account_of(root)) for condition in first.conditions)
    conditions = tuple(map(_with_values, first.conditions, numbers))
    named = replace(first, principal=Principal(aws=(root,)), conditions=conditions)
    policy = replace(opening.policy, statements=(named, *denies))
    return replace(opening, policy=policy, ready=compile_policy(policy), numbers=numbers)


def _with_values(condition: Condition, numbers: tuple[int, ...]) -> Condition:
    return replace(condition, values=tuple(condition.values[number] for number in numbers))


def _values_for(condition: Condition, account: str) -> tuple[int, ...]:
    """The numbers of the values that a caller of an account may have; all of them where that is not
    sure.
    """
    view = ConditionView(condition)
    if view.is_negated or not key_record(view.key).names_accounts or len(condition.values) == 1:
        return tuple(range(len(condition.values)))
    numbers = _by_account(condition)
    kept = (*numbers.get(account, ()), *numbers.get("", ()))
    return tuple(sorted(kept)) or tuple(range(len(condition.values)))


def _by_account(condition: Condition) -> dict[str, list[int]]:
    """The numbers of the values that name an account, and under `""` those of all others."""
    memo = CACHE.parts.of(condition)
    found: dict[str, list[int]] | None = memo.get(account_of)
    if found is None:
        found = memo[account_of] = {}
        for number, value in enumerate(map(str, condition.values)):
            account = account_of(value)
            found.setdefault(account if ACCOUNT.fullmatch(account) else "", []).append(number)
    return found
