"""What would have to change for a call to be let in: in the policy, or in the caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from trust_widgets.aws import operators
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.evaluation import (
    CALLER_PERMISSION,
    PRINCIPAL,
    Node,
    Outcome,
    Reason,
    Request,
    closest_value,
    failed_action,
)
from trust_widgets.explain.decision import Decision
from trust_widgets.explain.in_call import in_call, with_key
from trust_widgets.explain.own_statement import (
    KINDS,
    needs_its_own,
    own_statement,
    to_name,
    why_barred,
    words_of,
)
from trust_widgets.policy import (
    Fix,
    Replace,
    TrustPolicy,
    add_value,
    move_condition,
    normalized_key,
)
from trust_widgets.providers import issuer_of
from trust_widgets.text.globs import has_wildcard


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change the decision, not a recommendation.

    Args:
        where: on which side; `"elsewhere"`: in a policy that is neither the role's nor the
            caller's. text: what to do.
        fix: the change to the policy's text, where a machine can make it.
        about: what is to be said of the call first, as in `Decision.needs`; `""` where all is
            known.
    """

    where: Literal["policy", "caller", "elsewhere"]
    text: str
    fix: Fix | None = None
    about: str = ""


def changes_of(decision: Decision) -> tuple[Change, ...]:
    """Return what would have to change to allow the request, the nearest first.

    There is nothing when it is allowed.

    Example:
        >>> import trust_widgets as tw
        >>> ec2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole")
        >>> request = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
        >>> decision = tw.evaluate(tw.TrustPolicy((ec2,)), request)
        >>> [change.text for change in changes_of(decision)]
        ['Name lambda.amazonaws.com as well.']
    """
    if decision.outcome is Outcome.DEPENDS:
        return tuple(_from_need(name) for name in decision.needs)
    if decision.outcome is Outcome.DENIED:
        return (Change("policy", "Narrow the Deny, so that it does not apply to this call."),)
    failed = failed_action(decision.tree)
    if decision.outcome is not Outcome.NOT_ALLOWED or failed is None:
        return ()
    if needs_its_own(decision):
        return _for_another_kind(decision)
    if failed.code is not Reason.NO_ALLOW:
        return tuple(_for_half(failed, decision))
    return tuple(change for miss in decision.misses for change in _for_miss(miss, decision))


def _from_need(name: str) -> Change:
    if name == CALLER_PERMISSION:
        text = (
            "Look whether a policy of the caller's allows sts:AssumeRole on this role; if none"
            " does, give it one."
        )
        return Change("caller", text, about=name)
    if name == PRINCIPAL:
        return Change("caller", "Say which of the account's principals calls.", about=name)
    return Change("caller", f"Say what {name} is in the call.", about=name)


def _for_another_kind(decision: Decision) -> tuple[Change, ...]:
    """Nothing about the nearest statement, which is for callers of another kind."""
    barred = why_barred(decision.request)
    if barred:
        return (Change("caller", barred),)
    return (Change("policy", words_of(decision.request), own_statement(decision)),)


def _for_half(failed: Node, decision: Decision) -> Iterator[Change]:
    """A call that passes tags, or a source identity, without an Allow for that."""
    what = "session tags" if failed.code is Reason.TAG_SESSION_MISSING else "a source identity"
    if not any(
        miss.code in (Reason.ACTION_DIFFERS, Reason.PRINCIPAL_DIFFERS) for miss in decision.misses
    ):
        yield from (change for miss in decision.misses for change in _for_miss(miss, decision))
        yield Change("caller", f"Make the call without {what}.")
        return
    statement = _that_allows(decision.tree.parts[0] if decision.tree.parts else decision.tree)
    action = failed.data[0]
    fix = None
    if statement is not None:
        actions = decision.policy.statements[int(statement.path[1])].action or ()
        fix = (
            Fix(f"Allow {action}", (Replace((*statement.path, "Action"), [*actions, action]),))
            if actions
            else None
        )
    yield Change("policy", f"Allow {action} in the statement that lets the caller in.", fix)
    yield Change("caller", f"Make the call without {what}.")


def _that_allows(action: Node) -> Node | None:
    return next((s for s in action.parts if s.truth is not False and s.data == ("Allow",)), None)


def _for_miss(miss: Node, decision: Decision) -> Iterator[Change]:
    match miss.code:
        case Reason.CONDITION:
            yield from _for_value(miss, decision)
        case Reason.SET_CONDITION | Reason.SET_ON_SINGLE:
            yield _in_set(miss)
        case Reason.KEY_MISSING | Reason.EMPTY_FORANY | Reason.NULL_ABSENT:
            yield from _for_key(miss, decision.request)
        case Reason.NULL_PRESENT:
            yield Change("caller", f"Make the call without {miss.data[0]}.")
        case Reason.PERMISSION_MISSING:
            yield Change(
                "caller", "Give the caller a policy that allows sts:AssumeRole on this role."
            )
        case Reason.ACTION_DIFFERS:
            yield Change("policy", f"Allow {miss.data[0]}.")
        case Reason.NEGATED_CONDITION:
            yield Change("policy", f"Take “{miss.data[2]}” out of what {miss.data[0]} must not be.")
        case Reason.NO_SET_OPERATOR:
            operator = miss.data[1]
            yield Change(
                "policy",
                f"Write ForAnyValue:{operator} if one value is enough, else"
                f" ForAllValues:{operator}.",
            )
        case _ if miss.path and miss.data[0] == decision.request.identity.text:
            yield from _for_principal(miss, decision)


def _for_principal(miss: Node, decision: Decision) -> Iterator[Change]:
    """Add the caller to the principals; replace only an ID that IAM cannot resolve."""
    barred = why_barred(decision.request)
    if barred:
        yield Change("caller", barred)
        return
    text, path = to_name(decision.request), miss.path
    kind = KINDS[decision.request.identity.kind]
    deleted = miss.code is Reason.DELETED_PRINCIPAL
    fix = None
    if len(path) > 4 and path[3] == kind:
        edit = Replace(path, text) if deleted else add_value(decision.policy, path, text)
        fix = Fix(f"Name {text}", (edit,))
    yield Change(
        "policy", f"Name {text} in its place." if deleted else f"Name {text} as well.", fix
    )


def _for_value(miss: Node, decision: Decision) -> Iterator[Change]:
    closest = closest_value(miss) if miss.parts else None
    found = [_in_policy(miss, closest, decision.policy)]
    if closest is not None and closest.code not in _NOT_OF_THE_CALL:
        found.append(Change("caller", in_call(miss, closest.data[1], decision.request)))
    # Which external id is right, the policy says: a call with a wrong one is at fault, as a rule.
    yield from reversed(found) if normalized_key(miss.data[0]) == "sts:externalid" else found


_NOT_OF_THE_CALL = (
    Reason.UNREADABLE_VALUE,
    Reason.GLOB_UNDER_EQUALS,
    Reason.VARIABLE_IS_TEXT,
    Reason.VARIABLE_MISSING,
)


def _in_policy(miss: Node, closest: Node | None, policy: TrustPolicy) -> Change:
    name, operator, given = miss.data[:3]
    if closest is not None and closest.code is Reason.UNREADABLE_VALUE:
        return Change(
            "policy", f"Give {name} a value that {operator} can read, or use another operator."
        )
    if closest is None or not _is_addable(operator):
        return Change(
            "policy",
            f"Change what the policy asks of {name}, if calls with “{given}” should get in.",
        )
    if closest.code is Reason.GLOB_UNDER_EQUALS:
        change = _with_wildcards(miss, policy)
        if change is not None:
            return change
    plain = not _would_be_read(given, operator)
    if closest.code is Reason.VALUE_CASE_DIFFERS and not _would_be_read(closest.data[1], operator):
        fix = Fix(f"Write “{given}”", (Replace(closest.path, given),)) if plain else None
        return Change("policy", f"Write “{given}”, in that case.", fix)
    fix = Fix(f"Add “{given}”", (add_value(policy, (*miss.path, 0), given),)) if plain else None
    return Change("policy", f"Add “{given}” to the values of {name}.", fix)


def _would_be_read(text: str, operator: str) -> bool:
    """Whether a text would mean more than itself as a value of an operator."""
    return "${" in text or (operators.takes_wildcards(operator) and has_wildcard(text))


def _with_wildcards(miss: Node, policy: TrustPolicy) -> Change | None:
    """The author wrote wildcards: the fix lets in whatever they stand for.

    `None` where the operator that reads them has a condition on the key already, so that no other
    can be put there.
    """
    operator = operators.parse_operator(miss.data[1])
    if operator is None or operator.base != "StringEquals":
        return Change(
            "policy", "Write the whole value, or StringLike, which reads wildcards but counts case."
        )
    like = operator._replace(base="StringLike").spelling()
    edits = move_condition(policy.statements[int(miss.path[1])], miss.path, like)
    if not edits:
        return None
    fix = Fix(f"Write {like}", edits)
    return Change("policy", f"Write {like}, which reads * and ? as wildcards.", fix)


def _is_addable(operator: str) -> bool:
    """Whether one more value lets in one more call, and no others."""
    parsed = operators.parse_operator(operator)
    if parsed is None:
        return False
    return parsed.type in ("String", "ARN") or parsed.base == "IpAddress"


def _for_key(miss: Node, request: Request) -> Iterator[Change]:
    name = miss.data[0]
    (issuer, claim), called = intended_claim(name), issuer_of(request.identity.text)
    if request.identity.kind == "oidc" and issuer and issuer.lower() != called.lower():
        yield Change("policy", f"Ask for {called}:{claim} instead of {name}.")
        return
    yield Change("caller", with_key(name, request))
    if (
        normalized_key(name) != "sts:externalid"
    ):  # without it a vendor can be made to act for another of its customers
        yield Change(
            "policy", f"Take the condition on {name} out, if callers without it should get in."
        )


def _in_set(miss: Node) -> Change:
    """Each value of the call that the policy does not let pass, or any one of them."""
    name, operator = miss.data[0], operators.parse_operator(miss.data[1])
    is_for_all = operator is not None and operator.quantifier == "ForAllValues"
    any_one = "" if is_for_all else "one of "
    values = any_one + _listed(tuple(part.data[2] for part in miss.parts if part.truth is False))
    if operator is not None and operator.is_negated:
        return Change("policy", f"Take {values} out of what {name} must not be.")
    return Change("policy", f"Add {values} to the values of {name}.")


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(f"“{value}”" for value in values)
