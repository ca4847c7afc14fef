"""Both halves of a call decided together: the trust policy, and everything besides it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trust_widgets.evaluation import (
    CALLER_PERMISSION,
    ActionHalf,
    CallerHalf,
    Node,
    Outcome,
    Permission,
    Request,
    decide,
    needs_of,
)
from trust_widgets.permissions.layers import (
    LayerAnswer,
    LayerKind,
    Layers,
    answer_of,
    binds,
)
from trust_widgets.policy import TrustPolicy

TRUST_POLICY = "trust policy"
BOTH = "trust policy and permissions policy"
_GATES = (LayerKind.RCP, LayerKind.ENDPOINT)
_ON_DIRECT = (LayerKind.SCP,)
_ON_ROLE = (*_ON_DIRECT, LayerKind.BOUNDARY, LayerKind.SESSION)
_ON_DELEGATED = (*_ON_ROLE, LayerKind.IDENTITY)


@dataclass(frozen=True, slots=True)
class BothHalves:
    """A call decided by all policies that take part in it.

    Args:
        outcome: what it comes to. tree: the reasons of the trust policy.
        answers: what each layer says of each action that the call needs.
        decided_by: the kind of policy that decided.
        deciding: the answer of that layer; `None` where the trust policy decided.
        needs: what the outcome depends on.
    """

    outcome: Outcome
    tree: Node
    answers: tuple[LayerAnswer, ...]
    decided_by: str
    deciding: LayerAnswer | None = None
    needs: tuple[str, ...] = ()


def decide_both(policy: TrustPolicy, request: Request, layers: Layers) -> BothHalves:
    """Decide a call by a trust policy and by all that was given besides it."""
    actions = (*request.actions, *request.actions_unknown)
    answers = _answers(layers, request, actions)
    half = _half_of(answers, actions)
    outcome, tree = decide(policy, request, half)
    if outcome in (Outcome.INVALID, Outcome.DENIED):
        return BothHalves(outcome, tree, answers, TRUST_POLICY)
    needed = [answer for answer in answers if answer.action in request.actions]
    for answer in needed:
        if answer.denies:
            return _decided(Outcome.DENIED, tree, answers, answer)
    if outcome is Outcome.NOT_ALLOWED:
        return _not_allowed(policy, request, tree, answers)
    for answer in needed:
        if answer.kind in _GATES and answer.allows is False:
            return _decided(Outcome.NOT_ALLOWED, tree, answers, answer)
    needs = _needs_of_gates(needed)
    if outcome is Outcome.DEPENDS or needs:
        return _depends(outcome, tree, answers, needs)
    return BothHalves(outcome, tree, answers, _allowed_by(policy, request))


def _decided(
    outcome: Outcome, tree: Node, answers: tuple[LayerAnswer, ...], answer: LayerAnswer
) -> BothHalves:
    name = answer.layer
    return BothHalves(outcome, tree, answers, name, answer)


def _answers(layers: Layers, request: Request, actions: Iterable[str]) -> tuple[LayerAnswer, ...]:
    """What each layer that binds a call says of each action."""
    found = []
    for action in actions:
        for layer in layers.layers:
            bound = binds(layer, request, layers.management_account)
            if bound is False:
                continue
            answer = answer_of(layer, action, request)
            if not bound:
                answer = _perhaps(answer)
            found.append(answer)
        if request.identity.kind == "aws" and not layers.has(LayerKind.IDENTITY):
            found.append(_said(request.caller_permission, action))
    return tuple(sorted(found, key=lambda answer: _ORDER.index(answer.kind)))


_ORDER = tuple(LayerKind)


def _perhaps(answer: LayerAnswer) -> LayerAnswer:
    """What a layer says that may not bind the caller, a service-linked role by its name alone."""
    return LayerAnswer(
        answer.layer,
        answer.kind,
        answer.action,
        answer.allows or None,
        None if answer.denies else answer.denies,
        ("aws:PrincipalArn", *answer.needs),
    )


def _said(permission: Permission, action: str) -> LayerAnswer:
    """What is said of the caller's own policies where they were not given."""
    allows = {"yes": True, "no": False, "denied": False, "unknown": None}[permission]
    needs = (CALLER_PERMISSION,) if permission == "unknown" else ()
    kind = LayerKind.IDENTITY
    return LayerAnswer(kind.value, kind, action, allows, permission == "denied", needs)


def _half_of(answers: tuple[LayerAnswer, ...], actions: Iterable[str]) -> CallerHalf:
    halves = {}
    for action in actions:
        halves[action] = _half([answer for answer in answers if answer.action == action])
    return halves


def _half(answers: list[LayerAnswer]) -> ActionHalf:
    """What the caller's own side says of an action, by how the trust policy may name the caller."""
    own = [answer for answer in answers if answer.kind not in _GATES]
    return ActionHalf(
        _permission(own, _ON_DELEGATED), _permission(own, _ON_ROLE), _permission(own, _ON_DIRECT)
    )


def _permission(answers: list[LayerAnswer], needed: tuple[LayerKind, ...]) -> Permission:
    if any(answer.denies for answer in answers):
        return "denied"
    truths = [answer.allows for answer in answers if answer.kind in needed]
    if False in truths:
        return "no"
    is_open = None in truths or any(answer.denies is None for answer in answers)
    if is_open:
        return "unknown"
    return "yes"


_NO = ActionHalf("no", "no", "no")
_BY_GRADE = (
    (_ON_DIRECT, ActionHalf("no", "no", "yes")),
    (_ON_ROLE, ActionHalf("no", "yes", "yes")),
    (_ON_DELEGATED, ActionHalf("yes", "yes", "yes")),
)


def _grade(policy: TrustPolicy, request: Request, actions: Iterable[str]) -> tuple[LayerKind, ...]:
    """The layers that have to allow, by how the trust policy names the caller; `()` where it lets
    the caller in whatever they say, or not at all.
    """
    actions = tuple(actions)
    if _may_allow(policy, request, dict.fromkeys(actions, _NO)):
        return ()
    for kinds, half in _BY_GRADE:
        if _may_allow(policy, request, dict.fromkeys(actions, half)):
            return kinds
    return ()


def _may_allow(policy: TrustPolicy, request: Request, half: CallerHalf) -> bool:
    outcome, _ = decide(policy, request, half)
    return outcome in (Outcome.ALLOWED, Outcome.DEPENDS)


def _not_allowed(
    policy: TrustPolicy, request: Request, tree: Node, answers: tuple[LayerAnswer, ...]
) -> BothHalves:
    """Which policy does not allow a call that is not allowed."""
    actions = (*request.actions, *request.actions_unknown)
    kinds = _grade(policy, request, actions)
    for answer in answers:
        if answer.kind in kinds and answer.allows is False and answer.action in request.actions:
            return _decided(Outcome.NOT_ALLOWED, tree, answers, answer)
    return BothHalves(Outcome.NOT_ALLOWED, tree, answers, TRUST_POLICY)


def _allowed_by(policy: TrustPolicy, request: Request) -> str:
    if request.identity.kind != "aws":
        return TRUST_POLICY
    kinds = _grade(policy, request, (*request.actions, *request.actions_unknown))
    if kinds == _ON_DELEGATED:
        return BOTH
    return TRUST_POLICY


def _needs_of_gates(answers: list[LayerAnswer]) -> tuple[str, ...]:
    """The keys on which depends whether a ceiling over all callers lets a call through."""
    gates = [answer for answer in answers if answer.kind in _GATES]
    is_open = [each for each in gates if each.allows is None or each.denies is None]
    return tuple(dict.fromkeys(name for answer in is_open for name in answer.needs))


def _depends(
    outcome: Outcome, tree: Node, answers: tuple[LayerAnswer, ...], gates: tuple[str, ...]
) -> BothHalves:
    """What a call depends on that is neither allowed nor refused for sure."""
    of_trust = needs_of(tree) if outcome is Outcome.DEPENDS else ()
    needs = [name for name in of_trust if name != CALLER_PERMISSION]
    if CALLER_PERMISSION in of_trust:
        own = [answer for answer in answers if answer.kind not in _GATES]
        is_open = [each for each in own if each.allows is None or each.denies is None]
        needs += [name for answer in is_open for name in answer.needs]
    names = tuple(dict.fromkeys((*needs, *gates)))
    by = TRUST_POLICY if of_trust and CALLER_PERMISSION not in of_trust else ""
    return BothHalves(Outcome.DEPENDS, tree, answers, by, None, names)
