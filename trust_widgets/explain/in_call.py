"""What a caller can do, so that a call brings what the policy requires."""

from __future__ import annotations

from trust_widgets.aws import operators
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.records import key_record
from trust_widgets.evaluation import Node, Request
from trust_widgets.explain.hints import OF_ROLES, hint_about_azp
from trust_widgets.explain.jobs import in_the_job
from trust_widgets.policy import normalized_key
from trust_widgets.text.globs import has_wildcard


def _usually(name: str, request: Request) -> str:
    """What is done about a key that many policies require; `""` for another."""
    if normalized_key(name).startswith("aws:multifactorauth") and request.identity.sort in OF_ROLES:
        return (
            "Make the request as a user who signed in with MFA. Role sessions carry no MFA "
            "information."
        )
    return key_record(name).remedy or ""


def in_call(miss: Node, wanted: str, request: Request) -> str:
    """What to do so that a key has the value that the policy requires.

    Args:
        miss: the condition that does not match. wanted: the nearest of its values. request: the
            call.
    """
    name, operator = miss.data[:2]
    usual = _usually(name, request)
    if usual:
        return usual
    if hint_about_azp(name, request.keys):
        return f'Request the token as the client "{wanted}". That becomes its azp claim.'
    if _is_claim(name, request):
        return in_the_job(name, miss.data[2], wanted, pattern=operators.takes_wildcards(operator))
    if operators.takes_wildcards(operator) and has_wildcard(wanted):
        return f'Make the request with a value of {name} that matches "{wanted}".'
    parsed = operators.parse_operator(operator)
    if parsed is not None and parsed.type in ("Numeric", "Date"):
        return f'Make the request with a value of {name} for which {operator} "{wanted}" is true.'
    return f'Make the request with {name} "{wanted}".'


def with_key(name: str, request: Request) -> str:
    """What to do so that a key is there at all."""
    usual = _usually(name, request)
    if usual:
        return usual
    if normalized_key(name).startswith("aws:principaltag/"):
        return f"Give the calling user or role the tag {name.partition('/')[2]}."
    return f"Make the request with {'a token that has ' if _is_claim(name, request) else ''}{name}."


def _is_claim(name: str, request: Request) -> bool:
    return request.identity.kind == "oidc" and bool(intended_claim(name).claim)
