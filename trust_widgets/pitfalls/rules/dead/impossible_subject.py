"""A subject that no token of the issuer has, whatever it is for."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.examples import (
    BUILDKITE,
    EKS,
    GITHUB,
    GITLAB,
    HCP_TERRAFORM,
    VERCEL,
    token_example,
)
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, outcome, values
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.pitfalls.subjects import (
    as_compared,
    example_of,
    is_judged,
    meanings,
    subject_of,
)
from trust_widgets.policy import Fix, Home, Path, Replace, TrustPolicy
from trust_widgets.providers import Provider, cannot_be, whose


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        provider = subject_of(each)
        if provider is None or not is_judged(each, text):
            continue
        compared, issuer = as_compared(each, provider, text), claim_key(each.key).issuer
        if cannot_be(provider, compared):
            yield _hit(each, place, text, provider)
        elif own := whose(provider, issuer, compared):
            yield Hit(
                place,
                f'The issuer "{issuer}" issues tokens only for {own}, but "{text}" names '
                f"another owner. {outcome(each, place)}",
            )


def _hit(each: RequiredCondition, place: Path, text: str, provider: Provider) -> Hit:
    rights = list(meanings(provider, text))
    right = rights[0] if rights else example_of(provider, text)
    fixes = [Fix(f'Write "{subject}"', (Replace(place, subject),)) for subject in rights]
    return Hit(
        place,
        f'No token of {provider.title} has the subject "{text}": subjects look like '
        f'"{right}". {outcome(each, place)}',
        fix=fixes[0] if fixes else None,
        other_fixes=tuple(fixes[1:]),
    )


def _sub(issuer: str, *subjects: str, operator: str = "StringEquals") -> str:
    return token_example(issuer, {operator: {"sub": list(subjects)}})


PITFALL = Pitfall(
    code="TP204",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A subject that no token has",
    find=find,
    needs=CLAIMS,
    fine="Never, as long as the issuer builds its subjects as its page says.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        _sub(GITHUB, "repo:octo-org/app:main"),
        _sub(GITHUB, "repo:octo-org/app:ref:main"),
        _sub(GITHUB, "octo-org/app:*", operator="StringLike"),
        _sub(GITHUB, "repo:octo-org/app:ref:refs/heads/main", "repo:octo-org/app:branch:release"),
        _sub(EKS, "shop:cart"),
        _sub(GITLAB, "octo-org/app:ref_type:branch:ref:main"),
        _sub(HCP_TERRAFORM, "organization:octo-org:workspace:prod:run_phase:apply"),
        _sub(BUILDKITE, "organization:octo-org:pipeline:deploy"),
        _sub(VERCEL, "owner:octo-evil:project:web:environment:production"),
    ),
    good=(
        _sub(
            GITHUB,
            "repo:octo-org/app:ref:refs/heads/main",
            "repo:octo-org@123456/app@456789:environment:production",
        ),
        _sub(GITHUB, "repository_owner:octo-org:repository_visibility:private"),
        _sub(EKS, "system:serviceaccount:shop:*", operator="StringLike"),
        _sub(EKS, "shop:cart", operator="StringNotEquals"),
        _sub(HCP_TERRAFORM, "organization:octo-org:project:web:workspace:prod:run_phase:apply"),
        _sub(BUILDKITE, "organization:octo-org:pipeline:deploy:*", operator="StringLike"),
        _sub(BUILDKITE, "0191f956-042f-7ec4-aa62-8e5eeae396d0"),
        _sub(VERCEL, "owner:octo-org:project:web:environment:production"),
        _sub(VERCEL.partition("/")[0], "owner:octo-evil:project:web:environment:production"),
        _sub("idp.octo.example", "deployer"),
    ),
)
