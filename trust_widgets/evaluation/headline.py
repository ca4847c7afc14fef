"""The reason of a decision in one or two plain sentences, rendered from its codes."""

from __future__ import annotations

from trust_widgets.aws.condition_keys import why_never
from trust_widgets.evaluation.hints import hint_about
from trust_widgets.evaluation.reasons import Node, Outcome, Reason
from trust_widgets.evaluation.request import Request
from trust_widgets.evaluation.tree import (
    CALLER_PERMISSION,
    PRINCIPAL,
    actions_of,
    failed_action,
    nearest,
    needs_of,
)
from trust_widgets.evaluation.wording import caller_of, number_of, text_of
from trust_widgets.providers import issuer_of

_MISSING = {
    "sts:externalid": "the call passes no external id, and the policy asks for one (sts:ExternalId)",
    "aws:multifactorauthpresent": "the call carries no MFA (aws:MultiFactorAuthPresent is missing): credentials of a "
    "user carry it only when the call, or the session, was made with an MFA code",
    "aws:multifactorauthage": "the call carries no MFA, so that it has no aws:MultiFactorAuthAge",
    "aws:sourcearn": "the service did not say for which resource it calls (aws:SourceArn is missing)",
    "aws:sourceaccount": "the service did not say for which account it calls (aws:SourceAccount is missing)",
}
# Of several values that do not fit, the one that tells most is shown.
_TELLING = (
    Reason.GLOB_UNDER_EQUALS,
    Reason.VALUE_CASE_DIFFERS,
    Reason.VARIABLE_IS_TEXT,
    Reason.VARIABLE_MISSING,
    Reason.UNREADABLE_VALUE,
)
_WHY = {
    Reason.GLOB_UNDER_EQUALS: "{operator} takes * and ? as letters; StringLike reads them as wildcards.",
    Reason.VALUE_CASE_DIFFERS: "They differ in upper and lower case alone, and case counts.",
    Reason.VARIABLE_IS_TEXT: "Without Version 2012-10-17 a variable is plain text.",
    Reason.VARIABLE_MISSING: "The variable has no value in this call.",
    Reason.UNREADABLE_VALUE: "{operator} can't read one of them.",
}


def headline_of(outcome: Outcome, tree: Node, request: Request) -> str:
    """The reason of a decision in one or two plain sentences."""
    if outcome is Outcome.INVALID:
        return " ".join(dict.fromkeys(text_of(fault, request) for fault in tree.parts))
    if outcome is Outcome.DENIED:
        deny = next(s for a in actions_of(tree) for s in a.parts if s.truth and s.data == ("Deny",))
        return f"{number_of(deny.path)} is a Deny that applies to this call, and a Deny wins over any Allow."
    if outcome is Outcome.DEPENDS:
        return f"Allowed if {_listed([_need(name) for name in needs_of(tree)])}."
    if outcome is Outcome.ALLOWED:
        return _allowed(tree, request)
    return _not_allowed(tree, request)


def _allowed(tree: Node, request: Request) -> str:
    statement = next(s for s in actions_of(tree)[0].parts if s.truth and s.data == ("Allow",))
    own = any(part.code is Reason.PERMISSION_GIVEN for part in statement.parts)
    also = ", and the caller's own policies allow the call too" if own else ""
    return f"{number_of(statement.path)} lets in {caller_of(request.identity)}{also}."


def _need(name: str) -> str:
    if name == CALLER_PERMISSION:
        return "the caller's own policies allow sts:AssumeRole on this role"
    if name == PRINCIPAL:
        return "the caller is the principal that the policy names"
    return f"{name} is as the policy asks"


def _not_allowed(tree: Node, request: Request) -> str:
    failed, statement = failed_action(tree), nearest(tree)
    if failed is not None and failed.code is not Reason.NO_ALLOW and actions_of(tree)[0].code is Reason.ALLOWED:
        return f"{text_of(failed, request)} Without that the whole call fails."
    if statement is None:
        return "No statement allows anything: the policy has no Allow."
    misses = [part for part in statement.parts if part.truth is False]
    matched = [part for part in statement.parts if part.truth is not False]
    if len(misses) == 1 and len(matched) > 1:
        thing = "" if misses[0].code is Reason.CONDITION and misses[0].parts else "one thing: "
        return f"Everything matches but {thing}{miss_in_words(misses[0], request)}"
    told = [miss_in_words(miss, request) for miss in misses[:1] if miss.code is Reason.PRINCIPAL_DIFFERS] or [
        miss_in_words(miss, request) for miss in misses
    ]
    return _sentence(" ".join([told[0], *map(_sentence, told[1:])]))


def miss_in_words(miss: Node, request: Request) -> str:
    """One thing that did not match, in small letters, with why where that is known."""
    match miss.code:
        case Reason.KEY_MISSING | Reason.EMPTY_FORANY:
            return _missing(miss, request)
        case Reason.CONDITION:
            return _value(miss, request)
        case Reason.NEGATED_CONDITION:
            return f"{miss.data[0]} is “{miss.data[2]}”, which the policy excludes."
        case Reason.SET_CONDITION | Reason.SET_ON_SINGLE:
            return f"{_small(text_of(miss, request))[:-1]}: the policy wants {_wanted(miss)}."
        case Reason.PRINCIPAL_DIFFERS:
            return _principal(miss, request)
        case Reason.SESSION_IS_NOT_ROLE:
            return (
                f"the policy names one session, {miss.data[1]}, and the caller is {caller_of(request.identity)}. "
                "Name the role to let in all of its sessions."
            )
        case Reason.PERMISSION_MISSING:
            return (
                "the caller's own policies do not allow the call. The trust policy lets the caller in, but "
                f"{_why_permission(request)}"
            )
        case Reason.NULL_ABSENT:
            return f"the call has no {miss.data[0]}, and the policy asks that it be there."
        case Reason.NULL_PRESENT:
            return f"the call has {miss.data[0]}, and the policy asks that it be missing."
        case _:
            return _small(text_of(miss, request))


def _missing(miss: Node, request: Request) -> str:
    name = miss.data[0]
    never = why_never(name, request.identity.kind)
    claim = "the token has" if request.identity.kind in ("oidc", "saml") and not never else "the call has"
    return f"{_small(never).rstrip('.') if never else _MISSING.get(name.lower()) or f'{claim} no {name}'}."


def _value(miss: Node, request: Request) -> str:
    name, operator, given = miss.data[:3]
    if not miss.parts:
        return f"{name} is compared with no value at all."
    closest = closest_value(miss)
    wanted = closest.data[1]
    has = "the token says" if request.identity.kind == "oidc" and "." in name.partition(":")[0] else "the call has"
    why = _WHY.get(closest.code, "").format(operator=operator)
    hint = hint_about(name, given, wanted)
    more = f" {' '.join(filter(None, (why, hint)))}" if why or hint else ""
    others = f" (and {len(miss.parts) - 1} more)" if len(miss.parts) > 1 else ""
    return f"{name}: {has} “{given}”, the policy wants “{wanted}”{others}.{more}"


def closest_value(miss: Node) -> Node:
    """Of the values that a condition offers, the one that tells most, or begins most like what the call has."""
    telling = {code: len(_TELLING) - index for index, code in enumerate(_TELLING)}
    return max(miss.parts, key=lambda part: (telling.get(part.code, 0), _shared(*part.data[:2])))


def _wanted(miss: Node) -> str:
    """The values that the policy offers for each value of a call."""
    return " or ".join(dict.fromkeys(f"“{part.data[1]}”" for value in miss.parts for part in value.parts)) or "none"


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _principal(miss: Node, request: Request) -> str:
    caller, written = miss.data
    token, trusted = issuer_of(caller), issuer_of(written)
    several = f" (and {len(miss.parts) - 1} more)" if len(miss.parts) > 1 else ""
    if token and trusted and token != trusted:
        return f"the token is of {token}, and the policy trusts tokens of {trusted}{several}."
    return f"the caller is {caller_of(request.identity)}, and the policy names {written}{several}."


def _why_permission(request: Request) -> str:
    if request.identity.account != request.role_arn.account:
        return (
            "across accounts both sides must allow it: the caller's account has to allow sts:AssumeRole on this role."
        )
    return "it names only the account, so that a policy of the caller has to allow sts:AssumeRole on this role."


def _listed(words: list[str]) -> str:
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:] if text.startswith(("The ", "A ", "An ", "Whether ")) else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return _capital(text) if text.startswith(("the ", "a ")) else text
