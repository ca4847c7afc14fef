"""A whole account that is not known to be the reader's own, without a condition that chooses among
its callers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws import accounts
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.keys.spelling import intended
from trust_widgets.aws.principal_forms import PrincipalForm, account_of, form_of, partition_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.account_conditions import (
    AccountRestriction,
    account_restrictions,
    as_named,
)
from trust_widgets.pitfalls.idle_conditions import why_idle
from trust_widgets.pitfalls.needs import AWS_PRINCIPAL
from trust_widgets.pitfalls.open_callers import anybody_of, stranger_of
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    Remove,
    Statement,
    TrustPolicy,
    example,
    is_meant_to_assume,
    principals,
    principals_of_kind,
)
from trust_widgets.text.budget import remembered_search


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    has_no_deny = not any(statement.effect == "Deny" for statement in policy.statements)
    first: dict[int, tuple[str, Hit | None]] = {}
    for path, statement, value in principals(policy, "AWS", "Allow"):
        if form_of(value) is not PrincipalForm.ACCOUNT or not is_meant_to_assume(statement):
            continue
        if account_of(value) in home.accounts:
            continue
        are_alike = (
            has_no_deny
            and _is_commercial(policy, path, value, home)
            and not _tells_accounts_apart(statement)
        )
        number = int(path[1])
        if are_alike and number in first:
            hit = _same_for(path, value, *first[number], home)
        else:
            hit = _judged(policy, path, value, home)
            first.setdefault(number, (value, hit))
        if hit is not None:
            yield hit
    yield from _tied(policy, home)


def _tied(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    """Everyone, of whom conditions leave one account or some: it is as if those accounts were
    named.
    """
    for path, statement, value in principals(policy, "AWS", "Allow"):
        if value != "*" or not is_meant_to_assume(statement):
            continue
        tied = account_restrictions(statement.conditions)
        if not tied:
            continue
        opening = probe_of(policy, path, home)
        if opening is None or stranger_of(opening):
            continue
        named = {account_of(each) for each in principals_of_kind(statement, "AWS")}
        yield from _of_accounts(opening, tied, (*home.accounts, *named), home)


def _of_accounts(
    opening: StatementProbe,
    tied: Iterable[AccountRestriction],
    known: Collection[str],
    home: Home,
) -> Iterator[Hit]:
    """The accounts that conditions leave, but those that are known; accounts of which all says the
    same are judged once.
    """
    first: dict[str, tuple[str, Hit | None]] = {}
    for root, place in tied:
        if account_of(root) in known:
            continue
        alone, path = as_named(opening, root), (*opening.path, *place)
        kind = _without_account(alone, account_of(root))
        if kind in first:
            hit = _moved(path, root, *first[kind], home)
        else:
            caller = anybody_of(alone, root)
            hit = _hit(path, alone, root, caller) if caller else None
            if kind and _is_of_place(hit, path):
                first[kind] = root, hit
        if hit is not None:
            yield hit


def _is_of_place(hit: Hit | None, path: Path) -> bool:
    """Whether a hit speaks of nothing but the value at a place."""
    if hit is None:
        return True
    return hit.path == path and (hit.fix is None or hit.fix.edits == (Remove(path),))


def _moved(path: Path, root: str, other: str, hit: Hit | None, home: Home) -> Hit | None:
    """What was found for the value of one account, said of the value at another place, which
    differs in the account alone.
    """
    found = _same_for(path, root, other, hit, home)
    if hit is None or found is None:
        return None
    mine, theirs = account_of(root), account_of(other)
    why = _reason(found.message, mine, home).replace(theirs, mine)
    fix = hit.fix and Fix(hit.fix.title.replace(theirs, mine), (Remove(path),))
    return replace(found, path=path, message=_message(mine, home, "aws", why), fix=fix)


def _without_account(alone: StatementProbe, account: str) -> str:
    """What conditions say of an account, without its number; `""` where that is not all."""
    first, *denies = alone.policy.statements
    if denies or account == account_of(alone.role) or partition_of(alone.role) != "aws":
        return ""
    said = repr((first.principal, first.conditions))
    if "${" in said:
        return ""
    return said.replace(account, "ACCOUNT")


def _is_commercial(policy: TrustPolicy, path: Path, value: str, home: Home) -> bool:
    """Whether an account and the role are in the partition `aws`."""
    opening = probe_of(policy, path, home)
    return opening is not None and {partition_of(value), partition_of(opening.role)} == {"aws"}


def _tells_accounts_apart(statement: Statement) -> bool:
    """Whether conditions may be met by the callers of one account and not by another's."""
    for condition in statement.conditions:
        if any("${" in str(value) for value in condition.values):
            return True
        if _differs_by_account(condition.key):
            return True
    return False


def _differs_by_account(key: str) -> bool:
    """Whether what a key holds differs from one account's callers to another's."""
    record = key_record(intended(key))
    return record.property_of == "principal" and record.owned != "no"


def _same_for(path: Path, value: str, other: str, hit: Hit | None, home: Home) -> Hit | None:
    """What was found for one account of a statement, said of another, for which its conditions are
    the same.
    """
    if hit is None:
        return None
    mine, theirs = account_of(value), account_of(other)
    place = path if "Principal" in hit.path else hit.path
    why = _reason(hit.message, theirs, home)
    message = _message(mine, home, "aws", why)
    callers = tuple(caller.replace(theirs, mine) for caller in hit.callers)
    return replace(hit, path=place, message=message, callers=callers)


def _partition(value: str, opening: StatementProbe) -> str:
    """The partition of an account; that of the role for an account ID."""
    if value.startswith("arn:"):
        return partition_of(value)
    return partition_of(opening.role)


def _judged(policy: TrustPolicy, path: Path, value: str, home: Home) -> Hit | None:
    opening = probe_of(policy, path, home)
    if opening is None:
        return None
    caller = anybody_of(opening, value)
    if not caller:
        return None
    return _hit(path, opening, value, caller)


@remembered_search(512)
def _hit(path: Path, opening: StatementProbe, value: str, caller: str) -> Hit:
    cause = culprit_of(opening, lambda other: bool(anybody_of(other, value)))
    if cause is None:
        cause = RootCause(path, why_idle(opening.statement))
    why = f" {cause.why}" if cause.why else ""
    message = _message(account_of(value), opening.home, _partition(value, opening), why)
    return Hit(cause.place, message, callers=(caller,), fix=cause.fix)


def _message(account: str, home: Home, partition: str, why: str) -> str:
    """Who can assume the role, why, and the text to write."""
    return f"{_result(account, home)}{why}{_what_to_do(account, home, partition)}"


def _reason(message: str, account: str, home: Home) -> str:
    """The part of an account's message that says why."""
    start, end = _result(account, home), _what_to_do(account, home, "aws")
    return message.removeprefix(start).removesuffix(end)


def _vendor(account: str, home: Home) -> str:
    """The vendor of an account; `""` if it is of none."""
    return accounts.vendor_of(account) or ("your vendor" if account in home.vendors else "")


def _result(account: str, home: Home) -> str:
    """Who can assume the role."""
    vendor = _vendor(account, home)
    who = f"account {account} of {vendor}" if vendor else f"account {account}"
    return f"Every user and role that {who} allows can assume this role, also those created later."


def _what_to_do(account: str, home: Home, partition: str) -> str:
    """The text to write."""
    vendor = _vendor(account, home)
    if vendor:
        return (
            f' Require the external ID that you got from {vendor}: "StringEquals": '
            '{"sts:ExternalId": "..."}.'
        )
    unsure = "" if home.accounts else f" If {account} is not your account, "
    name = "name the role" if unsure else "Name the role"
    role = f"arn:{partition}:iam::{account}:role/name"
    return (
        f'{unsure or " "}{name}, for example "{role}", or add a condition such as'
        " sts:ExternalId or aws:PrincipalArn."
    )


PITFALL = Pitfall(
    code="TP302",
    verdict=Verdict.OPEN,
    severity=Severity.HIGH,
    title="The whole of another account",
    find=find,
    needs=AWS_PRINCIPAL,
    fine=(
        "When the account is yours: add it to your accounts, and this becomes advice. The word "
        '"root" in the ARN means the whole account, not its root user. Callers also need a '
        "permission for sts:AssumeRole."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    bad=(
        example({"AWS": "arn:aws:iam::444455556666:root"}),
        example({"AWS": "444455556666"}),
        example(
            {"AWS": "444455556666"}, condition={"StringNotEquals": {"sts:ExternalId": "b2f6c3de"}}
        ),
        example(
            {"AWS": "444455556666"}, condition={"StringLike": {"sts:ExternalId": ["b2f6c3de", "*"]}}
        ),
        example({"AWS": "*"}, condition={"StringEquals": {"aws:PrincipalAccount": "444455556666"}}),
        example(
            {"AWS": "*"},
            condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/*"}},
        ),
    ),
    good=(
        example(
            {"AWS": "444455556666"},
            condition={"StringEquals": {"sts:ExternalId": "b2f6c3de-9a41-4b55"}},
        ),
        example(
            {"AWS": "444455556666"}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}
        ),
        example(
            {"AWS": "*"},
            condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::444455556666:role/app-*"}},
        ),
        example({"AWS": "arn:aws:iam::444455556666:role/deploy"}),
    ),
)
