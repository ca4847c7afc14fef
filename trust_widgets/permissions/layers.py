"""The policies on the caller's side of a call, and the ceilings over both sides: who is bound by
which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from trust_widgets.evaluation import Request, WithoutPath
from trust_widgets.permissions.compiled import (
    CompiledRule,
    RuleAnswer,
    compiled_permissions,
    decide_rule,
)
from trust_widgets.permissions.values import (
    GivenPolicies,
    GivenPolicy,
    PermissionsPolicy,
    policies_from_given,
)
from trust_widgets.policy import Path


class LayerKind(StrEnum):
    """A kind of policy that takes part in a decision, in the order in which AWS asks them."""

    RCP = "RCP"
    SCP = "SCP"
    ENDPOINT = "VPC endpoint policy"
    IDENTITY = "permissions policy"
    BOUNDARY = "permissions boundary"
    SESSION = "session policy"


@dataclass(frozen=True, slots=True)
class Layer:
    """Policies of one kind that count together.

    Args:
        kind: which kind. level: of SCPs, counted from the root; 0 for other kinds.
        policies: none for a caller without any.
    """

    kind: LayerKind
    policies: tuple[PermissionsPolicy, ...]
    level: int = 0

    @property
    def name(self) -> str:
        """`"SCP of level 2"`, `"permissions boundary"`."""
        if self.level:
            return f"{self.kind} of level {self.level}"
        return self.kind.value


@dataclass(frozen=True, slots=True)
class LayerAnswer:
    """What the policies of one layer say of one action of a call.

    Args:
        layer: the layer's name. kind: its kind. action: the action.
        allows: whether an Allow applies; `None` where that depends on `needs`.
        denies: the same of a Deny.
        needs: the keys that it depends on, or `"caller permission"`.
        policy, path: which of the layer's policies the Deny or Allow that applies is in, and its
            place there; `()` where none applies.
    """

    layer: str
    kind: LayerKind
    action: str
    allows: bool | None
    denies: bool | None
    needs: tuple[str, ...] = ()
    policy: int = 0
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Layers:
    """All policies besides the trust policy that take part in a decision.

    Args:
        layers: those that were given, in AWS's order.
        management_account: of the organization; `""` when that is not known.
    """

    layers: tuple[Layer, ...] = ()
    management_account: str = ""

    def has(self, kind: LayerKind) -> bool:
        """Whether policies of a kind were given."""
        return any(layer.kind is kind for layer in self.layers)


def layers_from_given(
    permissions: GivenPolicies | None = None,
    boundary: GivenPolicy | None = None,
    session_policy: GivenPolicies | None = None,
    scps: Iterable[GivenPolicies] | None = None,
    rcps: GivenPolicies | None = None,
    endpoint_policy: GivenPolicy | None = None,
    management_account: str = "",
) -> Layers:
    """The policies as a person gave them.

    Raises:
        DocumentError: for a text that cannot be read.
        TypeError: for what is no policy.
        ValueError: for a policy without a meaning to decide by.
    """
    found = [*_layers_of(LayerKind.RCP, rcps), *_levels(scps)]
    found += _layers_of(LayerKind.ENDPOINT, endpoint_policy)
    found += _layers_of(LayerKind.IDENTITY, permissions)
    found += _layers_of(LayerKind.BOUNDARY, boundary)
    found += _layers_of(LayerKind.SESSION, session_policy)
    for layer in found:
        for policy in layer.policies:
            compiled_permissions(policy)
    return Layers(tuple(found), management_account)


def _layers_of(kind: LayerKind, given: GivenPolicies | None) -> Iterator[Layer]:
    if given is not None:
        yield Layer(kind, policies_from_given(given))


def _levels(scps: Iterable[GivenPolicies] | None) -> Iterator[Layer]:
    if scps is None:
        return
    if isinstance(scps, (str, PermissionsPolicy)) or not isinstance(scps, Iterable):
        raise TypeError(
            "scps: write one entry per level, from the root to the account: "
            "scps=[[root's SCPs], [unit's SCPs], [account's SCPs]]"
        )
    for number, level in enumerate(scps, 1):
        yield Layer(LayerKind.SCP, policies_from_given(level), number)


def answer_of(layer: Layer, action: str, request: Request) -> LayerAnswer:
    """What a layer says of one action of a call that it binds."""
    answers = []
    for index, policy in enumerate(layer.policies):
        rules = compiled_permissions(policy)
        answers += [(index, rule, decide_rule(rule, action, request)) for rule in rules]
    denies = _best([each for each in answers if not each[1].allows])
    allows = _best([each for each in answers if each[1].allows])
    if layer.kind is LayerKind.RCP:  # RCPFullAWSAccess is always attached
        allows = _Best(True)
    at = denies if denies.truth else allows
    needs = tuple(dict.fromkeys((*denies.needs, *allows.needs)))
    return LayerAnswer(
        layer.name, layer.kind, action, allows.truth, denies.truth, needs, at.policy, at.path
    )


@dataclass(frozen=True, slots=True)
class _Best:
    truth: bool | None
    needs: tuple[str, ...] = ()
    policy: int = 0
    path: Path = ()


def _best(answers: list[tuple[int, CompiledRule, RuleAnswer]]) -> _Best:
    """Whether one of some statements applies, and which."""
    for index, rule, answer in answers:
        if answer.truth:
            return _Best(True, (), index, rule.path)
    needs = tuple(name for _, _, answer in answers for name in answer.needs)
    is_open = any(answer.truth is None for _, _, answer in answers)
    if is_open:
        return _Best(None, needs)
    return _Best(False)


def binds(layer: Layer, request: Request, management_account: str) -> bool | None:
    """Whether the policies of a layer bind a call; `None` where that is not known.

    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    caller = request.identity
    match layer.kind:
        case LayerKind.RCP:
            is_exempt = request.role_arn.account == management_account
            if is_exempt:
                return False
            return _negated(_is_service_linked(request, with_role=True))
        case LayerKind.ENDPOINT:
            return caller.kind != "service"
        case LayerKind.SCP:
            if caller.kind != "aws" or caller.account == management_account:
                return False
            return _negated(_is_service_linked(request, with_role=False))
    return caller.kind == "aws"


SERVICE_LINKED = ":role/aws-service-role/"
_NAME = "AWSServiceRoleFor"


def _is_service_linked(request: Request, *, with_role: bool) -> bool | None:
    """Whether a service-linked role calls, or is the role of the request.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    """
    if with_role and SERVICE_LINKED in str(request.role):
        return True
    arn = request.keys.get("aws:principalarn")
    if isinstance(arn, str) and SERVICE_LINKED in arn:
        return True
    is_open = isinstance(arn, WithoutPath) or (arn is None and request.identity.sort == "session")
    if is_open and request.identity.name.startswith(_NAME):
        return None
    return False


def _negated(truth: bool | None) -> bool | None:
    if truth is None:
        return None
    return not truth
