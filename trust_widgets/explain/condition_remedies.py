"""What would have to change for a condition to match: its values in the policy, or the call."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import operators
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.evaluation import Node, Reason, Request, closest_value, value_at_fault
from trust_widgets.explain.change import Change
from trust_widgets.explain.in_call import in_call, with_key
from trust_widgets.policy import (
    Fix,
    Replace,
    TrustPolicy,
    add_value,
    move_condition,
    normalized_key,
)
from trust_widgets.providers import issuer_of
from trust_widgets.text.english import listed_briefly
from trust_widgets.text.globs import has_wildcard


def for_value(miss: Node, policy: TrustPolicy, request: Request) -> Iterator[Change]:
    """What to do about one value of the call that does not match."""
    closest = closest_value(miss) if miss.parts else None
    found = [_in_policy(miss, closest, policy)]
    if closest is not None and closest.code not in _NOT_OF_THE_CALL:
        found.append(Change("caller", in_call(miss, closest.data[1], request)))
    # Which external ID is right, the policy says: a call with a wrong one is at fault, as a rule.
    if normalized_key(miss.data[0]) == "sts:externalid":
        found.reverse()
    yield from found


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
            f'Change the condition on {name}, if requests with "{given}" should be allowed.',
        )
    if closest.code is Reason.GLOB_UNDER_EQUALS:
        change = _with_wildcards(miss, policy)
        if change is not None:
            return change
    plain = not _would_be_read(given, operator)
    if closest.code is Reason.VALUE_CASE_DIFFERS and not _would_be_read(closest.data[1], operator):
        if plain:
            fix = Fix(f'Write "{given}"', (Replace(closest.path, given),))
        else:
            fix = None
        return Change("policy", f'Write "{given}", in upper and lower case like this.', fix)
    if plain:
        fix = Fix(f'Add "{given}"', (add_value(policy, (*miss.path, 0), given),))
    else:
        fix = None
    return Change("policy", f'Add "{given}" to the values of {name}.', fix)


def _would_be_read(text: str, operator: str) -> bool:
    """Whether a text would mean more than itself as a value of an operator."""
    return "${" in text or (operators.takes_wildcards(operator) and has_wildcard(text))


def _with_wildcards(miss: Node, policy: TrustPolicy) -> Change | None:
    """The author wrote wildcards: the fix allows whatever they represent.

    `None` where the operator that reads them has a condition on the key already, so that no other
    can be put there.
    """
    operator = operators.parse_operator(miss.data[1])
    if operator is None or operator.base != "StringEquals":
        return Change(
            "policy",
            (
                "Write the complete value, or use StringLike, which reads wildcards and is "
                "case-sensitive."
            ),
        )
    like = operator._replace(base="StringLike").spelling()
    edits = move_condition(policy.statements[int(miss.path[1])], miss.path, like)
    if not edits:
        return None
    fix = Fix(f"Write {like}", edits)
    return Change("policy", f"Write {like}, which reads * and ? as wildcards.", fix)


def _is_addable(operator: str) -> bool:
    """Whether one more value allows one more call, and no others."""
    parsed = operators.parse_operator(operator)
    if parsed is None:
        return False
    return parsed.type in ("String", "ARN") or parsed.base == "IpAddress"


def for_key(miss: Node, request: Request) -> Iterator[Change]:
    """What to do about a key that the call does not have."""
    name = miss.data[0]
    (issuer, claim), called = intended_claim(name), issuer_of(request.identity.text)
    if request.identity.kind == "oidc" and issuer and issuer.lower() != called.lower():
        yield Change("policy", f"Use {called}:{claim} instead of {name}.")
        return
    yield Change("caller", with_key(name, request))
    if (
        normalized_key(name) != "sts:externalid"
    ):  # without it a vendor can be made to act for another of its customers
        yield Change(
            "policy", f"Remove the condition on {name}, if callers without it should be allowed."
        )


def for_set(miss: Node, policy: TrustPolicy, request: Request) -> Iterator[Change]:
    """What to do about values of the call under a set operator.

    One value is at fault as it would be without the set operator, and so is one that nearly fits.
    """
    operator = operators.parse_operator(miss.data[1])
    differing = tuple(part for part in miss.parts if part.truth is False)
    telling = value_at_fault(miss)
    if telling is not None:
        yield from for_value(telling, policy, request)
        return
    name = miss.data[0]
    between = "or"
    if operator is not None and operator.quantifier == "ForAllValues":
        between = "and"
    values = listed_briefly((f'"{part.data[2]}"' for part in differing), between)
    if operator is not None and operator.is_negated:
        yield Change("policy", f"Remove {values} from the values that {name} must not have.")
    else:
        yield Change("policy", f"Add {values} to the values of {name}.")
