"""A subject under the key of the audience: `:sub` was meant.

https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
"""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.findings import Severity, Verdict
from trust_widgets.pitfalls import Hit, Pitfall
from trust_widgets.pitfalls.audiences import is_subject_of
from trust_widgets.pitfalls.examples import EKS, GITHUB, GOOGLE, token_example
from trust_widgets.pitfalls.needs import CLAIMS
from trust_widgets.pitfalls.required_conditions import RequiredCondition, values
from trust_widgets.policy import (
    Fix,
    Home,
    Insert,
    Path,
    Rename,
    Replace,
    TrustPolicy,
    keys_of,
    normalized_key,
    text_from_scalar,
)
from trust_widgets.providers import provider_of


def find(policy: TrustPolicy, home: Home) -> Iterator[Hit]:
    for each, place, text in values(policy):
        issuer, claim = claim_key(each.key)
        if claim == "aud" and is_subject_of(issuer, text):
            yield _hit(each, place, text)


def _hit(each: RequiredCondition, place: Path, text: str) -> Hit:
    key = each.condition.key
    issuer = claim_key(key).issuer
    provider = provider_of(issuer)
    usual = provider.audience if provider is not None else ""
    wanted = f', and write the audience, "{usual}", here' if usual else ""
    return Hit(
        place,
        f'"{text}" has the form of a subject, but {key} is the audience. The usual client never'
        f" requests a token with such an audience. Write the value under {issuer}:sub{wanted}.",
        fix=_fix(each, place, f"{issuer}:sub", usual),
    )


def _fix(each: RequiredCondition, place: Path, subject: str, usual: str) -> Fix | None:
    """The value moved to the subject, or the usual audience in its place where a subject is there.

    None where the condition has other values, or its operator reads them in another way.
    """
    issuer = claim_key(each.key).issuer
    texts = tuple(map(text_from_scalar, each.condition.values))
    if not all(is_subject_of(issuer, text) for text in texts):
        return None
    if normalized_key(subject) in keys_of(each.statement):
        if usual:
            return Fix(f'Write "{usual}"', (Replace(place[:-1], usual),))
        return None
    renamed = Rename(each.place, subject)
    if not usual:
        return Fix(f"Rename it to {subject}", (renamed,))
    audience = Insert((*each.place[:-1], each.condition.key), usual)
    return Fix(f"Move it to {subject}", (renamed, audience))


_CART, _MAIN = "system:serviceaccount:shop:cart", "repo:octo-org/app:ref:refs/heads/main"


def _asking(issuer: str, **claims: str) -> str:
    return token_example(issuer, {"StringEquals": claims})


PITFALL = Pitfall(
    code="TP480",
    verdict=Verdict.ADVICE,
    severity=Severity.INFO,
    title="A subject as audience",
    find=find,
    needs=CLAIMS,
    fine="When your client requests its tokens with exactly this audience.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    bad=(_asking(EKS, aud=_CART, sub=_CART), _asking(GITHUB, aud=_MAIN, sub=_MAIN)),
    good=(
        _asking(EKS, aud="sts.amazonaws.com", sub=_CART),
        _asking(GITHUB, aud="https://github.com/octo-org", sub=_MAIN),
        _asking(GOOGLE, aud="111122223333444455556"),
    ),
)
