"""The reason of a decision in one or two plain sentences, rendered from its codes."""

from __future__ import annotations

from trust_widgets.evaluation import (
    CALLER_PERMISSION,
    EVERYONE,
    PRINCIPAL,
    Node,
    Outcome,
    Reason,
    Request,
    actions_of,
    failed_action,
    nearest,
    needs_in,
    tags_unknown,
    undecided,
    undecided_in,
)
from trust_widgets.explain.misses import miss_in_words
from trust_widgets.explain.places import number_of
from trust_widgets.explain.principals import caller_of
from trust_widgets.explain.wording import actions_in_words, text_of
from trust_widgets.text.english import capital, listed

TRUE_WITHOUT_KEY = (
    Reason.KEY_MISSING_NEGATED_TRUE,
    Reason.KEY_MISSING_IF_EXISTS,
    Reason.VACUOUS_FORALL,
)
"""Of a condition that is true although the request does not have its key."""
# Whom no policy lets in, whatever it says.
_BARRED = (Reason.FEDERATED_USER, Reason.ROOT_USER, Reason.OUTBOUND_TOKEN)
_SAME_ROLE = (
    "The caller is a session of this same role. A role can assume itself only if its trust policy"
    " allows it. "
)
_COUNTS = {2: "Two", 3: "Three", 4: "Four"}


def headline_of(outcome: Outcome, tree: Node, request: Request) -> str:
    """The reason of a decision in one or two plain sentences."""
    if outcome is Outcome.INVALID:
        return " ".join(dict.fromkeys(text_of(fault, request) for fault in tree.parts))
    if outcome is Outcome.DENIED:
        return _denied(tree, request)
    if outcome is Outcome.DEPENDS:
        return _depends(tree, request)
    if outcome is Outcome.ALLOWED:
        return _allowed(tree, request)
    return _not_allowed(tree, request)


def _allowed(tree: Node, request: Request) -> str:
    statement = next(s for s in actions_of(tree)[0].parts if s.truth and s.data == ("Allow",))
    own = any(part.code is Reason.PERMISSION_GIVEN for part in statement.parts)
    also = ", and the caller's own policies also allow the request" if own else ""
    return f"{number_of(statement.path)} allows {caller_of(request.identity)}{also}."


def _denied(tree: Node, request: Request) -> str:
    """A missing key is named, because few readers expect a Deny to apply then."""
    deny = next(s for a in actions_of(tree) for s in a.parts if s.truth and s.data == ("Deny",))
    missing = next((part for part in deny.parts if part.code in TRUE_WITHOUT_KEY), None)
    why = f" {text_of(missing, request)}" if missing else ""
    return (
        f"{number_of(deny.path)} is a Deny that applies to this call, and a Deny wins over any"
        f" Allow.{why}"
    )


def _depends(tree: Node, request: Request) -> str:
    """Return the sentence for what is open: all of it for one statement, else perhaps one part."""
    tags = tags_unknown(tree)
    surely = tuple(action for action in actions_of(tree) if not tags_unknown(action))
    needs = [_need(name, request) for name in needs_in(undecided_in(surely))]
    statements = undecided(tree)
    if len(statements) == 1 and not tags:
        if statements[0].data == ("Allow",):
            effect = "Allowed"
        else:
            effect = "Denied"
        return f"{effect} if {listed(needs)}."
    depends = f"It depends on {listed([f'whether {need}' for need in needs])}." if needs else ""
    if not tags:
        return depends
    keys = listed([part.data[0] for part in tags])
    actions = listed([action.data[0] for action in actions_of(tree) if tags_unknown(action)])
    if depends:
        return f"{depends} If the call passes {keys} too, the policy must allow {actions} as well."
    return (
        f"It depends on whether the request passes {keys}: if it does, the policy must also "
        f"allow {actions}."
    )


def _need(name: str, request: Request) -> str:
    if name == CALLER_PERMISSION:
        return f"the caller's own policies allow {actions_in_words(request)} on this role"
    if name == PRINCIPAL:
        return "the caller is the principal in the policy"
    if name == EVERYONE:
        return '"*" matches callers with a token or a SAML assertion, which AWS does not document'
    return f"{name} is as the policy requires"


def _not_allowed(tree: Node, request: Request) -> str:
    failed, statement = failed_action(tree), nearest(tree)
    if failed is not None and failed is not actions_of(tree)[0]:
        return _half(failed, statement, request)
    if statement is None:
        return "No statement allows anything: the policy has no Allow statement."
    own = _SAME_ROLE if request.is_of_same_role else ""
    return f"{own}{_misses(statement, request)}{_not_known(statement, request)}"


def _misses(statement: Node, request: Request) -> str:
    """What surely does not match. That all the rest does is said only where all of it is known."""
    misses = [part for part in statement.parts if part.truth is False]
    matched = [part for part in statement.parts if part.truth]
    all_known = len(misses) + len(matched) == len(statement.parts)
    if len(misses) == 1 and len(matched) > 1 and all_known and misses[0].code not in _BARRED:
        if misses[0].code is Reason.CONDITION and misses[0].parts:
            thing = ""
        else:
            thing = "one thing: "
        return f"Everything matches except {thing}{miss_in_words(misses[0], request)}"
    if misses[0].code in (Reason.PRINCIPAL_DIFFERS, *_BARRED) or len(misses) == 1:
        return _sentence(miss_in_words(misses[0], request))
    told = [_sentence(miss_in_words(miss, request)) for miss in misses]
    return f"{_COUNTS.get(len(told), 'Several')} things do not match. {' '.join(told)}"


def _not_known(statement: Node, request: Request) -> str:
    """What else may prevent it."""
    if any(part.code in _BARRED for part in statement.parts):
        return ""
    needs = needs_in(statement.parts)
    if not needs:
        return ""
    return f" It is also not known {listed([f'whether {_need(name, request)}' for name in needs])}."


def _half(failed: Node, statement: Node | None, request: Request) -> str:
    """A call that passes tags, or a source identity, and is not allowed that."""
    sentence = f"{text_of(failed, request)} Without it the whole call fails."
    if statement is None:
        return sentence
    misses = [part for part in statement.parts if part.truth is False]
    if len(misses) != 1 or misses[0].code in (Reason.ACTION_DIFFERS, Reason.PRINCIPAL_DIFFERS):
        return sentence
    miss = miss_in_words(misses[0], request)
    return f"{sentence} The closest is {number_of(statement.path)}, but {miss}"


def _sentence(text: str) -> str:
    if text.startswith(("the ", "a ")):
        return capital(text)
    return text
