"""One statement for several kinds of callers, made into one for each, so that each has its own
action.

Conditions go with the callers that can meet them: a token's claims with the token's holders.
"""

from __future__ import annotations

from typing import Any

from trust_widgets.aws import service_calls
from trust_widgets.aws.actions import ASSUME_ACTIONS
from trust_widgets.aws.keys.claims import last_part
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.principal_forms import PrincipalForm, form_of
from trust_widgets.policy import (
    Fix,
    Insert,
    Path,
    Replace,
    Statement,
    known_action,
    normalized_key,
    one_or_many,
    statement_to_dict,
)
from trust_widgets.providers import issuer_of

_TOKENS = {"sts:AssumeRoleWithSAML": "saml", "sts:AssumeRoleWithWebIdentity": "oidc"}
_Kinds = dict[str, list[str]]


def split(path: Path, statement: Statement, groups: dict[str, _Kinds]) -> Fix | None:
    """The same grants, one statement for each action; `None` where some callers would be allowed
    unguarded.
    """
    parts = [_part(statement, action, kinds) for action, kinds in groups.items()]
    first, *others = parts
    if not all(parts):
        return None
    index = int(path[1])
    more = [
        Insert(("Statement", index + number), _without_sid(part))
        for number, part in enumerate(others, 1)
    ]
    return Fix("Split the statement, one for each action", (Replace(path, first), *more))


def _without_sid(part: dict[str, Any] | None) -> dict[str, Any]:
    """A Sid must be unique."""
    return {name: value for name, value in (part or {}).items() if name != "Sid"}


def _part(statement: Statement, action: str, kinds: _Kinds) -> dict[str, Any] | None:
    """What is left for the callers of one action, if that allows nobody but them."""
    part = statement_to_dict(statement)
    block = _conditions_of_callers(part.pop("Condition", {}), _callers_of(action, kinds))
    keys = {normalized_key(key) for written in block.values() for key in written}
    for kind, values in kinds.items():
        if not all(_is_chosen(kind, value, keys) for value in values):
            return None
    others = [name for name in statement.action or () if known_action(name) not in ASSUME_ACTIONS]
    part["Principal"] = {kind: one_or_many(values) for kind, values in kinds.items()}
    part["Action"] = one_or_many([action, *others])
    if block:
        part["Condition"] = block
    return part


def _callers_of(action: str, kinds: _Kinds) -> list[str]:
    """The kinds of callers of an action, as `why_never` names them."""
    if action in _TOKENS:
        return [_TOKENS[action]]
    return [kind.lower() for kind in kinds]


def _conditions_of_callers(block: dict[str, Any], callers: list[str]) -> dict[str, dict[str, Any]]:
    """The conditions whose key some of the callers can have."""
    kept: dict[str, dict[str, Any]] = {}
    for operator, written in block.items():
        for key, value in written.items():
            if not all(why_never(key, kind) for kind in callers):
                kept.setdefault(operator, {})[key] = value
    return kept


def _is_chosen(kind: str, value: str, keys: set[str]) -> bool:
    """Whether nobody is allowed but who was meant: a name, a service, tokens of which more than the
    audience is asked.
    """
    if kind == "Service":
        expected = {normalized_key(key) for key in service_calls.source_keys(value)}
        return not expected or bool(expected & keys)
    if kind == "Federated":
        issuer = issuer_of(value).lower() or "saml"
        own = {last_part(key) for key in keys if key.startswith(f"{issuer}:")}
        return bool(own - {"aud", "oaud", "amr"}) or (issuer == "saml" and bool(own))
    return form_of(value) is PrincipalForm.NAMED
