"""An audience that the issuer's usual client requests only when it is configured to."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.audiences import audience_of, is_subject_of
from trust_widgets.pitfalls.examples import EKS, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, values
from trust_widgets.pitfalls.statement_by_statement import statement_by_statement
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.providers import FACTS, IN_CHINA, facts_of, why_no_audience


@statement_by_statement
def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        provider = audience_of(each)
        if provider is None or set(text) & set("*?$") or text.startswith(_defaults()):
            continue
        if text not in (provider.audience, IN_CHINA) and not _is_slip(each, text):
            client = facts_of(provider).client
            yield Hit(
                place,
                f'{client[0].upper()}{client[1:]} requests "{provider.audience}" by default. Its'
                f' tokens match only if it is set to request "{text}".',
            )


def _is_slip(each: RequiredCondition, text: str) -> bool:
    """Whether another rule reports an audience, as a slip of the usual one or as a subject."""
    issuer = claim_key(each.key).issuer
    return is_subject_of(issuer, text) or bool(why_no_audience(issuer, each.base, text))


def _defaults() -> tuple[str, ...]:
    """Beginnings of the audience that a job gets when it requests a token without one."""
    return tuple(begin for facts in FACTS.values() for begin in facts.default_audiences)


def _aud(audience: str) -> str:
    block = {"StringEquals": {"sub": "system:serviceaccount:shop:cart", "aud": audience}}
    return token_example(EKS, block)


PITFALL = Pitfall(
    code="TP440",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="An unusual audience",
    find=find,
    needs=CLAIMS,
    fine=(
        "When the client requests it, and the provider in IAM lists it: a custom audience "
        "excludes tokens made for other applications."
    ),
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(_aud("octo-org"),),
    good=(
        _aud("sts.amazonaws.com"),
        _aud("sts.amazonaws.com.cn"),
        _aud("https://sts.amazonaws.com"),
    ),
)
