"""Whether any request is allowed by one statement; if none is, `blockers` says what stops all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trust_widgets.access.atoms import alternative_reading_of
from trust_widgets.access.blockers import blockers_of
from trust_widgets.access.caller import NEVER, PrincipalClass
from trust_widgets.access.conflicts import possible
from trust_widgets.access.effort import answer_within
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import FALSE, Formula, all_of
from trust_widgets.access.principal_classes import classes_named_by
from trust_widgets.access.queries import Query, find_witness, role_for
from trust_widgets.access.results import (
    NO_MEANING,
    NO_VALUE,
    Answer,
    Blocker,
)
from trust_widgets.access.session_modes import SESSION_MODES
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPolicy,
    CompiledStatement,
    Outcome,
    Request,
    compile_policy,
    outcome_of,
)
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.text.budget import DEFAULT, Budget


def can_let_in(
    policy: TrustPolicy, index: int, home: Home | None = None, *, states: int = DEFAULT
) -> Answer:
    """Whether a statement can ever allow anyone, the policy's Deny statements weighed.

    Args:
        policy: the policy.
        index: which of its statements, from 0; an Allow.
        home: what is yours.
        states: how much to search at most.

    Example:
        >>> import trust_widgets as tw
        >>> mfa = tw.Condition("Bool", "aws:MultiFactorAuthPresent", ("true",))
        >>> ec2 = tw.Statement(
        ...     "Allow", tw.Principal(service="ec2.amazonaws.com"), "sts:AssumeRole", (mfa,)
        ... )
        >>> answer = can_let_in(tw.TrustPolicy((ec2,)), 0)
        >>> answer.found, answer.blockers[0].code
        (False, 'never_there')
    """
    ready = compile_policy(policy)
    if ready.faults:
        return Answer(None, None, NO_MEANING)
    rule = ready.rules[index]
    home = home or Home()
    role = role_for((ready,), home)
    callers = classes_named_by(ready, rule, role, home.day)
    return answer_within(
        (policy,), lambda: _allowed_or_blocked(ready, rule, callers, role, Budget(states))
    )


def _allowed_or_blocked(
    ready: CompiledPolicy,
    rule: CompiledStatement,
    callers: tuple[PrincipalClass, ...],
    role: str,
    budget: Budget,
) -> Answer:
    """Whether a statement allows a request; if none, with what blocks every principal class."""
    answer = through(ready, rule, callers, role, budget)
    if answer.found is not False:
        return answer
    blockers = tuple(blockers_of(ready, rule, callers, role))
    if blockers:
        first = blockers[0]
    else:
        first = Blocker("", rule.path, "")
    return Answer(False, None, first.text, first.path, blockers)


def dead_values(policy: TrustPolicy, index: int, home: Home | None = None) -> tuple[Blocker, ...]:
    """Values of a statement's conditions that no caller's key can ever have, each looked at by
    itself.

    Conditions that are true for what their values do not name are left out, and so are keys that no
    caller has.

    Args:
        policy: the policy.
        index: which of its statements, from 0.
        home: what is yours.

    Example:
        >>> import trust_widgets as tw
        >>> ids = tw.Condition("StringEquals", "sts:ExternalId", ("b2f6c3de", "*"))
        >>> vendor = tw.Statement(
        ...     "Allow", tw.Principal(aws="444455556666"), "sts:AssumeRole", (ids,)
        ... )
        >>> [blocker.path[-1] for blocker in dead_values(tw.TrustPolicy((vendor,)), 0)]
        [1]
    """
    ready = compile_policy(policy)
    if ready.faults:
        return ()
    home = home or Home()
    rule, role = ready.rules[index], role_for((ready,), home)
    callers = classes_named_by(ready, rule, role, home.day)
    environments = [RequestEnvironment(caller, SESSION_MODES[-1], role) for caller in callers]
    dead: list[Blocker] = []
    for clause in rule.clauses:
        if clause.operator.is_null or clause.operator.negated:
            continue
        for value in clause.values:
            alone = alternative_reading_of(replace(clause, values=(value,)))
            if not value.variable and _is_dead(environments, alone):
                text = f"{clause.name} can never be {value.text}."
                dead.append(Blocker(NO_VALUE, value.path, text))
    return tuple(dead)


def _is_dead(environments: Iterable[RequestEnvironment], clause: CompiledCondition) -> bool:
    """Whether callers have the key of a condition, and none of them a value that meets it."""
    able = [
        environment for environment in environments if environment.presence(clause.key) != NEVER
    ]
    alone = replace(clause, if_exists=False)
    return bool(able) and not any(_can_meet(environment, alone) for environment in able)


def _can_meet(environment: RequestEnvironment, clause: CompiledCondition) -> bool:
    return environment.read(clause) != FALSE and possible(environment, (clause,))


def through(
    ready: CompiledPolicy,
    rule: CompiledStatement,
    callers: Iterable[PrincipalClass],
    role: str,
    budget: Budget,
    also: Query | None = None,
) -> Answer:
    """A call that a policy allows and one of its statements allows; `also` says what else it must
    fulfil.
    """

    def query(environment: RequestEnvironment) -> Formula:
        admitted = environment.admitted_by(ready, (rule,))
        if also and admitted != FALSE:
            return all_of((admitted, also(environment)))
        return admitted

    def confirm(request: Request) -> bool:
        return outcome_of(ready.policy, request) is Outcome.ALLOWED

    return find_witness((ready,), callers, role, query, confirm, budget)
