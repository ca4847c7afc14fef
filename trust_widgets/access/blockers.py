"""What blocks every principal class from one statement: a key, a value, an action, or a Deny."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trust_widgets.access.caller import NEVER, PrincipalClass
from trust_widgets.access.conflicts import contradictions, disagreements, possible
from trust_widgets.access.environment import RequestEnvironment
from trust_widgets.access.formula import FALSE
from trust_widgets.access.key_names import IDENTITY, TAG, TAGS
from trust_widgets.access.results import (
    CONTRADICTION,
    DENIED,
    DISAGREEMENT,
    NEEDS_ACTION,
    NEVER_THERE,
    NO_ACTION,
    NO_VALUE,
    NOBODY_NAMED,
    Blocker,
)
from trust_widgets.access.session_modes import SESSION_MODES, SessionMode
from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.aws.services import title_in
from trust_widgets.evaluation import (
    CompiledCondition,
    CompiledPolicy,
    CompiledStatement,
)
from trust_widgets.policy import Path


def blockers_of(
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
    by_environment = [tuple(_blockers_in(environment, ready, rule)) for environment in environments]
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
    """A call that carries the tags and the source identity that a statement requires."""
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


def _blockers_in(
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
