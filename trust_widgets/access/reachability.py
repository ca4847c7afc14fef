"""Whether any request is allowed by one statement, and if none is, what blocks every principal
class.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from trust_widgets.access.atoms import alternative_reading_of
from trust_widgets.access.caller import NEVER, PrincipalClass
from trust_widgets.access.conflicts import contradictions, disagreements, possible
from trust_widgets.access.effort import answer_within
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import FALSE, Formula, all_of
from trust_widgets.access.key_names import IDENTITY, TAG, TAGS
from trust_widgets.access.principal_classes import classes_named_by
from trust_widgets.access.queries import Query, find_witness, role_for
from trust_widgets.access.results import (
    CONTRADICTION,
    DENIED,
    DISAGREEMENT,
    NEEDS_ACTION,
    NEVER_THERE,
    NO_ACTION,
    NO_MEANING,
    NO_VALUE,
    NOBODY_NAMED,
    Answer,
    Blocker,
)
from trust_widgets.access.session_modes import SESSION_MODES, SessionMode
from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.services import title_in
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPolicy,
    CompiledStatement,
    Outcome,
    Request,
    compile_policy,
    outcome_of,
)
from trust_widgets.policy import Home, Path, TrustPolicy
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
    blockers = tuple(_blockers(ready, rule, callers, role))
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


def _blockers(
    ready: CompiledPolicy, rule: CompiledStatement, callers: tuple[PrincipalClass, ...], role: str
) -> Iterator[Blocker]:
    """What stops all callers; when each is stopped by something else, what stops those who come
    furthest.
    """
    if not callers:
        yield Blocker(
            NOBODY_NAMED,
            (*rule.path, "Principal"),
            "None of these principals can ever assume a role.",
        )
        return
    environments = [_environment_for(rule, caller, role) for caller in callers]
    environments = [
        environment
        for environment in environments
        if environment.rules_for((rule,), environment.caller.action)
    ]
    if not environments:
        text = "None of these actions assumes the role for any of these principals."
        yield Blocker(NO_ACTION, (*rule.path, rule.actions.element), text)
        return
    by_environment = [tuple(_blockers_of(environment, ready, rule)) for environment in environments]
    places = [set(map(_place, blockers)) for blockers in by_environment]
    everywhere = set.intersection(*places)
    common = tuple(blocker for blocker in by_environment[0] if _place(blocker) in everywhere)
    yield from common or max(by_environment, key=_how_far)


def _how_far(blockers: Sequence[Blocker]) -> int:
    return max((_STAGES.index(blocker.code) for blocker in blockers), default=0)


_STAGES = (NO_ACTION, NEVER_THERE, NO_VALUE, NEEDS_ACTION, CONTRADICTION, DISAGREEMENT, DENIED)


def _environment_for(
    rule: CompiledStatement, caller: PrincipalClass, role: str
) -> RequestEnvironment:
    """A call that carries the tags and the source identity that a statement asks for."""
    bare = RequestEnvironment(caller, SESSION_MODES[0], role)
    asked = [
        clause.key for clause in rule.clauses if _is_carried(clause) and bare.read(clause) == FALSE
    ]
    identity = IDENTITY in asked
    most_without_tags = 1 if identity else 0
    tags = len(asked) > most_without_tags
    carried = caller.carried.actions
    mode = SessionMode(tags or TAG_SESSION in carried, identity or SET_SOURCE_IDENTITY in carried)
    return RequestEnvironment(caller, mode, role)


def _place(blocker: Blocker) -> tuple[str, Path]:
    """What two blockers have in common when they stop requests in the same way."""
    return blocker.code, blocker.path


def _blockers_of(
    environment: RequestEnvironment, ready: CompiledPolicy, rule: CompiledStatement
) -> Iterator[Blocker]:
    """Conditions that nobody meets, then those that nobody meets together, then the Deny
    statements.
    """
    for find in (_dead_clauses, _missing_actions, contradictions, disagreements, _denies):
        found = list(find(environment, ready, rule))
        yield from found
        if found:
            return


def _dead_clauses(
    environment: RequestEnvironment, ready: CompiledPolicy, rule: CompiledStatement
) -> Iterator[Blocker]:
    for clause in rule.clauses:
        why = environment.caller.why_never(clause.key)
        if environment.read(clause) == FALSE:
            if why and environment.presence(clause.key) == NEVER:
                code = NEVER_THERE
            else:
                code = NO_VALUE
            yield Blocker(code, clause.path, why or _fits_nobody(clause))
        elif not possible(environment, (clause,)):
            yield Blocker(NO_VALUE, clause.path, _fits_nobody(clause))


def _missing_actions(
    environment: RequestEnvironment, ready: CompiledPolicy, rule: CompiledStatement
) -> Iterator[Blocker]:
    """Further actions that no Allow names: at the conditions on what needs them, else where the
    actions stand.
    """
    for action in environment.actions[1:]:
        if any(other.allows for other in environment.rules_of(ready, action)):
            continue
        asking = _conditions_that_need(action, rule)
        for clause in asking:
            text = (
                f"A request with {clause.name} also needs {action}, which no statement "
                "allows for these callers."
            )
            yield Blocker(NEEDS_ACTION, clause.path, text)
        if not asking and action in environment.caller.carried.actions:
            who = title_in(environment.caller.principal)
            text = f"Every request of {who} also needs {action}, which no statement allows."
            yield Blocker(NEEDS_ACTION, (*rule.path, rule.actions.element), text)


def _conditions_that_need(action: str, rule: CompiledStatement) -> list[CompiledCondition]:
    """The conditions on what a request carries only with this further action."""
    carried = filter(_is_carried, rule.clauses)
    if action == SET_SOURCE_IDENTITY:
        return [clause for clause in carried if clause.key == IDENTITY]
    return [clause for clause in carried if clause.key != IDENTITY]


def _denies(
    environment: RequestEnvironment, ready: CompiledPolicy, rule: CompiledStatement
) -> Iterator[Blocker]:
    rules = (rule for action in environment.actions for rule in environment.rules_of(ready, action))
    for path in dict.fromkeys(rule.path for rule in rules if not rule.allows):
        yield Blocker(
            DENIED, path, "A Deny statement denies every caller that this statement would allow."
        )


def _is_carried(clause: CompiledCondition) -> bool:
    """Whether only a call with tags or a source identity has the key."""
    return clause.key.startswith((TAG, *TAGS, IDENTITY))


def _fits_nobody(clause: CompiledCondition) -> str:
    return f"No possible value of {clause.name} meets {clause.spelled}."
