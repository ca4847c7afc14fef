"""Conditions for several issuers in one statement: each token has the claims of its own issuer, so
that `IfExists` guards each issuer's tokens by their own condition.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

import itertools

import pytest

import trust_widgets as tw
from support.asking import WEB, loud, policy
from trust_widgets.findings import Severity, Verdict

ONE = "oidc.eks.eu-central-1.amazonaws.com/id/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
OTHER = "oidc.eks.eu-central-1.amazonaws.com/id/BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
# Each with an exact subject, from its vendor's page, and an audience.
TOKENS = {
    ONE: ("system:serviceaccount:shop:cart", "sts.amazonaws.com"),
    OTHER: ("system:serviceaccount:shop:cart", "sts.amazonaws.com"),
    "token.actions.githubusercontent.com": (
        "repo:octo-org/app:environment:production",
        "sts.amazonaws.com",
    ),
    "gitlab.com": ("project_path:octo-org/app:ref_type:branch:ref:main", "https://gitlab.com"),
    "app.terraform.io": (
        "organization:octo-org:project:web:workspace:prod:run_phase:apply",
        "aws.workload.identity",
    ),
    "oidc.vercel.com/octo-org": (
        "owner:octo-org:project:shop:environment:production",
        "https://vercel.com/octo-org",
    ),
}
PAIRS = list(itertools.combinations(TOKENS, 2))
LOOSE = ["StringEqualsIfExists", "StringLikeIfExists", "ForAllValues:StringEquals"]
QUIET = (Severity.LOW, Severity.INFO)


def provider(issuer: str) -> str:
    """A provider's ARN."""
    return f"arn:aws:iam::111122223333:oidc-provider/{issuer}"


def trusting(issuers: tuple[str, ...], claims: dict[str, str], operator: str) -> str:
    """One statement for several issuers that asks for claims."""
    return policy({"Federated": list(map(provider, issuers))}, WEB, {operator: claims})


def claims_of(issuers: tuple[str, ...], *names: str) -> dict[str, str]:
    """The subject and the audience of each of some issuers."""
    found = {}
    for issuer in issuers:
        values = dict(zip(("sub", "aud"), TOKENS[issuer], strict=True))
        found |= {f"{issuer}:{name}": values[name] for name in names}
    return found


def call(issuer: str) -> tw.Request:
    """A call with an issuer's token."""
    return tw.Request(
        WEB,
        provider(issuer),
        "arn:aws:iam::111122223333:role/app",
        claims_of((issuer,), "sub", "aud"),
    )


@pytest.mark.parametrize("operator", LOOSE)
@pytest.mark.parametrize("issuers", PAIRS)
def test_each_condition_guards_its_own_issuer(issuers: tuple[str, str], operator: str) -> None:
    """Nothing above advice, and a token of either gets in."""
    text = trusting(issuers, claims_of(issuers, "sub", "aud"), operator)
    assert loud(text) == []
    read = tw.parse(text)
    assert all(tw.evaluate(read, call(issuer)).outcome == "allowed" for issuer in issuers)
    assert tw.is_public(read).found is False


@pytest.mark.parametrize("issuers", PAIRS)
def test_no_fix_keeps_the_other_issuer_out(issuers: tuple[str, str]) -> None:
    """Whatever is offered where the audiences are missing: both still get in after it."""
    text = trusting(issuers, claims_of(issuers, "sub"), "StringEqualsIfExists")
    findings = loud(text)
    assert all(finding.severity in QUIET for finding in findings)
    for finding in findings:
        if finding.fix is not None:
            after = tw.parse(finding.fix.apply(text))
            assert all(tw.evaluate(after, call(issuer)).outcome == "allowed" for issuer in issuers)


@pytest.mark.parametrize("issuers", [(ONE, OTHER), (OTHER, ONE)])
def test_an_issuer_without_a_condition_is_open(issuers: tuple[str, str]) -> None:
    """The other one's condition is true of its tokens; no fix makes that one strict."""
    guarded, bare = issuers
    claims = claims_of((guarded,), "sub") | claims_of(issuers, "aud")
    text = trusting(issuers, claims, "StringEqualsIfExists")
    (finding,) = loud(text)
    assert (finding.code, finding.verdict) == ("TP303", Verdict.OPEN)
    assert bare in finding.message and finding.fix is None


@pytest.mark.parametrize("issuers", PAIRS)
def test_both_asked_for_strictly_is_nobody(issuers: tuple[str, str]) -> None:
    """No token has the keys of two issuers."""
    text = trusting(issuers, claims_of(issuers, "sub"), "StringEquals")
    assert {finding.verdict for finding in loud(text)} == {Verdict.DEAD}
    assert not tw.who_gets_in(tw.parse(text))


def test_an_organisation_asked_for_loosely_is_open() -> None:
    """A caller outside every organization has no such key."""
    text = policy(
        {"AWS": "*"}, condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    )
    assert any(finding.verdict is Verdict.OPEN for finding in loud(text))
