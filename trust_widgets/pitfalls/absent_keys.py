"""The conditions on keys that the callers of their statement never have."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import is_claim
from trust_widgets.aws.keys.impossible_keys import why_impossible
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


def keys_never_had(policy: TrustPolicy) -> Iterator[tuple[RequiredCondition, Path, str]]:
    """Yield each condition whose key some of its callers never have: the condition, the place to
    report, and why.
    """
    for each in asked(policy):
        if each.key not in _ELSEWHERE:
            for place, why in unable(each, _why):
                yield each, place, why


def _why(each: RequiredCondition, caller: PrincipalOfStatement) -> str:
    if why_impossible(each.condition.key) or (is_claim(each.key) and caller.kind == "oidc"):
        return ""  # a rule of its own reports a key of no request, and a claim of another issuer
    why = caller.why_never_has(each.condition.key)
    instead = key_record(each.key).instead.get(caller.kind)
    if why and instead:
        return f"{why} {instead}"
    return why
