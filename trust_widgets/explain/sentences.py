"""The reason of a decision in one or two plain sentences, rendered from its codes."""

from __future__ import annotations

from trust_widgets.aws import operators
from trust_widgets.aws.keys.claims import intended_claim, is_claim
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.evaluation import (
    CALLER_PERMISSION,
    PRINCIPAL,
    Node,
    Outcome,
    Reason,
    Request,
    actions_of,
    closest_value,
    failed_action,
    nearest,
    needs_in,
    tags_unknown,
    undecided,
    undecided_in,
)
from trust_widgets.explain.hints import hint_about, hint_about_issuers, hint_about_principals
from trust_widgets.explain.places import number_of
from trust_widgets.explain.principals import caller_of
from trust_widgets.explain.wording import text_of
from trust_widgets.providers import issuer_of
from trust_widgets.text.english import capital, listed

_WHY = {
    Reason.GLOB_UNDER_EQUALS: (
        "{operator} takes * and ? as plain characters; StringLike reads them as wildcards."
    ),
    Reason.VALUE_CASE_DIFFERS: "Only upper and lower case differ, and here they count.",
    Reason.VARIABLE_IS_TEXT: "In a policy without Version 2012-10-17 a variable is plain text.",
    Reason.VARIABLE_MISSING: "The variable has no value in this call.",
    Reason.UNREADABLE_VALUE: "{operator} can't read one of the two.",
}
_PLAIN = (Reason.GLOB_UNDER_EQUALS, Reason.VALUE_CASE_DIFFERS)  # these need no other hint
_TRUE_WITHOUT = (
    Reason.KEY_MISSING_NEGATED_TRUE,
    Reason.KEY_MISSING_IF_EXISTS,
    Reason.VACUOUS_FORALL,
)
_COUNTS = {2: "Two", 3: "Three", 4: "Four"}


def headline_of(outcome: Outcome, tree: Node, request: Request) -> str:
    """The reason of a decision in one or two plain sentences."""
    if outcome is Outcome.INVALID:
        return " ".join(dict.fromkeys(text_of(fault, request) for fault in tree.parts))
    if outcome is Outcome.DENIED:
        return _denied(tree, request)
    if outcome is Outcome.DEPENDS:
        return _depends(tree)
    if outcome is Outcome.ALLOWED:
        return _allowed(tree, request)
    return _not_allowed(tree, request)


def _allowed(tree: Node, request: Request) -> str:
    statement = next(s for s in actions_of(tree)[0].parts if s.truth and s.data == ("Allow",))
    own = any(part.code is Reason.PERMISSION_GIVEN for part in statement.parts)
    also = ", and the caller's own policies allow the call too" if own else ""
    return f"{number_of(statement.path)} lets in {caller_of(request.identity)}{also}."


def _denied(tree: Node, request: Request) -> str:
    """A key that is missing is told, because few expect a Deny to apply then."""
    deny = next(s for a in actions_of(tree) for s in a.parts if s.truth and s.data == ("Deny",))
    missing = next((part for part in deny.parts if part.code in _TRUE_WITHOUT), None)
    why = f" {text_of(missing, request)}" if missing else ""
    return (
        f"{number_of(deny.path)} is a Deny that applies to this call, and a Deny wins over any"
        f" Allow.{why}"
    )


def _depends(tree: Node) -> str:
    """Return the sentence for what is open: all of it for one statement, else perhaps one part."""
    tags = tags_unknown(tree)
    surely = tuple(action for action in actions_of(tree) if not tags_unknown(action))
    needs = [_need(name) for name in needs_in(undecided_in(surely))]
    if len(undecided(tree)) == 1 and not tags:
        return f"Allowed if {listed(needs)}."
    depends = f"It depends on {listed([f'whether {need}' for need in needs])}." if needs else ""
    if not tags:
        return depends
    keys = listed([part.data[0] for part in tags])
    actions = listed([action.data[0] for action in actions_of(tree) if tags_unknown(action)])
    if depends:
        return f"{depends} If the call passes {keys} too, the policy must allow {actions} as well."
    return (
        f"It depends on whether the call passes {keys}: if it does, the policy must allow {actions}"
        " too."
    )


def _need(name: str) -> str:
    if name == CALLER_PERMISSION:
        return "the caller's own policies allow sts:AssumeRole on this role"
    if name == PRINCIPAL:
        return "the caller is the principal that the policy names"
    return f"{name} is as the policy asks"


def _not_allowed(tree: Node, request: Request) -> str:
    failed, statement = failed_action(tree), nearest(tree)
    if failed is not None and failed is not actions_of(tree)[0]:
        return _half(failed, statement, request)
    if statement is None:
        return "No statement allows anything: the policy has no Allow."
    return f"{_misses(statement, request)}{_not_known(statement)}"


def _misses(statement: Node, request: Request) -> str:
    """What surely does not match. That all the rest does is said only where all of it is known."""
    misses = [part for part in statement.parts if part.truth is False]
    matched = [part for part in statement.parts if part.truth]
    all_known = len(misses) + len(matched) == len(statement.parts)
    if (
        len(misses) == 1
        and len(matched) > 1
        and all_known
        and misses[0].code is not Reason.FEDERATED_USER
    ):
        thing = "" if misses[0].code is Reason.CONDITION and misses[0].parts else "one thing: "
        return f"Everything matches but {thing}{miss_in_words(misses[0], request)}"
    if misses[0].code in (Reason.PRINCIPAL_DIFFERS, Reason.FEDERATED_USER) or len(misses) == 1:
        return _sentence(miss_in_words(misses[0], request))
    told = [_sentence(miss_in_words(miss, request)) for miss in misses]
    return f"{_COUNTS.get(len(told), 'Several')} things do not match. {' '.join(told)}"


def _not_known(statement: Node) -> str:
    """What may stand in the way besides."""
    if any(part.code is Reason.FEDERATED_USER for part in statement.parts):
        return ""
    needs = needs_in(statement.parts)
    if not needs:
        return ""
    return f" It is not known either {listed([f'whether {_need(name)}' for name in needs])}."


def _half(failed: Node, statement: Node | None, request: Request) -> str:
    """A call that passes tags, or a source identity, and is not allowed that."""
    sentence = f"{text_of(failed, request)} Without it the whole call fails."
    if statement is None:
        return sentence
    misses = [part for part in statement.parts if part.truth is False]
    if len(misses) != 1 or misses[0].code in (Reason.ACTION_DIFFERS, Reason.PRINCIPAL_DIFFERS):
        return sentence
    miss = miss_in_words(misses[0], request)
    return f"{sentence} The nearest is {number_of(statement.path)}, but {miss}"


def miss_in_words(miss: Node, request: Request) -> str:
    """One thing that did not match, in small letters, with why where that is known."""
    match miss.code:
        case Reason.KEY_MISSING | Reason.EMPTY_FORANY:
            return _missing(miss, request)
        case Reason.CONDITION:
            return _value(miss, request)
        case Reason.NEGATED_CONDITION:
            return f"{miss.data[0]} is “{miss.data[2]}” in the call, which the policy rules out."
        case Reason.SET_CONDITION | Reason.SET_ON_SINGLE:
            return f"{_small(text_of(miss, request))[:-1]}: the policy wants {_wanted(miss)}."
        case Reason.PRINCIPAL_DIFFERS:
            return _principal(miss, request)
        case Reason.SESSION_IS_NOT_ROLE:
            return (
                f"the policy names one session, {miss.data[1]}, and the caller is"
                f" {caller_of(request.identity)}. Name the role to let in all of its sessions."
            )
        case Reason.PERMISSION_MISSING:
            return f"the caller's own policies do not allow the call, {_why_permission(request)}"
        case Reason.NULL_ABSENT:
            return f"the call has no {miss.data[0]}, and the policy asks that it be there."
        case Reason.NULL_PRESENT:
            return f"the call has {miss.data[0]}, and the policy asks that it be missing."
        case _:
            return _small(text_of(miss, request))


def _missing(miss: Node, request: Request) -> str:
    name = miss.data[0]
    never = why_never(name, request.identity.kind)
    issuer, called = intended_claim(name).issuer, issuer_of(request.identity.text)
    if request.identity.kind == "oidc" and issuer and issuer.lower() != called.lower():
        hint = hint_about_issuers(called, issuer)
        return (
            f"the policy asks for {name}, and the token comes from"
            f" {called}.{f' {hint}' if hint else ''}"
        )
    claim = (
        "the token has"
        if request.identity.kind in ("oidc", "saml") and not never
        else "the call has"
    )
    if never:
        return f"{_small(never).rstrip('.')}."
    return f"{key_record(name).missing or f'{claim} no {name}'}."


def _value(miss: Node, request: Request) -> str:
    name, operator, given = miss.data[:3]
    if not miss.parts:
        return f"{name} is compared with no value at all."
    closest = closest_value(miss)
    wanted = closest.data[1]
    has = "the token says" if request.identity.kind == "oidc" and is_claim(name) else "the call has"
    why = _WHY.get(closest.code, "").format(operator=operator)
    hint = (
        hint_about(name, given, wanted, request.identity.sort) if closest.code not in _PLAIN else ""
    )
    more = f" {' '.join(filter(None, (why, hint)))}" if why or hint else ""
    others = f" (and {len(miss.parts) - 1} more)" if len(miss.parts) > 1 else ""
    return f"{name}: {has} “{given}”, the policy wants {_asked(operator)}“{wanted}”{others}.{more}"


def _asked(operator: str) -> str:
    """Of numbers and dates it has to be told how they are compared."""
    parsed = operators.parse_operator(operator)
    return f"{operator} " if parsed and parsed.type in ("Numeric", "Date") else ""


def _wanted(miss: Node) -> str:
    """The values that the policy offers for each value of a call."""
    return (
        " or ".join(
            dict.fromkeys(f"“{part.data[1]}”" for value in miss.parts for part in value.parts)
        )
        or "none"
    )


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
    trusted = issuer_of(written) if ":oidc-provider/" in written or written in BUILT_IN else ""
    if trusted == token:
        return (
            f"the policy names {written}{several}, and the token comes through a provider of"
            " another account."
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
    if request.identity.account != request.role_arn.account:
        return (
            "and across accounts both sides must: a policy of the caller has to allow"
            " sts:AssumeRole on this role."
        )
    return (
        "and the trust policy names only its account: a policy of the caller has to allow"
        " sts:AssumeRole on this role."
    )


def _small(text: str) -> str:
    return (
        text[:1].lower() + text[1:] if text.startswith(("The ", "A ", "An ", "Whether ")) else text
    )


def _sentence(text: str) -> str:
    return capital(text) if text.startswith(("the ", "a ")) else text
