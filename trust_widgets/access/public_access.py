"""What someone with no tie to the reader can choose in a call, and what they can't.

An external caller chooses the external ID, the session's name, tags, the address, MFA, their own
account, organization and repository; they never have an account, an organization, an endpoint or an
ID that a policy names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from trust_widgets.access.ceilings import NOT_CONFIRMED, Ceilings, ceilings_from_given
from trust_widgets.access.effort import answer_within
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.external_classes import external_classes_of
from trust_widgets.access.formula import FALSE, Formula, all_of
from trust_widgets.access.owned_values import no_owned_values
from trust_widgets.access.permissions import expect_permission, with_permission
from trust_widgets.access.queries import find_witness, role_for
from trust_widgets.access.results import NO_MEANING, Answer
from trust_widgets.evaluation import (
    Outcome,
    Permission,
    Request,
    compile_policy,
    outcome_of,
)
from trust_widgets.explain import PrincipalWords, who_of
from trust_widgets.names import helps_with_arguments
from trust_widgets.permissions import GivenPolicies
from trust_widgets.policy import (
    Given,
    Home,
    TrustPolicy,
    home_from_given,
    parse,
    source_of,
    with_own_account,
)
from trust_widgets.text.budget import DEFAULT, Budget


@helps_with_arguments(accounts="home", mine="home")
def is_public(
    policy: Given,
    home: Home | None = None,
    *,
    states: int = DEFAULT,
    caller_permission: Permission = "yes",
    rcps: GivenPolicies | None = None,
    scps: Iterable[GivenPolicies] | None = None,
    management_account: str = "",
) -> Answer:
    """Whether someone with no tie to the reader is allowed, with a call of theirs.

    "No" assumes that nothing which the policy names is an external caller's; where nobody said so,
    `because` says what it rests on.

    Args:
        policy: the policy, as `parse` reads it.
        home: what is yours; a `Role` and a `TrustModel` bring their own.
        states: how much to search at most.
        caller_permission: as in `who_gets_in`. External callers can give themselves a permission.
        rcps, scps, management_account: ceilings over the role's account, as in `who_gets_in`.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy, with what to write.

    Example:
        >>> import trust_widgets as tw
        >>> everyone = tw.Statement("Allow", tw.Principal(aws="*"), "sts:AssumeRole")
        >>> ours = tw.Condition("StringEquals", "aws:PrincipalOrgID", ("o-a1b2c3d4e5",))
        >>> is_public(tw.TrustPolicy((everyone,))).found
        True
        >>> is_public(tw.TrustPolicy((replace(everyone, conditions=(ours,)),))).found
        False
    """
    expect_permission(caller_permission)
    ceilings = ceilings_from_given(rcps, scps, management_account)
    read = parse(policy)
    given = source_of(policy).home_with(home_from_given(home))
    return _is_public_under(
        ceilings, read, with_own_account(given, read), states, caller_permission
    )


def _is_public_under(
    ceilings: Ceilings, read: TrustPolicy, whole: Home, states: int, permission: Permission
) -> Answer:
    ready = compile_policy(read)
    if ready.faults:
        return Answer(None, None, NO_MEANING)
    role = role_for((ready,), whole)
    if not ceilings.words:
        return _is_public(read, whole, role, states, permission)
    under = ceilings.over(read, role, whole)
    answer = _is_public(under.policy, whole, role, states, permission)
    if under.is_exact or answer.witness is None:
        return ceilings.explained(answer)
    if ceilings.allow(read, answer.witness, role):
        return ceilings.explained(answer)
    return Answer(None, None, NOT_CONFIRMED)


def _is_public(
    read: TrustPolicy, whole: Home, role: str, states: int, permission: Permission
) -> Answer:
    ready = compile_policy(read)

    def query(environment: RequestEnvironment) -> Formula:
        admitted = environment.admitted_by(ready)
        if admitted == FALSE:
            return FALSE
        return all_of((admitted, no_owned_values(environment)))

    def confirm(request: Request) -> bool:
        return outcome_of(read, request) is Outcome.ALLOWED

    external = with_permission(external_classes_of(ready, whole, role), permission)
    ask = partial(find_witness, (ready,), external, role, query, confirm, Budget(states))
    found = answer_within((read,), ask)
    if found.found is False:
        return replace(found, because=_rests_on(read, whole))
    return found


def _rests_on(policy: TrustPolicy, home: Home) -> str:
    """What has to hold for a "no", and nobody said; `""` when it holds whatever they are."""
    words: list[PrincipalWords] = []
    for statement in policy.statements:
        if statement.effect == "Allow":
            words += who_of(statement, home)
    has_conditions = any(statement.conditions for statement in policy.statements)
    unknown = dict.fromkeys(word.text for word in words if word.stranger is None)
    told = []
    if unknown:
        told.append(
            "This is true if you trust these accounts or issuers, which is not known: "
            f"{'; '.join(unknown)}."
        )
    if has_conditions and any(word.stranger for word in words):
        told.append("This is true if you trust the owners of everything that the conditions name.")
    return " ".join(told)
