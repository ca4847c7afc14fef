"""What a principal's own policies say of an action on a role: yes, no, or that it depends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from trust_widgets.evaluation import CALLER_PERMISSION, Request, Template, Variable
from trust_widgets.inventory.principals import KnownPrincipal
from trust_widgets.permissions import (
    CompiledRule,
    Layer,
    LayerKind,
    PermissionsPolicy,
    answer_of,
    compiled_permissions,
    resource_truth,
)


class Own(NamedTuple):
    """What own policies say.

    Args:
        truth: whether they allow an action; `None` where that depends on `needs`.
        needs: condition keys, or `"caller permission"` where the policies are not known.
        is_denied: whether a Deny applies for sure.
        is_bounded: whether the permissions boundary does not allow it.
    """

    truth: bool | None
    needs: tuple[str, ...] = ()
    is_denied: bool = False
    is_bounded: bool = False


def own_answer(principal: KnownPrincipal, action: str, request: Request) -> Own:
    """Whether own policies allow an action on the role of a request.

    Args:
        principal: whose. action: `"iam:PassRole"`. request: has the role and the keys.
    """
    if principal.permissions is None:
        return Own(None, (CALLER_PERMISSION,))
    layers = [Layer(LayerKind.IDENTITY, principal.permissions)]
    if principal.boundary is not None:
        layers.append(Layer(LayerKind.BOUNDARY, (principal.boundary,)))
    answers = [answer_of(layer, action, request) for layer in layers]
    if any(answer.denies for answer in answers):
        return Own(False, is_denied=True)
    if any(answer.allows is False for answer in answers):
        return Own(False, is_bounded=answers[-1].allows is False and len(answers) > 1)
    if all(answer.allows and answer.denies is False for answer in answers):
        return Own(True)
    return Own(None, tuple(dict.fromkeys(name for answer in answers for name in answer.needs)))


def policies_of(principal: KnownPrincipal) -> tuple[PermissionsPolicy, ...]:
    """All policies of a principal that are known."""
    boundary = () if principal.boundary is None else (principal.boundary,)
    return (*(principal.permissions or ()), *boundary)


def rules_naming(principal: KnownPrincipal, actions: Iterable[str]) -> Iterator[CompiledRule]:
    """The statements of a principal's own policies that name one of some actions."""
    wanted = tuple(actions)
    for policy in policies_of(principal):
        for rule in compiled_permissions(policy):
            if any(rule.actions.names(action) for action in wanted):
                yield rule


class MayAllow:
    """On which roles own policies may allow an action, whatever the condition keys are.

    Args:
        principal: whose. action: `"sts:AssumeRole"`.
    """

    def __init__(self, principal: KnownPrincipal, action: str) -> None:
        self._all = principal.permissions is None
        self._texts: set[str] = set()
        self._templates: list[Template] = []
        for policy in principal.permissions or ():
            for rule in compiled_permissions(policy):
                if rule.allows and rule.actions.names(action):
                    self._take(rule)

    def _take(self, rule: CompiledRule) -> None:
        self._all = self._all or rule.excludes
        for template in rule.resources:
            if any(isinstance(part, Variable) for part in template):
                self._all = True  # its value is not known yet
            elif all(isinstance(part, str) for part in template):
                self._texts.add("".join(map(str, template)))
            else:
                self._templates.append(template)

    def on(self, role: str) -> bool:
        """Whether they may allow it on a role, by its ARN."""
        if self._all or role in self._texts:
            return True
        truths = (resource_truth(template, role, {}).truth for template in self._templates)
        return any(truth is not False for truth in truths)


def keys_of_rules(rules: Iterable[CompiledRule]) -> frozenset[str]:
    """The condition keys of some statements, in lower case."""
    return frozenset(clause.key for rule in rules for clause in rule.clauses)


def allows_somewhere(principal: KnownPrincipal, action: str) -> bool | None:
    """Whether own policies allow an action of a service on some resource; `None` where that depends
    on conditions, or where the policies are not known.
    """
    if principal.permissions is None:
        return None
    found: bool | None = False
    for policy in principal.permissions:
        for rule in compiled_permissions(policy):
            if not rule.actions.names(action):
                continue
            if not rule.allows:
                found = None if rule.clauses else False
                if found is False:
                    return False
            elif rule.clauses:
                found = found or None
            else:
                found = True
    return found
