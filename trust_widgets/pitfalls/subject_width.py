"""Subjects that a statement requires, and whether a token with a certain subject is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from trust_widgets.access import StatementProbe, no_owned_values
from trust_widgets.aws import operators
from trust_widgets.evaluation import Request
from trust_widgets.policy import (
    ConditionView,
    Path,
    Statement,
    TrustPolicy,
    guarding_conditions,
    is_open_ended,
    normalized_key,
    once_a_policy,
    principals,
)
from trust_widgets.providers import (
    Provider,
    as_issued,
    is_unissuable,
    issuer_of,
    provider_of,
    subject_key,
)
from trust_widgets.text.budget import prepare, remembered_search
from trust_widgets.text.globs import is_exact


class SubjectValue(NamedTuple):
    """One value of a condition on the subject of an issuer's tokens.

    Args:
        place, text: where it is, and itself.
        subject: the text as the issuer spells subjects, where the operator ignores case.
        statement: whose condition.
        principal, issuer, provider: whose tokens.
    """

    place: Path
    text: str
    subject: str
    statement: Statement
    principal: str
    issuer: str
    provider: Provider


@once_a_policy
def subjects_asked(policy: TrustPolicy) -> Iterator[SubjectValue]:
    """The values for subjects in the Allow statements, of issuers whose subjects someone knows.

    Left out is what allows nothing: a wildcard under an operator that takes it as a letter.
    """
    for path, statement, principal in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(principal)
        provider = provider_of(issuer)
        if provider is None:
            continue
        for below, base, text in _values(statement, issuer):
            subject = as_issued(issuer, base, text)
            place = (*path[:2], *below)
            yield SubjectValue(place, text, subject, statement, principal, issuer, provider)


def _values(statement: Statement, issuer: str) -> Iterator[tuple[Path, str, str]]:
    for below, operator, value in statement.values_of(subject_key(issuer)):
        parsed, text = operators.parse_operator(operator), str(value)
        if parsed is None or parsed.type != "String" or parsed.is_negated:
            continue
        if "${" not in text and (parsed.takes_wildcards or is_exact(text)):
            yield below, parsed.base, text


@remembered_search(1024)
def token(
    opening: StatementProbe, principal: str, subject: str, *, strangers: bool = False
) -> Request | None:
    """A call by the holder of a token with a subject; `None` if no such call is allowed.

    Args:
        opening: the statement. principal: the provider. subject: the token's.
        strangers: whether the holder has no value that belongs to someone, such as an ID.
    """
    key = subject_key(issuer_of(principal))
    callers = [
        replace(each, fixed={**each.fixed, key: subject}) for each in opening.callers(principal)
    ]
    if strangers:
        return opening.through(callers, no_owned_values).witness
    return _with_subject(opening, principal, subject) or opening.through(callers).witness


def _with_subject(opening: StatementProbe, principal: str, subject: str) -> Request | None:
    """A call that is allowed, with another subject, if that is allowed too.

    `None` also where no token has that subject, or where it may have to agree with another claim.
    """
    issuer = issuer_of(principal).lower()
    if is_unissuable(issuer, subject):
        return None
    call = _any_call(opening, principal)
    if call is None or _claims_in(call, issuer) - {f"{issuer}:aud"}:
        return None
    prepare(1)
    return opening.likelier(call, **{subject_key(issuer): subject})


def _claims_in(call: Request, issuer: str) -> set[str]:
    """The claims of a call but the subject, as condition keys in lower case."""
    keys = map(normalized_key, call.context)
    return {key for key in keys if key.startswith(f"{issuer}:")} - {subject_key(issuer)}


@remembered_search(64)
def _any_call(opening: StatementProbe, principal: str) -> Request | None:
    """A call that is allowed by the holder of a token."""
    return opening.through(opening.callers(principal)).witness


def first_tokens(
    opening: StatementProbe, principal: str, subjects: Iterable[str], *, strangers: bool = False
) -> list[str]:
    """Those of some subjects with which a token is allowed, two at most."""
    allowed = (
        subject
        for subject in subjects
        if token(opening, principal, subject, strangers=strangers) is not None
    )
    return list(islice(allowed, 2))


def claims_pinned(statement: Statement, issuer: str) -> set[str]:
    """Other claims of an issuer that a statement requires with exact values: by their names,
    and with the value where there is one, as `ref_protected=true`.
    """
    pinned: set[str] = set()
    prefix = f"{issuer.lower()}:"
    for guard in guarding_conditions(statement):
        key = ConditionView(guard).key
        if not key.startswith(prefix):
            continue
        if any(is_open_ended(guard.operator, str(value)) for value in guard.values):
            continue
        claim = key.removeprefix(prefix)
        pinned.add(claim)
        if len(guard.values) == 1:
            pinned.add(f"{claim}={guard.values[0]}")
    return pinned
