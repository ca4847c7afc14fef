"""An audience that is a slip of the one which the issuer's usual client requests, or that of
another cloud.
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.audiences import audience_of
from trust_widgets.pitfalls.examples import GITHUB, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import outcome, values
from trust_widgets.policy import Fix, Home, Replace, TrustPolicy
from trust_widgets.providers import facts_of, why_no_audience


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        provider = audience_of(each)
        if provider is None:
            continue
        why = why_no_audience(claim_key(each.key).issuer, each.base, text)
        if why:
            yield Hit(
                place,
                f'"{text}" {why}: {facts_of(provider).client} requests "{provider.audience}" by'
                " default, and a token with that audience does not match."
                f" {outcome(each, place)}",
                fix=Fix(f'Write "{provider.audience}"', (Replace(place, provider.audience),)),
            )


_SUB = "repo:octo-org/app:ref:refs/heads/main"


def _aud(*audiences: str, operator: str = "StringEquals") -> str:
    block = {"StringEquals": {"sub": _SUB}}
    block.setdefault(operator, {})["aud"] = list(audiences)  # type: ignore[assignment]
    return token_example(GITHUB, block)


PITFALL = Pitfall(
    code="TP223",
    verdict=Verdict.DEAD,
    severity=Severity.ERROR,
    title="An audience similar to the usual one",
    find=find,
    needs=CLAIMS,
    fine="When your jobs request exactly this audience, and the provider in IAM lists it.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(
        _aud("https://sts.amazonaws.com"),
        _aud("sts.amazonaws.com", "sts.amazon.com"),
        _aud("api://AzureADTokenExchange"),
    ),
    good=(
        _aud("sts.amazonaws.com"),
        _aud("sts.amazonaws.com.cn"),
        _aud("https://github.com/octo-org"),
        _aud("https://sts.amazonaws.com", operator="StringNotEquals"),
    ),
)
