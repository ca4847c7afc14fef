"""The conditions on keys that the callers of their statement never have."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import is_claim
from trust_widgets.aws.keys.condition_keys import why_never
from trust_widgets.aws.keys.records import key_record
from trust_widgets.pitfalls.required_conditions import (
    PrincipalOfStatement,
    RequiredCondition,
    asked,
    unable,
)
from trust_widgets.policy import Path, TrustPolicy

MFA_PRESENT, MFA_AGE = "aws:multifactorauthpresent", "aws:multifactorauthage"
# Each of these has a rule of its own.
_ELSEWHERE = (MFA_AGE, MFA_PRESENT, "sts:durationseconds")
# From AWS's own address, and not that of whoever set the service up.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
_ADDRESS = (
    "aws:SourceIp never holds an address of yours when an AWS service calls: it calls from"
    " addresses of AWS."
)
# Services that run what is yours with a role, and have nowhere to give an external id.
_WITHOUT_EXTERNAL_ID = ("ec2", "lambda", "ecs-tasks", "edgelambda", "pods.eks", "rolesanywhere")


def keys_never_had(policy: TrustPolicy) -> Iterator[tuple[RequiredCondition, Path, str]]:
    """Yield each condition whose key some of its callers never have: the condition, the place to
    report, and why.
    """
    for each in asked(policy):
        if each.key not in _ELSEWHERE:
            for place, why in unable(each, _why):
                yield each, place, why


def _why(each: RequiredCondition, caller: PrincipalOfStatement) -> str:
    if is_claim(each.key) and caller.kind == "oidc":
        return ""  # whose claim it is, other rules say
    if each.key == "aws:username" and caller.sort in ("role", "session"):
        return (
            "aws:username is never there when a role's session calls: only users of IAM have a user"
            " name."
        )
    if caller.kind == "service" and each.key == "aws:sourceip":
        return _ADDRESS
    if (
        each.key == "sts:externalid"
        and caller.text.removesuffix(".amazonaws.com") in _WITHOUT_EXTERNAL_ID
    ):
        return (
            "sts:ExternalId is never there when this service calls: it has nowhere to be given one."
        )
    why = why_never(each.condition.key, caller.kind)
    instead = key_record(each.key).instead.get(caller.kind)
    return f"{why} {instead}" if why and instead else why
