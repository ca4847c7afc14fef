"""A claim asked from the tokens of another issuer, or of another EKS cluster, than the statement
names.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.aws.keys.impossible_keys import claim_meant, why_impossible
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import EKS, GITLAB, issued_by
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_claims import lacks_control
from trust_widgets.pitfalls.required_conditions import RequiredCondition, asked, callers, outcome
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import (
    Fix,
    Home,
    Rename,
    TrustPolicy,
    example,
    keys_of,
    normalized_key,
    principals_of_kind,
)
from trust_widgets.providers import issuer_of, only_issuer, provider_of


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    told: dict[tuple[object, str], list[RequiredCondition]] = {}
    for each in asked(policy):
        issuer = _issuer(each.key)
        if issuer and _is_foreign(each, issuer):
            told.setdefault((each.path, issuer), []).append(each)
    for (_, issuer), together in told.items():
        yield _hit(issuer, sorted(together, key=_subject_first))


def _subject_first(each: RequiredCondition) -> tuple[bool, str]:
    return not each.key.endswith(":sub"), each.key


def _issuer(key: str) -> str:
    """The issuer that a key names; `""` for other keys, and for those that no request has."""
    if "://" not in key and not why_impossible(key):
        return claim_key(key).issuer
    return ""


def _is_foreign(each: RequiredCondition, issuer: str) -> bool:
    """Whether all callers hold tokens of other issuers.

    What IAM does not save at all is another finding.
    """
    issuers = _issuers(each)
    if not issuers or issuer in issuers:
        return False
    return not any(lacks_control(each.statement, issuer) for issuer in issuers)


def _issuers(each: RequiredCondition) -> list[str]:
    found = callers(each.path, each.statement)
    if all(caller.kind == "oidc" for caller in found):
        return [caller.issuer for caller in found]
    return []


def _hit(issuer: str, together: list[RequiredCondition]) -> Hit:
    """One finding, however many of the issuer's claims are required: at the subject, or the first
    key.
    """
    own, first = _issuers(together[0]), together[0]
    named = [issuer_of(caller.text) for caller in callers(first.path, first.statement)]
    return Hit(
        first.place,
        f"This condition uses a claim of {claim_key(first.condition.key).issuer}, but the "
        f"tokens come from {' or '.join(sorted(set(named)))}. The condition keys of a token "
        f"start with the name of its issuer. {outcome(first, first.place)}",
        fix=_fix(issuer, own, together),
    )


def _fix(issuer: str, own: list[str], together: list[RequiredCondition]) -> Fix | None:
    """The keys under the principal's own name, where both are issuers of one kind, such as two
    clusters, or the one is a part of the other.
    """
    name = only_issuer(principals_of_kind(together[0].statement, "Federated"))
    if len(own) != 1 or not (_are_alike(issuer, own[0]) or _is_part(together[0], name)):
        return None
    edits = [
        Rename(each.place, f"{name}:{claim_key(each.condition.key).claim}") for each in together
    ]
    for each, edit in zip(together, edits, strict=True):
        if normalized_key(edit.key) in keys_of(each.statement, each.condition.operator):
            return None
    return Fix(f"Use the claims of {name}", tuple(edits))


def _are_alike(issuer: str, other: str) -> bool:
    """Whether two issuers belong to one provider of tokens."""
    one = provider_of(issuer)
    return one is not None and one is provider_of(other)


def _is_part(each: RequiredCondition, issuer: str) -> bool:
    """Whether a key names a part of the issuer, or more than it."""
    return bool(issuer and claim_meant(each.condition.key, issuer))


_OTHER = EKS.replace("EXAMPLED", "ANOTHERD")
_CLUSTER = issued_by(EKS)
_SUB = "system:serviceaccount:shop:cart"

PITFALL = Pitfall(
    code="TP202",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A claim of another issuer",
    find=find,
    needs=CLAIMS,
    fine=(
        "Never: a token has only the claims of its own issuer. Only you know which of the two "
        "is right, the principal or the key."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html",
    bad=(
        example(
            _CLUSTER,
            WITH_WEB_IDENTITY,
            {"StringEquals": {f"{_OTHER}:aud": "sts.amazonaws.com", f"{_OTHER}:sub": _SUB}},
        ),
        example(
            _CLUSTER,
            WITH_WEB_IDENTITY,
            {"StringEquals": {f"{EKS}:sub": _SUB, f"{GITLAB}:aud": "https://gitlab.com"}},
        ),
    ),
    good=(
        example(_CLUSTER, WITH_WEB_IDENTITY, {"StringEquals": {f"{EKS}:sub": _SUB}}),
        example(_CLUSTER, WITH_WEB_IDENTITY, {"StringEquals": {f"{EKS.lower()}:sub": _SUB}}),
        example(
            _CLUSTER,
            WITH_WEB_IDENTITY,
            {"StringEquals": {f"{EKS}:sub": _SUB}, "StringNotEquals": {f"{_OTHER}:sub": _SUB}},
        ),
    ),
)
