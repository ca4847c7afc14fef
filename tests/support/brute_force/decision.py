"""Decide one request by one policy document, as plain JSON.

Pages: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html,
reference_policies_elements_principal.html and id_session-tags.html.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from support.brute_force.conditions import Condition, Keys, holds, matches_pattern

Document = Mapping[str, Any]
ALLOWED, DENIED, NOT_ALLOWED = "allowed", "denied", "not allowed"
TAG_SESSION, SET_SOURCE_IDENTITY = "sts:TagSession", "sts:SetSourceIdentity"


@dataclass(frozen=True)
class Caller:
    """Who makes a request.

    Args:
        kind: `user`, `session`, `service`, `oidc` or `saml`.
        principal: the ARN or the name of the caller.
        action: the action with which such a caller assumes a role.
        keys: the condition keys that AWS derives from the caller, with names in lower case.
        account: the caller's account, of users and sessions.
        role_arn: of a session, the ARN of its role.
        issuer: of an OIDC token.
    """

    kind: str
    principal: str
    action: str
    keys: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    role_arn: str = ""
    issuer: str = ""

    @property
    def has_token(self) -> bool:
        """Whether the caller brings a token or an assertion in place of AWS credentials."""
        return self.kind in ("oidc", "saml")


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, and any other value as a list of one."""
    return value if isinstance(value, list) else [value]


def statements_of(document: Document) -> list[dict[str, Any]]:
    """Return the statements of a document."""
    return as_list(document["Statement"])


def conditions_of(statement: Mapping[str, Any]) -> Iterator[Condition]:
    """Yield the conditions of a statement."""
    for operator, keys in (statement.get("Condition") or {}).items():
        for key, values in keys.items():
            texts = tuple(
                value if isinstance(value, str) else json.dumps(value) for value in as_list(values)
            )
            yield Condition(operator, key.lower(), texts)


def knows_variables(document: Document) -> bool:
    """Return whether the policy's version has policy variables."""
    return bool(document.get("Version") == "2012-10-17")


def names_everyone(statement: Mapping[str, Any]) -> bool:
    """Return whether the principal of a statement is `*` or `{"AWS": "*"}`."""
    principal = statement["Principal"]
    return principal == "*" or "*" in as_list(principal.get("AWS", []))


def names_caller(statement: Mapping[str, Any], caller: Caller) -> bool:
    """Return whether the principal of a statement covers a caller.

    `*` is taken to cover services too; for callers with a token see `star_leaves_open`.
    """
    if names_everyone(statement):
        return True
    principal = statement["Principal"]
    if caller.kind == "service":
        return caller.principal in as_list(principal.get("Service", []))
    if caller.has_token:
        return caller.principal in as_list(principal.get("Federated", []))
    names = {caller.principal, caller.account, f"arn:aws:iam::{caller.account}:root"}
    if caller.role_arn:
        names.add(caller.role_arn)
    return not names.isdisjoint(as_list(principal.get("AWS", [])))


def star_leaves_open(documents: tuple[Document, ...], caller: Caller) -> bool:
    """Return whether it is undecided who is covered: `*` and a caller with a token or a SAML
    assertion.

    AWS documents no match; undecided.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    statements = (each for document in documents for each in statements_of(document))
    return caller.has_token and any(map(names_everyone, statements))


def covers_action(statement: Mapping[str, Any], action: str) -> bool:
    """Return whether the actions of a statement cover an action."""
    patterns = as_list(statement.get("Action", statement.get("NotAction")))
    is_listed = any(matches_pattern(pattern.lower(), action.lower()) for pattern in patterns)
    return is_listed == ("Action" in statement)


def further_actions(keys: Keys) -> tuple[str, ...]:
    """Return the actions that a request needs besides the one that assumes the role."""
    has_tags = any(key.startswith("aws:requesttag/") for key in keys)
    actions: tuple[str, ...] = ()
    if has_tags or keys.get("aws:tagkeys") or keys.get("sts:transitivetagkeys"):
        actions += (TAG_SESSION,)
    if "sts:sourceidentity" in keys or "aws:sourceidentity" in keys:
        actions += (SET_SOURCE_IDENTITY,)
    return actions


def applying_statements(document: Document, caller: Caller, action: str, keys: Keys) -> list[int]:
    """Return the numbers of the statements that apply to one action of a request."""
    has_variables = knows_variables(document)
    return [
        number
        for number, statement in enumerate(statements_of(document))
        if names_caller(statement, caller)
        and covers_action(statement, action)
        and all(holds(condition, keys, has_variables) for condition in conditions_of(statement))
    ]


def outcome_of_effects(effects: list[str]) -> str:
    """Return the outcome for one action, from the effects of the statements that apply."""
    if "Deny" in effects:
        return DENIED
    return ALLOWED if "Allow" in effects else NOT_ALLOWED


def worst(outcomes: list[str]) -> str:
    """Return the outcome of a request whose actions have these outcomes: each has to be allowed."""
    for outcome in (DENIED, NOT_ALLOWED):
        if outcome in outcomes:
            return outcome
    return ALLOWED


def decide(document: Document, caller: Caller, keys: Keys) -> str:
    """Return the outcome of a request whose keys are all known; the caller's own policies allow
    it.
    """
    outcomes = []
    for action in (caller.action, *further_actions(keys)):
        applying = applying_statements(document, caller, action, keys)
        effects = [statements_of(document)[number]["Effect"] for number in applying]
        outcomes.append(outcome_of_effects(effects))
    return worst(outcomes)


def allowing_statements(document: Document, caller: Caller, keys: Keys) -> list[int]:
    """Return the numbers of the Allow statements that let a caller assume the role."""
    applying = applying_statements(document, caller, caller.action, keys)
    return [number for number in applying if statements_of(document)[number]["Effect"] == "Allow"]
