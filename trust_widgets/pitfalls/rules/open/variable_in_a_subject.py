"""A subject with a policy variable, so that the request decides which subject the policy
requires.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.access import StatementProbe, probe_of
from trust_widgets.aws import oidc_issuers, operators
from trust_widgets.evaluation import template_from_text, variables_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import GITHUB, issued_by
from trust_widgets.pitfalls.needs import FEDERATED_PRINCIPAL
from trust_widgets.policy import (
    Home,
    Path,
    Statement,
    TrustPolicy,
    example,
    is_meant_to_assume,
    normalized_key,
    principals,
)
from trust_widgets.providers import issuer_of


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    if policy.version != "2012-10-17":
        return
    for path, statement, principal in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(principal)
        if not issuer or not is_meant_to_assume(statement):
            continue
        for below, text in _values_with_variables(statement, issuer):
            opening = probe_of(policy, path, home)
            if opening is not None:
                yield from _hits((*path[:2], *below), text, principal, opening)


def _values_with_variables(statement: Statement, issuer: str) -> Iterator[tuple[Path, str]]:
    for below, operator, value in statement.values_of(f"{issuer}:sub"):
        parsed = operators.parse_operator(operator)
        if parsed is None or parsed.type != "String" or parsed.is_negated:
            continue
        if _variables(str(value)):
            yield below, str(value)


def _variables(text: str) -> tuple[str, ...]:
    template = template_from_text(text, wildcards=True, variables=True)
    return tuple(variable.name for variable in variables_of(template))


def _hits(place: Path, text: str, principal: str, opening: StatementProbe) -> Iterator[Hit]:
    """The finding; none where no token can assume the role, which another rule reports."""
    issuer = issuer_of(principal)
    stranger = opening.stranger("oidc").witness if oidc_issuers.is_shared(issuer) else None
    request = stranger or opening.through(opening.callers(principal)).witness
    if request is None:
        return
    subject = request.keys.get(normalized_key(f"{issuer}:sub"))
    caller = f'a token of {issuer} with the subject "{subject}"'
    yield _hit(place, text, issuer, caller, public=stranger is not None)


def _hit(place: Path, text: str, issuer: str, caller: str, *, public: bool) -> Hit:
    own = normalized_key(f"{issuer}:sub")
    if any(normalized_key(name) == own for name in _variables(text)):
        why = (
            f'In "{text}", AWS replaces the variable with the subject of the token itself, so the'
            f" subject of every token of {issuer} can match."
        )
    else:
        why = (
            f'"{text}" requires a subject that depends on a variable, which AWS fills in from each'
            " request."
        )
    return Hit(
        place,
        f"{why} Write the whole subject without a variable.",
        callers=(caller,),
        severity=Severity.CRITICAL if public else None,
    )


_PROVIDER = issued_by(GITHUB)


def _subject(value: str, operator: str = "StringLike") -> str:
    audience = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}
    condition = {operator: {f"{GITHUB}:sub": value}}
    return example(_PROVIDER, "sts:AssumeRoleWithWebIdentity", {**audience, **condition})


PITFALL = Pitfall(
    code="TP320",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A subject with a variable",
    find=find,
    needs=FEDERATED_PRINCIPAL,
    fine="When the variable has the same value in every request, as ${aws:ResourceAccount} has.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
    bad=(
        _subject(f"${{{GITHUB}:sub}}"),
        _subject("repo:${aws:PrincipalTag/owner, 'octo-org'}/app:environment:production"),
    ),
    good=(
        _subject("repo:octo-org/app:environment:production"),
        _subject("repo:octo-org/app:environment:${*}production"),
    ),
)
