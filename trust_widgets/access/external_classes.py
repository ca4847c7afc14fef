"""The classes of callers who have no tie to the reader, nor to anyone whom a policy names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from trust_widgets.access.caller import PrincipalClass, search_memo
from trust_widgets.access.owned_values import owned_subjects
from trust_widgets.access.principal_classes import principal_classes_of
from trust_widgets.aws.arns import is_account_id
from trust_widgets.aws.oidc_issuers import is_shared
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPolicy,
)
from trust_widgets.policy import Home
from trust_widgets.providers import (
    facts_of_issuer,
    reading_of,
    subject_key,
    subjects_of,
)
from trust_widgets.text.globs import matches, text_from_pattern


def external_classes_of(ready: CompiledPolicy, home: Home, role: str) -> tuple[PrincipalClass, ...]:
    """External callers to the reader and to everyone whom a policy names."""
    memo = search_memo(ready)
    found: tuple[PrincipalClass, ...] | None = memo.get((external_classes_of, home, role))
    if found is None:
        found = memo[external_classes_of, home, role] = _external(ready, home, role)
    return found


def _external(ready: CompiledPolicy, home: Home, role: str) -> tuple[PrincipalClass, ...]:
    own = account_of(role)
    mine = (*home.accounts, *home.vendors, *accounts_in(ready), own)
    found: list[PrincipalClass] = []
    for caller in principal_classes_of((ready,), partition_of(role), day=home.day):
        if caller.kind == "aws":
            if caller.arn is not None and "aws:principalaccount" not in caller.fixed:
                found.append(_of_no_account(caller, mine))
        elif caller.kind == "oidc" and is_shared(caller.issuer):
            found.extend(_token_holders(caller, ready))
        elif caller.unnamed and caller.kind in ("oidc", "saml"):
            found.append(caller)  # of whatever provider the role's account has
    return tuple(found)


def accounts_in(ready: CompiledPolicy) -> tuple[str, ...]:
    """Accounts that a policy names anywhere."""
    named: dict[str, None] = {}
    in_conditions: dict[str, None] = {}
    for rule in ready.rules:
        for principal in rule.principals:
            if principal.who is not None:
                named[principal.who.account] = None
        for clause in rule.clauses:
            for value in clause.values:
                parts = value.text.split(":")
                in_conditions |= dict.fromkeys(filter(is_account_id, parts))
    return tuple(named | in_conditions)


def _of_no_account(caller: PrincipalClass, mine: Iterable[str]) -> PrincipalClass:
    return replace(caller, but=caller.but.with_accounts(mine))


def _token_holders(caller: PrincipalClass, ready: CompiledPolicy) -> Iterator[PrincipalClass]:
    """Holders of tokens with a subject that an external caller can have: some likely ones, then
    those of any other subject.

    The likely ones make a good example. That nobody is allowed is said only of all of them:
    `_taken` leaves out the subjects that are someone's."""
    sub = subject_key(caller.issuer)
    allowing: list[CompiledCondition] = []
    every: list[CompiledCondition] = []
    for rule in ready.rules:
        clauses = [clause for clause in rule.clauses if clause.key == sub]
        every += clauses
        if rule.allows:
            allowing += clauses
    guests = facts_of_issuer(caller.issuer).guests
    subjects = list(dict.fromkeys(_subjects(caller.issuer, allowing)))
    owned = [pattern for clause in every for pattern in owned_subjects(caller.issuer, clause)]
    free = [subject for subject in subjects if not _matches_any(owned, subject)]
    for subject in free[:4]:
        yield replace(caller, fixed={sub: subject})
    if guests is not None:
        yield replace(caller, fixed={sub: guests.subject})
    yield caller


def _matches_any(patterns: list[str], subject: str) -> bool:
    """True if one of some patterns matches a subject."""
    return any(matches(pattern, subject) for pattern in patterns)


def _subjects(issuer: str, clauses: list[CompiledCondition]) -> Iterator[str]:
    values = [value for clause in clauses for value in clause.values if not value.variable]
    patterns = [text_from_pattern(value.template) for value in values]  # type: ignore[arg-type]
    for pattern in (*patterns, "*"):
        reading = reading_of(issuer, pattern)
        if reading is not None and reading.stranger:
            yield from subjects_of(issuer, pattern)[:1]
