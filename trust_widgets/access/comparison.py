"""Compare two policies: search for a request that one of them allows and the other does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeAlias

from trust_widgets.access.ceilings import NOT_CONFIRMED, Ceilings, ceilings_from_given
from trust_widgets.access.effort import answer_within
from trust_widgets.access.permissions import (
    RESTS_ON,
    expect_permission,
    where_it_matters,
    with_either_permission,
    with_permission,
)
from trust_widgets.access.principal_classes import principal_classes_of
from trust_widgets.access.queries import (
    callers_of_difference,
    difference_in,
    find_witness,
    role_for,
)
from trust_widgets.access.results import NO_MEANING, Answer, Comparison
from trust_widgets.aws.principal_forms import account_of, partition_of
from trust_widgets.evaluation import (
    Outcome,
    Permission,
    Reason,
    Request,
    compile_policy,
    outcome_of,
)
from trust_widgets.explain import Decision, evaluate
from trust_widgets.names import helps_with_arguments
from trust_widgets.permissions import GivenPolicies
from trust_widgets.policy import (
    Given,
    Home,
    Path,
    PolicySource,
    TrustPolicy,
    home_from_given,
    parse,
    source_of,
    with_own_account,
)
from trust_widgets.text.budget import DEFAULT, Budget


@helps_with_arguments(accounts="home", mine="home", before="old", after="new")
def compare(
    old: Given,
    new: Given,
    home: Home | None = None,
    *,
    states: int = DEFAULT,
    caller_permission: Permission = "unknown",
    rcps: GivenPolicies | None = None,
    scps: Iterable[GivenPolicies] | None = None,
    management_account: str = "",
) -> Comparison:
    """Whether a change lets anyone new in, or shuts anyone out, each with a call that shows it.

    "No" is a proof within the rules of `evaluate`, over all calls: users and roles of every
    account, services, tokens of every issuer, with any values for the keys they can have. A call of
    EKS Pod Identity has the tags that it sends unless someone disables them.

    Args:
        old, new: the policies, each as `parse` reads it.
        home: what is yours; the role is thought to be in the first of your accounts. When none is
            given, what came with the policies: a `Role` has its account, a `TrustModel` its home.
        states: how much to search at most, for each direction. The answer to what takes more is
            "not decided".
        caller_permission: what is assumed of the caller's own permission to assume the role.
            "unknown" searches callers with one and without one; `because` says so where the
            answer rests on it.
        rcps, scps, management_account: ceilings over the role's account, as in `who_gets_in`.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy, with what to write.

    Example:
        >>> import trust_widgets as tw
        >>> one = tw.Statement("Allow", tw.Principal(aws="444455556666"), "sts:AssumeRole")
        >>> two = tw.Statement("Allow", tw.Principal(aws="999988887777"), "sts:AssumeRole")
        >>> found = compare(tw.TrustPolicy((one,)), tw.TrustPolicy((one, two)))
        >>> found.gained.found, found.lost.found
        (True, False)
    """
    before, after = parse(old), parse(new)
    expect_permission(caller_permission)
    ceilings = ceilings_from_given(rcps, scps, management_account)
    if before == after:
        return Comparison(Answer(False), Answer(False))
    whole = with_own_account(_home_of(source_of(old), source_of(new), home), before, after)
    return _compared(before, after, whole, states, caller_permission, ceilings)


def _compared(
    before: TrustPolicy,
    after: TrustPolicy,
    home: Home,
    states: int,
    permission: Permission,
    ceilings: Ceilings,
) -> Comparison:
    ready = compile_policy(before), compile_policy(after)
    if any(policy.faults for policy in ready):
        unknown = Answer(None, None, NO_MEANING)
        return Comparison(unknown, unknown)
    asked = (role_for(ready, home), states, permission, home.day)
    if not ceilings.words:
        return Comparison(difference(after, before, *asked), difference(before, after, *asked))
    return Comparison(
        _under(ceilings, after, before, home, asked), _under(ceilings, before, after, home, asked)
    )


_Asked: TypeAlias = "tuple[str, int, Permission, date | None]"


def _under(
    ceilings: Ceilings, more: TrustPolicy, less: TrustPolicy, home: Home, asked: _Asked
) -> Answer:
    """Whether one policy allows a call that another does not, under ceilings over both."""
    role = asked[0]
    above, below = ceilings.over(more, role, home), ceilings.over(less, role, home)
    answer = difference(above.policy, below.policy, *asked)
    if above.is_exact or answer.witness is None:
        return ceilings.explained(answer)
    if not ceilings.allow(more, answer.witness, role):
        return Answer(None, None, NOT_CONFIRMED)
    return answer


def _home_of(old: PolicySource, new: PolicySource, home: Home | None) -> Home:
    """What is the reader's own: as given, else as it came with the newer policy or the older."""
    given = home_from_given(home) or new.home or old.home
    return new.home_with(old.home_with(given))


def difference(
    more: TrustPolicy,
    less: TrustPolicy,
    role: str,
    states: int = DEFAULT,
    permission: Permission = "unknown",
    day: date | None = None,
) -> Answer:
    """Whether one policy allows a call that another does not.

    Args:
        more, less: the policies.
        role: the role's ARN.
        states: how much to search at most.
        permission: what is assumed of the caller's own permission.
        day: the day on which calls are made, at the earliest; `None` for any.
    """
    policies = compile_policy(more), compile_policy(less)
    own = account_of(role) if permission == "no" else ""
    every = principal_classes_of(policies, partition_of(role), own, day)
    asked = callers_of_difference(every, *policies)
    if permission == "unknown":
        callers = with_either_permission(asked, policies, role)
    else:
        callers = with_permission(asked, permission)
    query, budget = difference_in(*policies), Budget(states)
    confirm = partial(_is_allowed_by_one, more, less)
    found = answer_within(
        (more, less), lambda: find_witness(policies, callers, role, query, confirm, budget)
    )

    def permission_matters() -> bool:
        return any(where_it_matters(every, policies, role))

    if found.witness is not None:
        return _explained(found.witness, less, permission_matters)
    is_no = found.found is False
    if is_no and permission != "unknown" and permission_matters():
        return replace(found, because=RESTS_ON[permission])
    return found


def _is_allowed_by_one(more: TrustPolicy, less: TrustPolicy, request: Request) -> bool:
    """Whether the first policy allows a request, and the second does not."""
    if outcome_of(more, request) is not Outcome.ALLOWED:
        return False
    return outcome_of(less, request) in (Outcome.NOT_ALLOWED, Outcome.DENIED)


def _explained(
    witness: Request, less: TrustPolicy, permission_matters: Callable[[], bool]
) -> Answer:
    """The answer that a request shows: why the policy which does not allow it doesn't."""
    decision = evaluate(less, witness)
    because = decision.because
    if witness.identity.kind == "aws" and permission_matters():
        because = f"{because} {RESTS_ON[witness.caller_permission]}"
    return Answer(True, witness, because, _place_of(decision))


def _place_of(decision: Decision) -> Path:
    """The place of the first reason: the Deny that applies, or what the nearest Allow misses."""
    for node in decision.tree.walk():
        if node.code is Reason.STATEMENT and node.data == ("Deny",) and node.truth:
            return node.path
    return next((miss.path for miss in decision.misses if miss.path), ())
