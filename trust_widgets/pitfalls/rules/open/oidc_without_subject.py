"""An OIDC issuer whose tokens are all taken, whatever they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws import oidc_issuers, operators
from trust_widgets.aws.actions import WITH_WEB_IDENTITY
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import EKS, GOOGLE, issued_by
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.pitfalls.open_callers import anyones_subject
from trust_widgets.pitfalls.required_claims import lacks_control
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import (
    Home,
    Path,
    Statement,
    TrustPolicy,
    example,
    guarding_conditions,
    is_meant_to_assume,
    is_open_ended,
    keys_of,
    normalized_key,
    principals,
)
from trust_widgets.providers import facts_of_issuer, issuer_of, subject_key
from trust_widgets.text.budget import remembered_search
from trust_widgets.text.globs import is_only_wildcards

_ANYONE = ", and anyone in the world can get one"
_WEAK = "Every token of the issuer can meet its conditions."
_WEAK_TOO = "Every such token can meet its other conditions."
_ID_OF_AN_APP = re.compile(r"[A-Za-z0-9]{16,64}")  # a web address, say, is an interface's


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(value)
        if not issuer or not is_meant_to_assume(statement) or lacks_control(statement, issuer):
            continue
        opening = probe_of(policy, path, home)
        if opening is None or _is_told_by_its_value(statement, issuer):
            continue
        subject, own = anyones_subject(opening, value), False
        if subject is None and _is_told_apart_by_audience(issuer):
            subject, own = anyones_subject(opening, value, but_audience=True), True
        if subject is not None:
            yield _hit(path, opening, value, subject, own)


def _is_told_apart_by_audience(issuer: str) -> bool:
    """Whether many customers share an issuer, and a token's audience names its customer."""
    facts = facts_of_issuer(issuer)
    names_customer = facts.audience_names == "customer" and "aud" not in facts.app_claims
    return names_customer and oidc_issuers.is_shared(issuer)


def _is_told_by_its_value(statement: Statement, issuer: str) -> bool:
    """Whether a pattern for subjects is at fault that a rule for this issuer alone reports."""
    if not facts_of_issuer(issuer).width_rule:
        return False
    return any(
        operators.takes_wildcards(op) and is_only_wildcards(str(v))
        for _, op, v in statement.values_of(subject_key(issuer))
    )


@remembered_search(256)
def _hit(path: Path, opening: StatementProbe, principal: str, subject: str, own: bool) -> Hit:
    issuer = issuer_of(principal)
    public = oidc_issuers.is_shared(issuer) and not own
    keys = () if own else oidc_issuers.distinguishing_keys(issuer)
    wanted = next(iter(keys), f"{issuer}:{facts_of_issuer(issuer).subject_claim}")
    audiences = _audiences(opening.statement, issuer)
    cause = culprit_of(opening, lambda other: anyones_subject(other, principal, own) is not None)
    if cause is None:
        cause = RootCause(path, _weak(opening.statement, issuer, audiences))
    return Hit(
        cause.place,
        f"Every token of {issuer}{_for(audiences)} can assume this "
        f"role{_who(audiences, issuer, public)}. Restrict the subject, for example "
        f'"StringEquals": {{"{wanted}": ...}}.{" " if cause.why else ""}{cause.why}',
        callers=(f'a token of {issuer} with the subject "{subject}"',),
        severity=Severity.CRITICAL if public else None,
        fix=cause.fix,
    )


def _audiences(statement: Statement, issuer: str) -> tuple[str, ...]:
    """The audiences that a token has to have one of; none where any will do."""
    asked = [
        guard
        for guard in guarding_conditions(statement)
        if normalized_key(guard.key) == normalized_key(f"{issuer}:aud")
    ]
    for condition in asked:
        if not any(is_open_ended(condition.operator, str(value)) for value in condition.values):
            return tuple(map(str, condition.values))
    return ()


def _for(audiences: tuple[str, ...]) -> str:
    if not audiences:
        return ""
    words = " or ".join(f'"{each}"' for each in audiences)
    return f" with the audience {words}"


def _who(audiences: tuple[str, ...], issuer: str, public: bool) -> str:
    """Who can get such a token, where that is known."""
    is_sign_in = facts_of_issuer(issuer).audience_is_sign_in or oidc_issuers.is_user_pool(issuer)
    apps = is_sign_in and all(map(_ID_OF_AN_APP.fullmatch, audiences))
    if audiences and apps:
        where = "that app" if len(audiences) == 1 else "one of those apps"
        return f": that of everyone who signs in to {where}"
    if public:
        return _ANYONE
    return ""


def _weak(statement: Statement, issuer: str, audiences: tuple[str, ...]) -> str:
    """What is true of the conditions that are left, besides the audience that was reported."""
    keys = keys_of(statement)
    if audiences:
        if keys - {normalized_key(f"{issuer}:aud")}:
            return _WEAK_TOO
        return ""
    return _WEAK if keys else ""


_CLUSTER = issued_by(EKS)

PITFALL = Pitfall(
    code="TP303",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="Every token of an issuer",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine=(
        "When the issuer gives tokens only to callers that need this role, like your own "
        "issuer. The provider's list of audiences in IAM still applies."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        example(_CLUSTER, WITH_WEB_IDENTITY),
        example(_CLUSTER, WITH_WEB_IDENTITY, {"StringEquals": {f"{EKS}:aud": "sts.amazonaws.com"}}),
        example(_CLUSTER, WITH_WEB_IDENTITY, {"StringLike": {f"{EKS}:sub": "*"}}),
        example({"Federated": GOOGLE}, WITH_WEB_IDENTITY),
    ),
    good=(
        example(
            _CLUSTER,
            WITH_WEB_IDENTITY,
            {"StringEquals": {f"{EKS}:sub": "system:serviceaccount:shop:cart"}},
        ),
        example(
            {"Federated": GOOGLE},
            WITH_WEB_IDENTITY,
            {"StringEquals": {f"{GOOGLE}:aud": "1234"}},
        ),
        example(
            _CLUSTER,
            WITH_WEB_IDENTITY,
            {"StringEquals": {"idp.octo.example:sub": "system:serviceaccount:shop:cart"}},
        ),
    ),
)
