"""A claim that every token has, under an operator that is true without it."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.aws.keys.condition_keys import CLAIMS_OF_EVERY_TOKEN
from trust_widgets.explain import arn_or_words
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.examples import EKS, issued_by
from trust_widgets.pitfalls.needs import CONDITIONS
from trust_widgets.pitfalls.root_cause import (
    is_of_one_issuer,
    strict_operator,
    why_absent_passes,
    with_the_plain_operator,
)
from trust_widgets.policy import (
    Condition,
    ConditionView,
    Home,
    Statement,
    TrustPolicy,
    conditions_on,
    example,
    is_meant_to_assume,
    principals_of_kind,
    statements,
)


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement in statements(policy, "Allow"):
        if not is_meant_to_assume(statement):
            continue
        for index, condition in enumerate(statement.conditions):
            if not _is_loose(condition, statement):
                continue
            opening = probe_of(policy, path, home)
            if opening is None:
                continue
            caller = _somebody(opening)
            if caller:
                yield Hit(
                    (*path, *condition.path),
                    f"{why_absent_passes(condition)} Every token has this claim, so the "
                    "condition still works. But it does not require the claim, and IAM may not "
                    "accept it for an issuer of which it requires this claim. Write "
                    f"{strict_operator(condition)}.",
                    callers=(f"{caller}, as with {strict_operator(condition)}",),
                    fix=with_the_plain_operator(opening, index),
                )


def _is_loose(condition: Condition, statement: Statement) -> bool:
    """Whether only this condition requires the claim, and is true of a token without it."""
    view = ConditionView(condition)
    is_in_every_token = view.claim in CLAIMS_OF_EVERY_TOKEN or view.key == "saml:aud"
    if not is_in_every_token or not strict_operator(condition) or view.is_negated:
        return False
    others = [other for other in conditions_on(statement, view.key) if other is not condition]
    return not others and not is_of_one_issuer(condition, statement)


def _somebody(opening: StatementProbe) -> str:
    """Someone who can assume the role; `""` if nobody does."""
    providers = principals_of_kind(opening.statement, "Federated")
    callers = tuple(caller for provider in providers for caller in opening.callers(provider))
    witness = opening.through(callers).witness
    if witness is None:
        return ""
    return arn_or_words(witness.identity)


_CLUSTER = issued_by(EKS)
_CART = {f"{EKS}:sub": "system:serviceaccount:shop:cart"}
_AUDIENCE = {f"{EKS}:aud": "sts.amazonaws.com"}

PRECEDENCE = Precedence(last=40)

PITFALL = Pitfall(
    code="TP319",
    verdict=Verdict.OPEN,
    severity=Severity.LOW,
    title="A claim that is not required strictly",
    find=find,
    needs=CONDITIONS,
    fine="As long as every token of the issuer has the claim.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
    bad=(
        example(
            _CLUSTER, WITH_WEB_IDENTITY, {"StringEqualsIfExists": _CART, "StringEquals": _AUDIENCE}
        ),
        example(
            _CLUSTER,
            WITH_WEB_IDENTITY,
            {"ForAllValues:StringEquals": _CART, "StringEquals": _AUDIENCE},
        ),
        example(
            _CLUSTER, WITH_WEB_IDENTITY, {"StringEquals": _CART, "StringEqualsIfExists": _AUDIENCE}
        ),
    ),
    good=(
        example(_CLUSTER, WITH_WEB_IDENTITY, {"StringEquals": _CART | _AUDIENCE}),
        example(
            _CLUSTER,
            WITH_WEB_IDENTITY,
            {"StringEqualsIfExists": _CART, "StringLike": {f"{EKS}:sub": "system:*"}},
        ),
    ),
)
