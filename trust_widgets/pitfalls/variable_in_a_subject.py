"""A subject with a policy variable, so that the request decides which subject the policy requires."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws import oidc_issuers, operators
from trust_widgets.evaluation.templates import template_from_text, variables_of
from trust_widgets.findings import Severity, Verdict
from trust_widgets.home import Home
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls._actions import assumes
from trust_widgets.pitfalls._open import opening_of
from trust_widgets.pitfalls._statements import example, principals
from trust_widgets.policy import Path, Statement, TrustPolicy
from trust_widgets.providers import issuer_of


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    if policy.version != "2012-10-17":
        return
    for path, statement, principal in principals(policy, "Federated", "Allow"):
        issuer = issuer_of(principal)
        if issuer and assumes(statement):
            for below, text in _values_with_variables(statement, issuer):
                place = (*path[:2], *below)
                if _is_allowed(policy, path, principal, home):
                    yield _hit(place, text, issuer, public=_is_public(policy, path, issuer, home))


def _values_with_variables(statement: Statement, issuer: str) -> Iterator[tuple[Path, str]]:
    for below, operator, value in statement.values_of(f"{issuer}:sub"):
        parts = operators.parts(operator)
        if parts is None or not parts.base.startswith("String") or operators.is_negated(operator):
            continue
        if _variables(str(value)):
            yield below, str(value)


def _variables(text: str) -> tuple[str, ...]:
    template = template_from_text(text, wildcards=True, variables=True)
    return tuple(variable.name for variable in variables_of(template))


def _is_allowed(policy: TrustPolicy, path: Path, principal: str, home: Home) -> bool:
    opening = opening_of(policy, path, home)
    return opening is not None and opening.through(opening.callers(principal)).found is True


def _is_public(policy: TrustPolicy, path: Path, issuer: str, home: Home) -> bool:
    opening = opening_of(policy, path, home)
    return opening is not None and oidc_issuers.is_shared(issuer) and opening.stranger("oidc").found is True


def _hit(place: Path, text: str, issuer: str, *, public: bool) -> Hit:
    own = f"{issuer}:sub".lower()
    if any(name.lower() == own for name in _variables(text)):
        why = (
            f'In "{text}", AWS replaces the variable with the subject of the token itself, so the subject of every '
            f"token of {issuer} can match."
        )
    else:
        why = f'"{text}" requires a subject that depends on a variable, which AWS fills in from each request.'
    callers = (f"a token of {issuer} from any of its customers",) if public else ()
    return Hit(
        place,
        f"{why} Write the whole subject without a variable.",
        callers=callers,
        severity=Severity.CRITICAL if public else None,
    )


_ISSUER = "token.actions.githubusercontent.com"
_PROVIDER = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{_ISSUER}"}


def _subject(value: str, operator: str = "StringLike") -> str:
    audience = {"StringEquals": {f"{_ISSUER}:aud": "sts.amazonaws.com"}}
    condition = {operator: {f"{_ISSUER}:sub": value}}
    return example(_PROVIDER, "sts:AssumeRoleWithWebIdentity", {**audience, **condition})


PITFALL = Pitfall(
    code="TP320",
    verdict=Verdict.OPEN,
    severity=Severity.MEDIUM,
    title="A subject with a variable",
    find=find,
    fine="When the variable has the same value in every request, as ${aws:ResourceAccount} has.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
    bad=(
        _subject(f"${{{_ISSUER}:sub}}"),
        _subject("repo:${aws:PrincipalTag/owner, 'octo-org'}/app:environment:production"),
    ),
    good=(
        _subject("repo:octo-org/app:environment:production"),
        _subject("repo:octo-org/app:environment:${*}production"),
    ),
)
