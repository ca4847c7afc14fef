"""One call against one policy: the decision with the tree of its reasons.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from trust_widgets.aws.actions import SET_CONTEXT, SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.evaluation.caller_half import ActionHalf, CallerHalf
from trust_widgets.evaluation.compiled import (
    CompiledCondition,
    CompiledPolicy,
    CompiledPrincipal,
    CompiledStatement,
    compile_policy,
)
from trust_widgets.evaluation.conditions import decide_clause, truth_of
from trust_widgets.evaluation.naming import principals_for, rules_for
from trust_widgets.evaluation.principals import decide_permission, decide_principal
from trust_widgets.evaluation.request import Request
from trust_widgets.evaluation.trace import Node, Outcome, Reason, all_of, any_of
from trust_widgets.evaluation.tree import weight
from trust_widgets.policy import CACHE, Memo, TrustPolicy, is_session_action, known_action

_OUTCOMES = {
    Reason.ALLOWED: Outcome.ALLOWED,
    Reason.DENY_APPLIES: Outcome.DENIED,
    Reason.NO_ALLOW: Outcome.NOT_ALLOWED,
    Reason.TAG_SESSION_MISSING: Outcome.NOT_ALLOWED,
    Reason.SOURCE_IDENTITY_MISSING: Outcome.NOT_ALLOWED,
    Reason.CONTEXT_MISSING: Outcome.NOT_ALLOWED,
    Reason.DEPENDS: Outcome.DEPENDS,
}
# The worst of what is said of each action that a call needs is said of the call.
_WORST_FIRST = (Outcome.DENIED, Outcome.NOT_ALLOWED, Outcome.DEPENDS, Outcome.ALLOWED)
_MISSING = {
    TAG_SESSION: Reason.TAG_SESSION_MISSING,
    SET_SOURCE_IDENTITY: Reason.SOURCE_IDENTITY_MISSING,
    SET_CONTEXT: Reason.CONTEXT_MISSING,
}


def decide(
    policy: TrustPolicy, request: Request, half: CallerHalf | None = None
) -> tuple[Outcome, Node]:
    """The outcome of a request, with the tree of the reasons.

    Args:
        policy: the trust policy.
        request: the call.
        half: what the caller's own policies say of each action; as the request has it when not
            given.

    Source:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    ready = compile_policy(policy)
    if ready.faults:
        return Outcome.INVALID, Node(Reason.INVALID, False, (), (), ready.faults)
    parts = _actions(ready, request, half)
    if len(parts) == 1:
        return _OUTCOMES[parts[0].code], parts[0]
    worst = _worst(parts)
    first = next(part for part in parts if _OUTCOMES[part.code] is worst)
    return worst, Node(first.code, first.truth, (), first.data, parts)


def outcome_of(policy: TrustPolicy, request: Request) -> Outcome:
    """The outcome of a request as `decide` gives it, without the reasons.

    Statements that are surely false are passed over, and of the others the principals that are
    another caller: none of them changes an outcome.
    """
    ready = compile_policy(policy)
    if ready.faults:
        return Outcome.INVALID
    rules, shared = [], []
    for rule in rules_for(ready, request.identity):
        parts = _without_action_unless_false(rule, request)
        if parts:
            rules.append(rule)
            shared.append(parts)
    return _worst(_of_actions(tuple(rules), lambda action: shared, request))


def _without_action_unless_false(rule: CompiledStatement, request: Request) -> tuple[Node, ...]:
    """The parts of a statement but its action, with the principals that name the caller alone and
    without the reasons of its conditions; `()` if one of the parts is false.
    """
    clauses = []
    for clause in rule.clauses:
        truth = truth_of(clause, request.keys)
        if truth is False:
            return ()
        clauses.append(Node(Reason.CONDITION, truth, clause.path))
    decided = [decide_principal(each, request) for each in principals_for(rule, request.identity)]
    named = tuple([node for node in decided if node.truth is not False])
    if not named:
        return ()
    return _with_permission(rule.allows, named, clauses, request)


def _worst(parts: tuple[Node, ...]) -> Outcome:
    outcomes = [_OUTCOMES[part.code] for part in parts]
    return next(outcome for outcome in _WORST_FIRST if outcome in outcomes)


_Shared: TypeAlias = "Callable[[str], list[tuple[Node, ...]]]"
"""The parts of each statement but its action, by the action in question."""


def _actions(ready: CompiledPolicy, request: Request, half: CallerHalf | None) -> tuple[Node, ...]:
    """The answer for each action that the call needs."""
    with_memos = _with_memos(ready)
    if half is not None:
        return _of_actions(
            ready.rules,
            lambda action: [_without_action(rule, request, half[action]) for rule in with_memos],
            request,
        )
    shared = [_without_action(rule, request) for rule in with_memos]
    return _of_actions(ready.rules, lambda action: shared, request)


def _of_actions(
    rules: tuple[CompiledStatement, ...], shared: _Shared, request: Request
) -> tuple[Node, ...]:
    """The same of some statements; who calls and what it carries is the same for all actions."""
    needed = tuple([_action(action, rules, shared(action)) for action in request.actions])
    if not request.unknown:
        return needed
    perhaps = (
        _perhaps(key, _action(action, rules, shared(action)))
        for action, key in request.actions_unknown.items()
    )
    return (*needed, *(node for node in perhaps if node.code is Reason.DEPENDS))


def _perhaps(key: str, decided: Node) -> Node:
    """An action that the call needs only if it has an unknown key."""
    if decided.truth:
        return decided
    unknown = Node(Reason.KEY_UNKNOWN, None, (), (key, ""))
    return Node(Reason.DEPENDS, None, (), decided.data, (*decided.parts, unknown))


class _RuleWithMemos(NamedTuple):
    """A statement with what was decided before of each of its principals and conditions."""

    allows: bool
    principals: tuple[tuple[CompiledPrincipal, Memo], ...]
    clauses: tuple[tuple[CompiledCondition, Memo], ...]


def _with_memos(ready: CompiledPolicy) -> tuple[_RuleWithMemos, ...]:
    """The statements of a policy, their memos looked up once."""
    memo = CACHE.policies.of(ready.policy)
    found: tuple[_RuleWithMemos, ...] | None = memo.get(_RuleWithMemos)
    if found is None:
        found = memo[_RuleWithMemos] = tuple(map(_rule_with_memos, ready.rules))
    return found


def _rule_with_memos(rule: CompiledStatement) -> _RuleWithMemos:
    principals = tuple((principal, CACHE.parts.of(principal)) for principal in rule.principals)
    clauses = tuple((clause, CACHE.parts.of(clause)) for clause in rule.clauses)
    return _RuleWithMemos(rule.allows, principals, clauses)


def _without_action(
    rule: _RuleWithMemos, request: Request, half: ActionHalf | None = None
) -> tuple[Node, ...]:
    allows, principals, conditions = rule
    keys = request.keys
    named = tuple([decide_principal(principal, request, memo) for principal, memo in principals])
    clauses = [decide_clause(clause, keys, memo) for clause, memo in conditions]
    return _with_permission(allows, named, clauses, request, half)


def _with_permission(
    allows: bool,
    named: tuple[Node, ...],
    clauses: list[Node],
    request: Request,
    half: ActionHalf | None = None,
) -> tuple[Node, ...]:
    permission = decide_permission(named, request, half) if allows else None
    if len(named) == 1:
        who = named[0]
    else:
        who = _one_of(named)
    if permission:
        return (who, *clauses, permission)
    return (who, *clauses)


def _one_of(named: tuple[Node, ...]) -> Node:
    """Several principals as one: the best of them gives the reason, the others are below it."""
    truth = any_of(named)
    best = min((node for node in named if node.truth is truth), key=weight)
    return Node(best.code, truth, best.path, best.data, named)


def _action(
    action: str, rules: tuple[CompiledStatement, ...], shared: list[tuple[Node, ...]]
) -> Node:
    statements = tuple(
        [_statement(rule, action, parts) for rule, parts in zip(rules, shared, strict=True)]
    )
    code, truth = _combined(rules, statements)
    if code is Reason.NO_ALLOW:
        code = _MISSING.get(known_action(action) or action, code)
    return Node(code, truth, (), (action,), statements)


def _statement(rule: CompiledStatement, action: str, parts: tuple[Node, ...]) -> Node:
    who, *others = parts
    every = (who, _decide_action(rule, action), *others)
    effect = "Allow" if rule.allows else "Deny"
    return Node(Reason.STATEMENT, all_of(every), rule.path, (effect,), every)


def _decide_action(rule: CompiledStatement, action: str) -> Node:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"""
    actions = rule.actions
    index = actions.index_of(action)
    is_named = (index is None) == actions.is_excluding
    if index is None:
        index = _main_action(actions.texts)
    path = (*rule.path, *actions.path_of(index))
    code = Reason.ACTION_MATCHES if is_named else Reason.ACTION_DIFFERS
    return Node(code, is_named, path, (action, actions.texts[index]))


def _main_action(texts: tuple[str, ...]) -> int:
    """The first that is not only for tags or a source identity: a statement is nearer for it,
    wherever it stands.
    """
    return next((index for index, text in enumerate(texts) if not is_session_action(text)), 0)


def _combined(
    rules: tuple[CompiledStatement, ...], statements: tuple[Node, ...]
) -> tuple[Reason, bool | None]:
    """Any Deny that applies wins over any Allow."""
    denied: bool | None = False
    allowed: bool | None = False
    for rule, node in zip(rules, statements, strict=True):
        if node.truth is False:
            continue
        if rule.allows:
            allowed = allowed or node.truth
        else:
            denied = denied or node.truth
    if denied:
        return Reason.DENY_APPLIES, False
    if allowed is False:
        return Reason.NO_ALLOW, False
    if allowed and denied is False:
        return (Reason.ALLOWED, True)
    return (Reason.DEPENDS, None)
