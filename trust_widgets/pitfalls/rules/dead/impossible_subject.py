"""A subject that no token of the issuer has, whoever it is for."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.required_conditions import RequiredCondition, outcome, values
from trust_widgets.pitfalls.subjects import as_compared, example_of, is_judged, meant, subject_of
from trust_widgets.policy import Fix, Home, Path, Replace, TrustPolicy, example
from trust_widgets.providers import Provider, cannot_be, whose


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
                f'"{text}" names somebody else than the issuer "{issuer}", which is that of {own}'
                f" alone and gives tokens to nobody else. {outcome(each, place)}",
            )


def _hit(each: RequiredCondition, place: Path, text: str, provider: Provider) -> Hit:
    right = meant(provider, text)
    return Hit(
        place,
        f'No token of {provider.title} has the subject "{text}": '
        f'subjects read like "{right or example_of(provider, text)}". {outcome(each, place)}',
        fix=Fix(f'Write "{right}"', (Replace(place, right),)) if right else None,
    )


_WEB = "sts:AssumeRoleWithWebIdentity"
_GITHUB = "token.actions.githubusercontent.com"
_EKS = "oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"


def _sub(issuer: str, *subjects: str, operator: str = "StringEquals") -> str:
    principal = {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"}
    return example(principal, _WEB, {operator: {f"{issuer}:sub": list(subjects)}})


PITFALL = Pitfall(
    code="TP204",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="A subject that no token has",
    find=find,
    fine="Never, as long as the issuer builds its subjects as its page says.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        _sub(_GITHUB, "repo:octo-org/app:main"),
        _sub(_GITHUB, "repo:octo-org/app:ref:main"),
        _sub(_GITHUB, "octo-org/app:*", operator="StringLike"),
        _sub(_GITHUB, "repo:octo-org/app:ref:refs/heads/main", "repo:octo-org/app:branch:release"),
        _sub(_EKS, "shop:cart"),
        _sub("gitlab.com", "octo-org/app:ref_type:branch:ref:main"),
        _sub("app.terraform.io", "organization:octo-org:workspace:prod:run_phase:apply"),
        _sub("agent.buildkite.com", "organization:octo-org:pipeline:deploy"),
        _sub("oidc.vercel.com/octo-org", "owner:octo-evil:project:web:environment:production"),
    ),
    good=(
        _sub(
            _GITHUB,
            "repo:octo-org/app:ref:refs/heads/main",
            "repo:octo-org@123456/app@456789:environment:production",
        ),
        _sub(_GITHUB, "repository_owner:octo-org:repository_visibility:private"),
        _sub(_EKS, "system:serviceaccount:shop:*", operator="StringLike"),
        _sub(_EKS, "shop:cart", operator="StringNotEquals"),
        _sub(
            "app.terraform.io", "organization:octo-org:project:web:workspace:prod:run_phase:apply"
        ),
        _sub(
            "agent.buildkite.com", "organization:octo-org:pipeline:deploy:*", operator="StringLike"
        ),
        _sub("agent.buildkite.com", "0191f956-042f-7ec4-aa62-8e5eeae396d0"),
        _sub("oidc.vercel.com/octo-org", "owner:octo-org:project:web:environment:production"),
        _sub("oidc.vercel.com", "owner:octo-evil:project:web:environment:production"),
        _sub("idp.octo.example", "deployer"),
    ),
)
