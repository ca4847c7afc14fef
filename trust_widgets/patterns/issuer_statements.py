"""Statements for the tokens of an issuer with a record in `providers/`, built from answers to its
form and read back.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from trust_widgets.aws.keys.claims import last_part
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.patterns.oidc_statements import any_of, asked, provider_arn, provider_in
from trust_widgets.policy import Condition, Principal, Statement
from trust_widgets.providers import (
    AS_WRITTEN,
    FACTS,
    GUESTS,
    PROVIDERS,
    SESSION_NAME,
    answers_from_policy,
    audience_from_answers,
    complaints_about_answers,
    is_session_name_asked,
    issuer_from_answers,
    issuers_with_form,
    provider_of,
    subjects_from,
)

_SESSION_NAME_KEY = "sts:RoleSessionName"
_GUEST_OPERATOR = "ForAnyValue:StringLike"


class _Keys(NamedTuple):
    """The condition keys that say whose token it is, and what for."""

    audience: str
    subject: str


def statement(partition: str, account: str, name: str, answers: Mapping[str, Any]) -> Statement:
    """The statement for answers that have no complaints.

    Args:
        partition, account: of the role.
        name: of the issuer, in `PROVIDERS`.
        answers: to its form, settled.
    """
    issuer = issuer_from_answers(name, answers)
    keys, subjects = _keys(name, issuer), subjects_from(name, answers)
    conditions = [Condition("StringEquals", keys.audience, (audience_from_answers(name, answers),))]
    if subjects:
        conditions.append(any_of(keys.subject, subjects))
    guests = _guests(name, issuer, str(answers.get(GUESTS, "")))
    if guests:
        conditions.append(guests)
    if answers.get(SESSION_NAME):
        conditions.append(any_of(_SESSION_NAME_KEY, (str(answers[SESSION_NAME]),)))
    if issuer in BUILT_IN:
        principal = issuer
    else:
        principal = provider_arn(partition, account, issuer)
    return Statement(
        principal=Principal(federated=(principal,)),
        action=("sts:AssumeRoleWithWebIdentity",),
        conditions=tuple(conditions),
    )


def answers_of(statements: tuple[Statement, ...]) -> dict[str, Any] | None:
    """The answers that statements were made from; `None` where no issuer's form makes them."""
    principal = statements[0].principal
    if len(statements) != 1 or principal is None or len(principal.federated or ()) != 1:
        return None
    partition, account, issuer = provider_in((principal.federated or ("",))[0])
    for name in _members(issuer):
        found = _read(name, issuer, statements[0])
        if found is not None:
            if account:
                place = {"account": account, "partition": partition}
            else:
                place = {}
            return {**place, "issuer": name, **found}
    return None


def is_without_account(name: str) -> bool:
    """Whether a policy for an issuer's tokens names no account, since AWS has the issuer built in.

    Example:
        >>> is_without_account("google"), is_without_account("gitlab")
        (True, False)
    """
    return name in PROVIDERS and PROVIDERS[name].issuer in BUILT_IN


def further_keys(name: str, issuer: str) -> tuple[str, ...]:
    """The condition keys from an issuer's tokens that its form does not ask for.

    Example:
        >>> further_keys("gitlab", "gitlab.com")[:2]
        ('gitlab.com:namespace_id', 'gitlab.com:pipeline_source')
    """
    facts = FACTS[name]
    asked_for = {facts.subject_claim, "sub", "aud", "amr", *facts.app_claims[:1]}
    keys = PROVIDERS[name].claims(issuer)
    return tuple(key for key in keys if last_part(key) not in asked_for)


def _members(issuer: str) -> list[str]:
    """The members that an issuer may belong to: its own, or those whose servers have any host."""
    known = provider_of(issuer)
    if known is not None:
        return [name for name in issuers_with_form() if PROVIDERS[name] is known]
    return [name for name in issuers_with_form() if FACTS[name].form.any_host]


def _read(name: str, issuer: str, statement: Statement) -> dict[str, Any] | None:
    keys = _keys(name, issuer)
    audiences = asked(statement, keys.audience, "StringEquals")
    subjects = asked(statement, keys.subject, "StringEquals", "StringLike")
    if len(audiences) != 1:
        return None
    more = _further_answers(name, issuer, statement)
    is_known = provider_of(issuer) is not None
    for found in answers_from_policy(name, issuer, audiences[0], subjects):
        answers = {**found, **more}
        # For a host that may be anybody's, the form of the subject shows whose it is.
        if (is_known or AS_WRITTEN not in answers) and not complaints_about_answers(name, answers):
            return answers
    return None


def _further_answers(name: str, issuer: str, statement: Statement) -> dict[str, Any]:
    """The answers that are neither about the audience nor about the subject."""
    further: dict[str, Any] = {}
    if FACTS[name].guests:
        further[GUESTS] = _guests_in(name, issuer, statement)
    session_names = asked(statement, _SESSION_NAME_KEY, "StringEquals", "StringLike")
    if len(session_names) == 1 and is_session_name_asked(name):
        further[SESSION_NAME] = session_names[0]
    return further


def _keys(name: str, issuer: str) -> _Keys:
    facts = FACTS[name]
    audience = next(iter(facts.app_claims), "aud")
    return _Keys(f"{issuer}:{audience}", f"{issuer}:{facts.subject_claim}")


def _guests(name: str, issuer: str, who: str) -> Condition | None:
    """The condition by which people who signed in, or guests, are chosen.
    https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html"""
    guests = FACTS[name].guests
    if guests is None or who == "all":
        return None
    value = guests.value if who == "guests" else guests.signed_in
    return Condition(_GUEST_OPERATOR, f"{issuer}:{guests.claim}", (value,))


def _guests_in(name: str, issuer: str, statement: Statement) -> str:
    for who in ("signed_in", "guests"):
        condition = _guests(name, issuer, who)
        if condition in statement.conditions:
            return who
    return "all"
