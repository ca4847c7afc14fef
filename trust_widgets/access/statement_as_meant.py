"""A statement as it was meant: misspelt keys corrected, and conditions that narrow nobody true."""

from __future__ import annotations

import re
from dataclasses import replace

from trust_widgets.aws.keys.impossible_keys import claim_meant, why_impossible
from trust_widgets.aws.keys.spelling import intended
from trust_widgets.policy import (
    Condition,
    Home,
    Principal,
    Scalar,
    Statement,
    narrowing_conditions,
    normalized_key,
    requires_match,
    spelled_apart,
)
from trust_widgets.providers import only_issuer
from trust_widgets.text.globs import is_exact

# The role's own, while the reader has not said which they are.
_ACCOUNT, _ORGANIZATION = "111122223333", "o-exampleorgid"
_OWN = re.compile(r"\$\{(aws:resource(?:account|orgid))\}", re.IGNORECASE)


# Every request has this key, so that its value is never unknown.
_ALWAYS_TRUE = Condition("Null", "aws:SecureTransport", ("true", "false"))


def statement_as_meant(statement: Statement, home: Home) -> Statement | None:
    """A statement without what is refused in it; `None` where there is nobody to judge."""
    principal = statement.principal
    if principal is None or principal.star or statement.not_principal is not None:
        return None
    kept = Principal(_kept(principal.aws), _kept(principal.service), _kept(principal.federated))
    issuer = only_issuer(kept.federated or ())
    conditions = tuple(
        _condition_as_meant(condition, home, issuer) for condition in statement.conditions
    )
    return replace(statement, principal=kept, conditions=spelled_apart(conditions))


def without_idle_conditions(statement: Statement) -> Statement:
    """A statement in which each condition that narrows nobody is always true, in the same place."""
    narrowing = set(narrowing_conditions(statement))
    conditions = tuple(c if c in narrowing else _ALWAYS_TRUE for c in statement.conditions)
    return replace(statement, conditions=spelled_apart(conditions))


def _kept(values: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return values and tuple(value for value in values if value == "*" or is_exact(value))


def _condition_as_meant(condition: Condition, home: Home, issuer: str) -> Condition:
    """With the key that was meant, and with the role's own account and organization spelled out.

    A condition that no key has to meet stays as it is: without the key it is true of every call.
    """
    own = {"aws:resourceaccount": home.accounts[0] if home.accounts else _ACCOUNT}
    own["aws:resourceorgid"] = home.organization or _ORGANIZATION
    values = tuple(_filled(value, own) for value in condition.values)
    key = _key_as_meant(condition, issuer)
    if (key, values) == (condition.key, condition.values):
        return condition
    return replace(condition, key=key, values=values)


def _key_as_meant(condition: Condition, issuer: str) -> str:
    if why_impossible(condition.key) and not requires_match(condition):
        return condition.key
    meant = claim_meant(condition.key, issuer) or intended(condition.key)
    if meant == normalized_key(condition.key):
        return condition.key
    return meant


def _filled(value: Scalar, own: dict[str, str]) -> Scalar:
    if not isinstance(value, str) or "${" not in value:
        return value
    return _OWN.sub(lambda found: own[found[1].lower()], value)
