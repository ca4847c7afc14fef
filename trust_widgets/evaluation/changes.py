"""What would have to change for a call to be let in: in the policy, or in the caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from trust_widgets.aws import operators
from trust_widgets.aws.condition_keys import why_never
from trust_widgets.evaluation.decision import Decision
from trust_widgets.evaluation.headline import closest_value
from trust_widgets.evaluation.reasons import Node, Outcome, Reason
from trust_widgets.evaluation.request import Request
from trust_widgets.evaluation.tree import CALLER_PERMISSION, PRINCIPAL, failed_action
from trust_widgets.fixes import Edit, Fix, Insert, Remove, Rename, Replace
from trust_widgets.policy import Path, TrustPolicy, statement_to_dict


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to change, not a recommendation: whether this caller should get in, the reader knows.

    Args:
        where: on which side. text: what to do.
        fix: the change to the policy's text, where a machine can make it.
    """

    where: Literal["policy", "caller"]
    text: str
    fix: Fix | None = None


_IN_CALL = {
    "sts:externalid": "Pass the external id that the policy asks for.",
    "aws:multifactorauthpresent": "Sign in with MFA, or pass the MFA device's serial number and code with the call.",
    "aws:multifactorauthage": "Sign in with MFA, and not too long before the call.",
    "aws:principalarn": "Call as a principal whose ARN the policy asks for.",
    "aws:principalorgid": "Call from an account of that organisation.",
    "aws:principalaccount": "Call from that account.",
    "aws:sourceip": "Call from an address that the policy names.",
}


def changes_of(decision: Decision) -> tuple[Change, ...]:
    """What would have to change for the call to be let in, the nearest miss first; nothing when it is let in.

    Example:
        >>> import trust_widgets as tw
        >>> policy = tw.parse('{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", '
        ...                   '"Principal": {"Service": "ec2.amazonaws.com"}}]}')
        >>> [change.text for change in changes_of(tw.evaluate(policy, tw.Request("sts:AssumeRole", "lambda.amazonaws.com")))]
        ['Name lambda.amazonaws.com as well.']
    """
    if decision.outcome is Outcome.DEPENDS:
        return tuple(_from_need(name) for name in decision.needs)
    if decision.outcome is Outcome.DENIED:
        return (Change("policy", "Narrow the Deny, so that it does not apply to this call."),)
    failed = failed_action(decision.tree)
    if decision.outcome is not Outcome.NOT_ALLOWED or failed is None:
        return ()
    if failed.code is not Reason.NO_ALLOW:
        return tuple(_for_half(failed, decision))
    return tuple(change for miss in decision.misses for change in _for_miss(miss, decision))


def _from_need(name: str) -> Change:
    if name == CALLER_PERMISSION:
        return Change("caller", "Give the caller a policy that allows sts:AssumeRole on this role.")
    if name == PRINCIPAL:
        return Change("caller", "Say which of the account's principals calls.")
    return Change("caller", f"Say what {name} is in the call.")


def _for_half(failed: Node, decision: Decision) -> Iterator[Change]:
    """A call that passes tags, or a source identity, without an Allow for that."""
    what = "session tags" if failed.code is Reason.TAG_SESSION_MISSING else "a source identity"
    statement = _that_allows(decision.tree.parts[0] if decision.tree.parts else decision.tree)
    action = failed.data[0]
    fix = None
    if statement is not None:
        actions = decision.policy.statements[int(statement.path[1])].action or ()
        fix = Fix(f"Allow {action}", (Replace((*statement.path, "Action"), [*actions, action]),)) if actions else None
    yield Change("policy", f"Allow {action} in the statement that lets the caller in.", fix)
    yield Change("caller", f"Make the call without {what}.")


def _that_allows(action: Node) -> Node | None:
    return next((s for s in action.parts if s.truth is not False and s.data == ("Allow",)), None)


def _for_miss(miss: Node, decision: Decision) -> Iterator[Change]:
    match miss.code:
        case Reason.CONDITION:
            yield from _for_value(miss, decision.policy, decision.request)
        case Reason.KEY_MISSING | Reason.EMPTY_FORANY:
            yield from _for_key(miss, decision.request)
        case Reason.PERMISSION_MISSING:
            yield Change("caller", "Give the caller a policy that allows sts:AssumeRole on this role.")
        case Reason.ACTION_DIFFERS:
            yield Change("policy", f"Allow {miss.data[0]}.")
        case Reason.NEGATED_CONDITION:
            yield Change("policy", f"Take “{miss.data[2]}” out of what {miss.data[0]} must not be.")
        case Reason.NO_SET_OPERATOR:
            yield _with_set_operator(miss, decision.policy)
        case _ if miss.path and miss.data[0] == decision.request.identity.text:
            yield from _for_principal(miss, decision)


def _for_principal(miss: Node, decision: Decision) -> Iterator[Change]:
    """Nobody but who is named gets in, so the other is named too; a deleted one's place is given to nobody."""
    caller, path = decision.request.identity, miss.path
    text = caller.text
    if caller.sort == "session":
        text = f"arn:{caller.partition}:iam::{caller.account}:role/{caller.name}"
    kind = {"aws": "AWS", "service": "Service"}.get(caller.kind, "Federated")
    fix = None
    if len(path) > 4 and path[3] == kind:
        fix = Fix(f"Name {text}", (_added(decision.policy, path, text),))
    yield Change("policy", f"Name {text} as well.", fix)


def _for_value(miss: Node, policy: TrustPolicy, request: Request) -> Iterator[Change]:
    name, operator, given = miss.data[:3]
    closest = closest_value(miss) if miss.parts else None
    yield _in_policy(miss, closest, policy)
    if closest is not None and closest.code is not Reason.UNREADABLE_VALUE:
        yield Change("caller", _IN_CALL.get(name.lower(), f"Have the call bring {name} “{closest.data[1]}”."))


def _in_policy(miss: Node, closest: Node | None, policy: TrustPolicy) -> Change:
    name, operator, given = miss.data[:3]
    if closest is None or not _is_addable(operator) or closest.code is Reason.UNREADABLE_VALUE:
        return Change("policy", f"Let {name} be “{given}”, with a value that {operator} can read.")
    if closest.code is Reason.GLOB_UNDER_EQUALS:
        like = operator.replace("Equals", "Like")
        return Change("policy", f"Write {like}, which reads * and ? as wildcards.", _renamed(policy, miss.path, like))
    if closest.code is Reason.VALUE_CASE_DIFFERS:
        return Change(
            "policy", f"Write “{given}”, in that case.", Fix(f"Write “{given}”", (Replace(closest.path, given),))
        )
    fix = Fix(f"Add “{given}”", (_added(policy, (*miss.path, 0), given),))
    return Change("policy", f"Add “{given}” to the values of {name}.", fix)


def _renamed(policy: TrustPolicy, path: Path, operator: str) -> Fix:
    return Fix(f"Write {operator}", _moved(policy, path, operator))


def _is_addable(operator: str) -> bool:
    parts = operators.parts(operator)
    return parts is not None and parts.base.endswith(("Equals", "Like", "IgnoreCase", "IpAddress")) and (
        parts.base.startswith(("String", "Arn", "IpAddress"))
    )  # fmt: skip


def _for_key(miss: Node, request: Request) -> Iterator[Change]:
    name, operator = miss.data[:2]
    if why_never(name, request.identity.kind):
        yield Change("policy", f"Take the condition on {name} out of this statement, or give this caller its own.")
        return
    yield Change("caller", _IN_CALL.get(name.lower(), f"Have the call bring {name}, as {operator} asks."))
    yield Change("policy", f"Take the condition on {name} out, if callers without it should get in.")


def _with_set_operator(miss: Node, policy: TrustPolicy) -> Change:
    name, operator = miss.data[:2]
    fixed = f"ForAnyValue:{operator}"
    return Change("policy", f"Write {fixed}: {name} has several values.", _renamed(policy, miss.path, fixed))


def _added(policy: TrustPolicy, path: Path, value: str) -> Edit:
    """A value put behind those of the list that a value's path lies in, also where there is no list yet."""
    now: Any = statement_to_dict(policy.statements[int(path[1])])
    for step in path[2:-1]:
        now = now[step]
    values = now if isinstance(now, list) else [now]
    return Replace(path[:-1], [*values, value])


def _moved(policy: TrustPolicy, path: Path, operator: str) -> tuple[Edit, ...]:
    """A condition put under another operator; where that has a block already, the key moves into it."""
    statement = policy.statements[int(path[1])]
    written, key = str(path[3]), str(path[4])
    others = [c for c in statement.conditions if c.operator == written and c.key != key]
    block = {c.key: c for c in statement.conditions if c.operator == operator}
    if not others and not block:
        return (Rename(path[:4], operator),)
    value = statement_to_dict(statement)["Condition"][written][key]
    out = Remove(path if others else path[:4])
    at = (*path[:3], operator)
    return (out, Insert((*at, key), value) if block else Insert(at, {key: value}))
