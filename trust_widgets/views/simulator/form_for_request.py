"""A call that came ready made, as the form of a kind of caller that could have made it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.callers import CALLERS
from trust_widgets.evaluation import Request
from trust_widgets.policy import Condition, Principal, Statement, TrustPolicy, normalized_key
from trust_widgets.providers import issuer_of


def form_for(request: Request) -> tuple[str, dict[str, Any]] | None:
    """The kind of caller, and its answers, whose call is this one; `None` when no form can say it.

    Each kind fills in its form as for a policy that allows exactly this call. What its form
    leaves unknown may be unknown; what the call brings must be there.

    Example:
        >>> form_for(Request("sts:AssumeRole", "lambda.amazonaws.com"))[0]
        'aws_service'
    """
    for name, answers in _candidates(request):
        try:
            made = CALLERS[name].from_form(request.role, answers)
        except ValueError:
            continue
        if _says_the_same(made, request):
            return name, answers
    return None


def _candidates(request: Request) -> Iterator[tuple[str, dict[str, Any]]]:
    policy = _policy_for(request)
    for name, caller in CALLERS.items():
        answers = caller.guess(policy, request.role) if caller.guess else None
        if answers is not None:
            yield name, answers
    issuer = issuer_of(request.principal)
    if issuer:
        claims = {
            claim_key(key).claim: value
            for key, value in request.context.items()
            if key.startswith(issuer)
        }
        yield "token", {"text": json.dumps({"iss": f"https://{issuer}", **claims}, indent=2)}


def _says_the_same(made: Request, request: Request) -> bool:
    same = (made.action, made.principal) == (request.action, request.principal)
    given = {normalized_key(key): value for key, value in made.context.items()}
    return same and all(
        given.get(normalized_key(key)) == value for key, value in request.context.items()
    )


def _policy_for(request: Request) -> TrustPolicy:
    """A policy that allows this call and, as far as a policy can say it, no other."""
    who = request.principal
    principals = {"service": Principal(service=(who,)), "aws": Principal(aws=(who,))}
    principal = principals.get(request.identity.kind, Principal(federated=(who,)))
    conditions = tuple(_condition(key, value) for key, value in request.context.items())
    return TrustPolicy((Statement("Allow", principal, (request.action,), conditions),))


def _condition(key: str, value: str | tuple[str, ...]) -> Condition:
    if isinstance(value, str):
        return Condition("StringEquals", key, (value,))
    return Condition("ForAnyValue:StringEquals", key, value)
