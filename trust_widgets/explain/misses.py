"""One thing that did not match in words, with why where that is known."""

from __future__ import annotations

from trust_widgets.aws import operators
from trust_widgets.aws.keys.claims import intended_claim, is_claim
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.evaluation import Node, Reason, Request, closest_value, value_at_fault
from trust_widgets.explain.folding import Fold, alternatives
from trust_widgets.explain.hints import (
    hint_about,
    hint_about_azp,
    hint_about_issuers,
    hint_about_principals,
)
from trust_widgets.explain.principals import caller_of
from trust_widgets.explain.wording import actions_in_words, text_of
from trust_widgets.providers import issuer_of

_WHY = {
    Reason.GLOB_UNDER_EQUALS: (
        "{operator} reads * and ? as ordinary characters. StringLike reads them as wildcards."
    ),
    Reason.VALUE_CASE_DIFFERS: (
        "The two differ only in upper and lower case, and here case matters."
    ),
    Reason.VARIABLE_IS_TEXT: "In a policy without Version 2012-10-17 a variable is plain text.",
    Reason.VARIABLE_MISSING: "The variable has no value in this request.",
    Reason.UNREADABLE_VALUE: "{operator} cannot read one of the two values.",
}
_PLAIN = (Reason.GLOB_UNDER_EQUALS, Reason.VALUE_CASE_DIFFERS)  # these need no other hint


def miss_in_words(miss: Node, request: Request) -> str:
    """One thing that did not match, in lower case, with why where that is known."""
    match miss.code:
        case Reason.KEY_MISSING | Reason.EMPTY_FORANY:
            return _missing(miss, request)
        case Reason.CONDITION:
            return _value(miss, request)
        case Reason.NEGATED_CONDITION:
            return f'{miss.data[0]} is "{miss.data[2]}" in the call, which the policy rules out.'
        case Reason.SET_CONDITION | Reason.SET_ON_SINGLE:
            return _in_set(miss, request)
        case Reason.PRINCIPAL_DIFFERS:
            return _principal(miss, request)
        case Reason.SESSION_IS_NOT_ROLE:
            return (
                f"the policy names one session, {miss.data[1]}, and the caller is "
                f"{caller_of(request.identity)}. Name the role to allow all of its sessions."
            )
        case Reason.PERMISSION_MISSING:
            return f"the caller's own policies do not allow the request, {_why_permission(request)}"
        case Reason.NULL_ABSENT:
            return f"the request has no {miss.data[0]}, and the policy requires it."
        case Reason.NULL_PRESENT:
            return f"the request has {miss.data[0]}, and the policy requires that it is absent."
        case _:
            return small(text_of(miss, request))


def _in_set(miss: Node, request: Request) -> str:
    """A set of values; the one that is at fault, as it would be without the set operator."""
    at_fault = value_at_fault(miss)
    if at_fault is not None and miss.code is Reason.SET_ON_SINGLE:
        return f"{_value(at_fault, request)} The key has one value and needs no set operator."
    words = f"{small(text_of(miss, request))[:-1]}: the policy requires {_wanted(miss)}."
    if at_fault is None:
        return words
    name, operator = miss.data[:2]
    why = _why_value(closest_value(at_fault), name, operator, request)
    if why:
        return f"{words} {why}"
    return words


def _missing(miss: Node, request: Request) -> str:
    name = miss.data[0]
    never = why_never(name, request.identity.kind)
    issuer, called = intended_claim(name).issuer, issuer_of(request.identity.text)
    if request.identity.kind == "oidc" and issuer and issuer.lower() != called.lower():
        hint = hint_about_issuers(called, issuer)
        return (
            f"the policy requires {name}, and the token comes from"
            f" {called}.{f' {hint}' if hint else ''}"
        )
    if never:
        return f"{small(never).rstrip('.')}."
    known = key_record(name).missing
    if known:
        return f"{known}."
    if request.identity.kind in ("oidc", "saml"):
        return f"the token has no {name}."
    return f"the request has no {name}."


def _value(miss: Node, request: Request) -> str:
    name, operator, given = miss.data[:3]
    if not miss.parts:
        return f"the condition on {name} lists no value."
    closest = closest_value(miss)
    wanted = closest.data[1]
    if request.identity.kind == "oidc" and is_claim(name):
        has = "the token has"
    else:
        has = "the request has"
    why = _why_value(closest, name, operator, request)
    more = f" {why}" if why else ""
    others = f" (and {len(miss.parts) - 1} more)" if len(miss.parts) > 1 else ""
    return (
        f'{name}: {has} "{given}", the policy requires {_asked(operator)}"{wanted}"{others}.{more}'
    )


def _why_value(closest: Node, name: str, operator: str, request: Request) -> str:
    """Why a value does not fit, where that is known."""
    given, wanted = closest.data[:2]
    why, hint = _WHY.get(closest.code, "").format(operator=operator), ""
    if closest.code not in _PLAIN:
        hint = hint_about_azp(name, request.keys) or hint_about(
            name, given, wanted, request.identity.sort
        )
    return " ".join(filter(None, (why, hint)))


def _asked(operator: str) -> str:
    """For numbers and dates the sentence has to say how they are compared."""
    parsed = operators.parse_operator(operator)
    if parsed and parsed.type in ("Numeric", "Date"):
        return f"{operator} "
    return ""


def _wanted(miss: Node) -> str:
    """The values that the policy offers for each value of a call."""
    values = dict.fromkeys(f'"{part.data[1]}"' for value in miss.parts for part in value.parts)
    return alternatives(values, Fold.LONG) or "none"


def _principal(miss: Node, request: Request) -> str:
    caller, written = miss.data
    several = f" (and {len(miss.parts) - 1} more)" if len(miss.parts) > 1 else ""
    if request.identity.kind == "oidc":
        return _token(issuer_of(caller), written, several)
    hint = hint_about_principals(caller, written)
    return (
        f"the caller is {caller_of(request.identity)}, and the policy names"
        f" {written}{several}.{f' {hint}' if hint else ''}"
    )


def _token(token: str, written: str, several: str) -> str:
    if ":oidc-provider/" in written or written in BUILT_IN:
        trusted = issuer_of(written)
    else:
        trusted = ""
    if trusted == token:
        return (
            f"the policy names {written}{several}, and the token comes from a provider in "
            "another account."
        )
    if not trusted:
        return (
            f"the caller is the holder of a token from {token}, and the policy names"
            f" {written}{several}."
        )
    hint = hint_about_issuers(token, trusted)
    return (
        f"the token comes from {token}, and the policy trusts tokens from"
        f" {trusted}{several}.{f' {hint}' if hint else ''}"
    )


def _why_permission(request: Request) -> str:
    has_to = f"a policy of the caller must allow {actions_in_words(request)} on this role."
    if request.identity.account != request.role_arn.account:
        return f"and cross-account access needs both: {has_to}"
    return f"and the trust policy names only its account: {has_to}"


def small(text: str) -> str:
    if text.startswith(("The ", "A ", "An ", "Whether ")):
        return text[:1].lower() + text[1:]
    return text
