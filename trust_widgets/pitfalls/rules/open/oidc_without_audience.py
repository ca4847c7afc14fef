"""Tokens that were made for another audience, taken because no condition requires it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from trust_widgets.access import StatementProbe, probe_of, without_distinguishing_values
from trust_widgets.aws.oidc_issuers import required_key
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall, Precedence
from trust_widgets.pitfalls.examples import (
    EKS,
    GITHUB,
    SPACELIFT,
    issuer_of_provider,
    token_example,
)
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.pitfalls.root_cause import RootCause, culprit_of, operator_beside_others
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.pitfalls.subject_width import subjects_asked
from trust_widgets.policy import (
    Fix,
    Home,
    Path,
    TrustPolicy,
    add_condition,
    is_meant_to_assume,
    keys_of,
    normalized_key,
    principals,
)
from trust_widgets.providers import Provider, facts_of, issuer_of, provider_of
from trust_widgets.text.budget import remembered_search

# By what the audience names. Where it names the customer, there is one for everything.
_SEVERITIES = {"application": Severity.MEDIUM, "purpose": Severity.LOW}
_OTHER = "another-audience"
_LISTED = " The provider's own list of audiences in IAM still applies."


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for path, statement, value in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(value)
        provider = provider_of(issuer)
        if provider is None or not is_meant_to_assume(statement):
            continue
        severity = _SEVERITIES.get(facts_of(provider).audience_names)
        if severity is None or (required_key(issuer) or "").endswith(":aud"):
            continue
        opening = probe_of(policy, path, home)
        if opening is None or _is_published(policy, path, value, provider):
            continue
        if _takes_another(opening, value):
            yield _hit(path, opening, value, provider, severity)


def _is_published(policy: TrustPolicy, path: Path, principal: str, provider: Provider) -> bool:
    """Whether a page publishes all subjects of a statement without an audience."""
    is_published = facts_of(provider).published_alone
    if is_published is None:
        return False
    subjects = [
        asked.subject
        for asked in subjects_asked(policy)
        if asked.place[:2] == path[:2] and asked.principal == principal
    ]
    return bool(subjects) and all(is_published(subject) for subject in subjects)


@remembered_search(256)
def _takes_another(opening: StatementProbe, principal: str) -> bool:
    """Whether a token for an audience that no condition spells out is allowed."""
    issuer = issuer_of(principal)
    keys = (f"{issuer.lower()}:aud", f"{issuer.lower()}:oaud")
    without = partial(without_distinguishing_values, counts=lambda key: key in keys)
    witness = opening.through(opening.callers(principal), without).witness
    if witness is None:
        return False
    return opening.likelier(witness, **{f"{issuer}:aud": _OTHER}) is not None


def _hit(
    path: Path,
    opening: StatementProbe,
    principal: str,
    provider: Provider,
    severity: Severity,
) -> Hit:
    issuer = issuer_of(principal)
    cause = culprit_of(opening, lambda other: _takes_another(other, principal))
    if cause is None:
        cause = RootCause(path, "", _fix(opening, principal, provider))
    why = "The audience of these tokens names the application that a token was made for."
    if severity is Severity.LOW:
        why = (
            "The client that requests a token chooses its audience, so this condition would "
            "exclude tokens made for other applications, but not other people."
        )
    listed = ":oidc-provider/" in principal
    return Hit(
        cause.place,
        f'No condition requires your audience in "{issuer}:aud". '
        f"{f'{cause.why} ' if cause.why else ''}{why}{_LISTED if listed else ''}",
        callers=(
            f'a token of {issuer} for "{_OTHER}"{", if the provider lists that" if listed else ""}',
        ),
        severity=severity,
        fix=cause.fix,
    )


def _fix(opening: StatementProbe, principal: str, provider: Provider) -> Fix | None:
    key = f"{issuer_of(principal)}:aud"
    asked = normalized_key(key) in keys_of(opening.statement)
    if asked or not provider.audience or partition_of(principal) != "aws":
        return None
    operator = operator_beside_others(
        opening.statement, "StringEquals", lambda value: issuer_of(value) == issuer_of(principal)
    )
    edit = add_condition(opening.path, opening.statement, operator, key, provider.audience)
    return Fix(f'Require the audience "{provider.audience}"', (edit,))


def _asking(issuer: str, **claims: str) -> str:
    return token_example(issuer, {"StringEquals": claims})


PRECEDENCE = Precedence(last=60)

PITFALL = Pitfall(
    code="TP310",
    verdict=Verdict.OPEN,
    severity=Severity.LOW,
    title="No audience required",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine="When the provider in IAM lists only this audience.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        _asking(GITHUB, sub="repo:octo-org/app:ref:refs/heads/main"),
        _asking(EKS, sub="system:serviceaccount:shop:cart"),
        _asking(issuer_of_provider("auth0", tenant="octo-org.eu"), sub="CLIENT@clients"),
    ),
    good=(
        _asking(GITHUB, sub="repo:octo-org/app:ref:refs/heads/main", aud="sts.amazonaws.com"),
        _asking(SPACELIFT, sub="space:root:stack:web:run_type:TRACKED:scope:write"),
        _asking("idp.octo.example", sub="deployer"),
    ),
)
