"""A trust policy under ceilings: what the ceilings take away, as statements of it that deny.

A resource control policy is a Deny over the same keys for everyone, and becomes a Deny of the trust
policy. A level of service control policies takes away from the principals of one account what it
denies, and what it does not allow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from trust_widgets.aws.actions import names
from trust_widgets.aws.arns import arn_of
from trust_widgets.aws.principal_forms import account_of
from trust_widgets.permissions.compiled import CompiledRule, compiled_permissions, resource_truth
from trust_widgets.permissions.layers import SERVICE_LINKED, Layer, LayerKind, Layers
from trust_widgets.permissions.negation import alternatives_to
from trust_widgets.policy import Condition, Principal, Statement, TrustPolicy, spelled_apart

_EVERYONE = Principal(aws=("*",))
_MOST = 64
"""Statements that one level of SCPs may become; what takes more is left out as not exact."""


@dataclass(frozen=True, slots=True)
class UnderCeilings:
    """A trust policy under ceilings.

    Args:
        policy: the policy, with statements that deny added at its end.
        is_exact: whether all that the ceilings take away is in them. If not, a call that it does
            not allow is surely not allowed, and one that it allows has to be decided again.
    """

    policy: TrustPolicy
    is_exact: bool = True


def under_ceilings(
    policy: TrustPolicy, layers: Layers, role: str, *, is_role_known: bool
) -> UnderCeilings:
    """A trust policy with the RCPs and SCPs of its role's account as statements that deny.

    Calls of service-linked roles are taken to be bound too: nobody can give them a permission.

    Args:
        policy: the trust policy.
        layers: the ceilings.
        role: the role's ARN, or an example.
        is_role_known: whether it is the role's own.
    """
    account = account_of(role)
    if account == layers.management_account:
        return UnderCeilings(policy)
    maker = _Maker(policy.version, role, is_role_known)
    added: list[Statement] = []
    for layer in layers.layers:
        if layer.kind is LayerKind.RCP and SERVICE_LINKED not in role:
            added += maker.denies_of(layer)
        elif layer.kind is LayerKind.SCP:
            bound = Condition("StringEquals", "aws:PrincipalAccount", (account,))
            for deny in (*maker.denies_of(layer), *maker.gaps_of(layer)):
                added.append(_with(deny, bound))
    changed = replace(policy, statements=(*policy.statements, *added))
    return UnderCeilings(changed, maker.is_exact)


def _with(statement: Statement, condition: Condition) -> Statement:
    return replace(statement, conditions=spelled_apart((*statement.conditions, condition)))


class _Maker:
    """Makes statements of a trust policy of those of ceilings, and notes what it cannot make."""

    def __init__(self, version: str | None, role: str, is_role_known: bool) -> None:
        self.version, self.role, self.is_role_known = version, role, is_role_known
        self.is_exact = True

    def denies_of(self, layer: Layer) -> Iterator[Statement]:
        """The statements of a layer that deny something on the role."""
        for policy in layer.policies:
            for rule, statement in zip(
                compiled_permissions(policy), policy.statements, strict=True
            ):
                if not rule.allows and self._applies(rule, statement, policy.version):
                    yield _of_trust(statement)

    def gaps_of(self, layer: Layer) -> Iterator[Statement]:
        """What a level of SCPs does not allow, as statements that deny it."""
        for action in names():
            allows = list(self._allows_of(layer, action))
            if not all(statement.conditions for statement in allows):
                continue  # one of them allows it always
            for conditions in self._missed(allows):
                yield Statement("Deny", _EVERYONE, (action,), conditions)

    def _allows_of(self, layer: Layer, action: str) -> Iterator[Statement]:
        """The statements of a level that may allow an action on the role; where that is not known,
        it is assumed.
        """
        for policy in layer.policies:
            for rule, statement in zip(
                compiled_permissions(policy), policy.statements, strict=True
            ):
                if rule.allows and rule.actions.names(action):
                    if self._fits(rule) is None or not self._reads_alike(statement, policy.version):
                        self.is_exact = False
                        yield Statement("Allow", action=(action,))
                    elif self._fits(rule):
                        yield statement

    def _missed(self, allows: list[Statement]) -> Iterator[tuple[Condition, ...]]:
        """The ways in which a call can meet none of some statements, as conditions."""
        ways = []
        for statement in allows:
            found = [alternatives_to(condition) for condition in statement.conditions]
            known = [way for way in found if way is not None]
            if len(known) < len(found):
                self.is_exact = False
            ways.append([each for way in known for each in way])
        for number, chosen in enumerate(product(*ways)):
            if number >= _MOST:
                self.is_exact = False
                return
            conditions = {condition: None for each in chosen for condition in each}
            yield spelled_apart(conditions)

    def _applies(self, rule: CompiledRule, statement: Statement, version: str | None) -> bool:
        """Whether a Deny surely is about the role, and means the same in the trust policy."""
        fits = self._fits(rule)
        if fits is False:
            return False
        if fits is None or not self._reads_alike(statement, version):
            self.is_exact = False
            return False
        return True

    def _reads_alike(self, statement: Statement, version: str | None) -> bool:
        """Whether its conditions mean the same in the trust policy, which may have another
        version, by which variables are read.
        """
        if version == self.version:
            return True
        values = [str(value) for each in statement.conditions for value in each.values]
        return not any("${" in value for value in values)

    def _fits(self, rule: CompiledRule) -> bool | None:
        """Whether a statement is about the role."""
        if self.is_role_known:
            role = self.role
        else:
            role = _unlikely(self.role)
        truths = [resource_truth(template, role, {}).truth for template in rule.resources]
        if True in truths:
            return not rule.excludes
        has_variables = any(_has_variable(template) for template in rule.resources)
        if has_variables or None in truths or not self.is_role_known:
            return None
        return rule.excludes


def _has_variable(template: tuple[object, ...]) -> bool:
    return any(isinstance(part, tuple) for part in template)


def _unlikely(role: str) -> str:
    """An ARN that only fits what fits every role."""
    arn = arn_of(role)
    partition = arn.partition if arn is not None else "aws"
    return f"arn:{partition}:iam::{'~' * 12}:role/{'~' * 65}"


def _of_trust(statement: Statement) -> Statement:
    return replace(
        statement, sid=None, principal=_EVERYONE, resource=None, not_resource=None, other=()
    )
