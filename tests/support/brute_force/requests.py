"""Translate between the requests of the small world and those of the package."""

from __future__ import annotations

import re

import trust_widgets as tw
from support.brute_force import callers as world
from support.brute_force.combinations import Situation
from support.brute_force.conditions import Keys
from support.brute_force.decision import Caller
from support.brute_force.language import KEYS

ROLE = f"arn:aws:iam::{world.OWN}:role/example-role"
_SPELLINGS = {key.lower(): key for key in KEYS}


def request_of(situation: Situation) -> tw.Request:
    """Return the package's request of a situation; the caller's own policies allow it."""
    caller = situation.caller
    context = {
        _SPELLINGS.get(key, key): value
        for key, value in situation.keys.items()
        if key not in caller.keys
    }
    if caller.role_arn:  # a session's own ARN does not have the path of its role
        context["aws:PrincipalArn"] = caller.role_arn
    return tw.Request(caller.action, caller.principal, ROLE, context, frozenset(), "yes")


_ARN = re.compile(
    r"arn:aws:(?:iam|sts)::(?P<account>\d{12}):"
    r"(?P<kind>user|assumed-role|oidc-provider|saml-provider)/(?P<name>.+)"
)


def request_from(request: tw.Request) -> tuple[Caller, Keys]:
    """Return the caller and all keys of a package's request, read from its texts alone."""
    context = {key.lower(): value for key, value in request.context.items()}
    caller = _caller_from(request.principal, context)
    if caller.action.lower() != request.action.lower():
        raise ValueError(f"{request.principal} cannot call {request.action}")
    for key in ("aws:principalaccount", "aws:principaltype", "aws:username"):
        if key in context and context[key] != caller.keys.get(key):
            raise ValueError(f"{request.principal} cannot have {key} {context[key]}")
    return caller, {**caller.keys, **context}


def _caller_from(principal: str, context: Keys) -> Caller:
    parts = _ARN.fullmatch(principal)
    if parts is None:
        if principal.endswith(".amazonaws.com"):
            return world.service(principal)
        raise ValueError(f"nobody is {principal}")
    name, account = parts["name"], parts["account"]
    if parts["kind"] == "user":
        return world.user(account, name)
    if parts["kind"] == "oidc-provider":
        return world.token_holder(principal, name)
    if parts["kind"] == "saml-provider":
        return world.saml_user(principal)
    role_name, _, session_name = name.partition("/")
    before = f"arn:aws:iam::{account}:role/"
    role_arn = str(context.get("aws:principalarn", f"{before}{role_name}"))
    if not role_arn.startswith(before) or role_arn.rpartition("/")[2] != role_name:
        raise ValueError(f"{principal} is no session of {role_arn}")
    return world.session(account, role_arn.removeprefix(before), session_name)
