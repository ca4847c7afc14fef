"""The other half of a call: what the caller's own policies, its organization and the network let
through.

A trust policy says who may assume a role. The caller's permissions policies, boundary, session
policy and service control policies, the resource control policies of the role's account, and the
policy of a VPC endpoint have a say as well.
"""

from __future__ import annotations

from trust_widgets.permissions.ceilings import UnderCeilings, under_ceilings
from trust_widgets.permissions.compiled import (
    CompiledRule,
    compiled_permissions,
    resource_truth,
)
from trust_widgets.permissions.deciding import BOTH, TRUST_POLICY, BothHalves, decide_both
from trust_widgets.permissions.layers import (
    Layer,
    LayerAnswer,
    LayerKind,
    Layers,
    answer_of,
    binds,
    layers_from_given,
)
from trust_widgets.permissions.values import (
    GivenPolicies,
    GivenPolicy,
    PermissionsPolicy,
    policies_from_given,
)

__all__ = [
    "BOTH",
    "TRUST_POLICY",
    "BothHalves",
    "CompiledRule",
    "GivenPolicies",
    "GivenPolicy",
    "Layer",
    "LayerAnswer",
    "LayerKind",
    "Layers",
    "PermissionsPolicy",
    "UnderCeilings",
    "answer_of",
    "binds",
    "compiled_permissions",
    "decide_both",
    "layers_from_given",
    "policies_from_given",
    "resource_truth",
    "under_ceilings",
]
