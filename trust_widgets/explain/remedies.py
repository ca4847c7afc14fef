"""What would have to change for a call to be allowed: in the policy, or in the caller."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trust_widgets.aws.actions import SET_CONTEXT, SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.evaluation import (
    CALLER_PERMISSION,
    EVERYONE,
    PRINCIPAL,
    Node,
    Outcome,
    Reason,
    Request,
    failed_action,
    who_of,
)
from trust_widgets.explain.change import Change
from trust_widgets.explain.condition_remedies import for_key, for_set, for_value
from trust_widgets.explain.own_statement import (
    KINDS,
    needs_its_own,
    own_statement,
    role_words,
    to_name,
    why_barred,
    words_of,
)
from trust_widgets.explain.wording import actions_in_words
from trust_widgets.policy import (
    Edit,
    Fix,
    Path,
    Replace,
    TrustPolicy,
    add_value,
    known_action,
)

if TYPE_CHECKING:
    from trust_widgets.explain.decision import Decision


def changes_of(decision: Decision) -> tuple[Change, ...]:
    """Return what would have to change to allow the request, the nearest first.

    There is nothing when it is allowed.

    Example:
        >>> import trust_widgets as tw
        >>> ec2 = tw.Statement("Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole")
        >>> request = tw.Request("sts:AssumeRole", "lambda.amazonaws.com")
        >>> decision = tw.evaluate(tw.TrustPolicy((ec2,)), request)
        >>> [change.text for change in changes_of(decision)]
        ['Also name lambda.amazonaws.com.']
    """
    if decision.outcome is Outcome.DEPENDS:
        return tuple(_from_need(name, decision) for name in decision.needs)
    if decision.outcome is Outcome.DENIED:
        return (
            Change(
                "policy", "Narrow the Deny statement so that it does not apply to this request."
            ),
        )
    failed = failed_action(decision.tree)
    if decision.outcome is not Outcome.NOT_ALLOWED or failed is None:
        return ()
    barred = why_barred(decision.request)
    if barred:
        return (Change("caller", barred),)
    return (*_for_same_role(decision.request), *_for_not_allowed(failed, decision))


def _for_same_role(request: Request) -> Iterator[Change]:
    if request.is_of_same_role:
        yield Change(
            "caller", "Use the credentials of the session: it already is a session of this role."
        )


def _for_not_allowed(failed: Node, decision: Decision) -> tuple[Change, ...]:
    if needs_its_own(decision):
        return (Change("policy", words_of(decision.request), own_statement(decision)),)
    if failed.code is not Reason.NO_ALLOW:
        return tuple(_for_half(failed, decision))
    return tuple(change for miss in decision.misses for change in _for_miss(miss, decision))


def _from_need(name: str, decision: Decision) -> Change:
    request = decision.request
    if name == EVERYONE:
        return Change("policy", words_of(request), own_statement(decision), about=name)
    if name == CALLER_PERMISSION:
        text = (
            f"Check whether a policy of the caller allows {actions_in_words(request)} on this "
            "role. If none does, add a permission."
        )
        return Change("caller", text, about=name)
    if name == PRINCIPAL:
        which = "Enter which principal of the account calls."
        if request.identity.kind == "oidc":
            which = "Enter which identity provider issued the token."
        return Change("caller", which, about=name)
    return Change("caller", f"Enter the value of {name} in the request.", about=name)


_PASSED = {
    TAG_SESSION: "session tags",
    SET_SOURCE_IDENTITY: "a source identity",
    SET_CONTEXT: "a context",
}


def _for_half(failed: Node, decision: Decision) -> Iterator[Change]:
    """A call that passes tags, a source identity or a context without an Allow for that."""
    action = known_action(failed.data[0]) or failed.data[0]
    without = Change("caller", f"Make the request without {_PASSED[action]}.")
    codes = {miss.code for miss in decision.misses}
    if codes.isdisjoint((Reason.ACTION_DIFFERS, Reason.PRINCIPAL_DIFFERS)):
        yield from (change for miss in decision.misses for change in _for_miss(miss, decision))
        yield without
        return
    tree = decision.tree
    if tree.parts:
        tree = tree.parts[0]
    statement = _that_allows(tree)
    statement = statement or _that_lacks_its_action(failed)
    if statement is None:
        yield from (change for miss in decision.misses for change in _for_miss(miss, decision))
    fix = _allow_also(decision.policy, statement.path, action) if statement is not None else None
    yield Change("policy", f"Allow {action} in the statement that allows the caller.", fix)
    yield without


def _allow_also(policy: TrustPolicy, path: Path, action: str) -> Fix | None:
    """One more action in a statement; `None` where it has no list of actions."""
    actions = policy.statements[int(path[1])].action
    if not actions:
        return None
    return Fix(f"Allow {action}", (Replace((*path, "Action"), [*actions, action]),))


def _that_allows(action: Node) -> Node | None:
    return next((s for s in action.parts if s.truth is not False and s.data == ("Allow",)), None)


def _that_lacks_its_action(failed: Node) -> Node | None:
    """The first Allow that would apply if it allowed the action too."""
    for statement in failed.parts:
        misses = [part.code for part in statement.parts if part.truth is False]
        if statement.data == ("Allow",) and misses == [Reason.ACTION_DIFFERS]:
            return statement
    return None


def _for_miss(miss: Node, decision: Decision) -> Iterator[Change]:
    match miss.code:
        case Reason.CONDITION:
            yield from for_value(miss, decision.policy, decision.request)
        case Reason.SET_CONDITION | Reason.SET_ON_SINGLE:
            yield from for_set(miss, decision.policy, decision.request)
        case Reason.KEY_MISSING | Reason.EMPTY_FORANY | Reason.NULL_ABSENT:
            yield from for_key(miss, decision.request)
        case Reason.NULL_PRESENT:
            yield Change("caller", f"Make the request without {miss.data[0]}.")
        case Reason.PERMISSION_MISSING:
            actions = actions_in_words(decision.request)
            yield Change("caller", f"Give the caller a policy that allows {actions} on this role.")
        case Reason.PERMISSION_DENIED:
            actions = actions_in_words(decision.request)
            yield Change("caller", f"Remove the Deny on {actions} from the caller's own policies.")
        case Reason.ACTION_DIFFERS:
            yield Change("policy", f"Allow {miss.data[0]}.")
        case Reason.NEGATED_CONDITION:
            yield Change(
                "policy",
                f'Remove "{miss.data[2]}" from the values that {miss.data[0]} must not have.',
            )
        case Reason.NO_SET_OPERATOR:
            operator = miss.data[1]
            yield Change(
                "policy",
                f"Write ForAnyValue:{operator} if one matching value is enough, or "
                f"ForAllValues:{operator} if all must match.",
            )
        case _ if miss.path and miss.data[0] == decision.request.identity.text:
            yield from _for_principal(miss, decision)


def _has_another_path(miss: Node, decision: Decision) -> bool:
    """Whether the policy names the caller's role with another path: names are unique in an account,
    so that no other role is meant.
    """
    named, caller = who_of(miss.data[1]), decision.request.identity
    if named is None or named.sort != "role" or caller.sort not in ("session", "role"):
        return False
    return (named.account, named.name) == (caller.account, caller.name)


def _for_principal(miss: Node, decision: Decision) -> Iterator[Change]:
    """Add the caller to the principals; replace only an ID that IAM cannot resolve."""
    text, path = to_name(decision.request), miss.path
    deleted = miss.code is Reason.DELETED_PRINCIPAL or _has_another_path(miss, decision)
    if not text:
        yield Change("policy", role_words(decision.request))
        return
    kind = KINDS[decision.request.identity.kind]
    fix = None
    if len(path) > 4 and path[3] == kind:
        edit: Edit
        if deleted:
            edit = Replace(path, text)
        else:
            edit = add_value(decision.policy, path, text)
        fix = Fix(f"Name {text}", (edit,))
    if deleted:
        yield Change("policy", f"Name {text} instead.", fix)
    else:
        yield Change("policy", f"Also name {text}.", fix)
