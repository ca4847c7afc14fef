"""Microsoft Sentinel's published trust policy, and what differs from it.

https://learn.microsoft.com/azure/sentinel/connect-aws
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.asking import WEB, loud, policy
from trust_widgets.aws import oidc_issuers
from trust_widgets.findings import Severity, Verdict
from trust_widgets.providers import provider_of

COMMERCIAL = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d"
GOVERNMENT = "sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e"
ISSUERS = [COMMERCIAL, f"{COMMERCIAL}/", f"{GOVERNMENT}/"]
AUDIENCE = "api://1462b192-27f7-4cb9-8523-0f4ecb54b47e"
WORKSPACE = "7d2a1f40-8b5c-4f6e-9a3b-2c1d0e9f8a7b"
NAME = "sts:RoleSessionName"


def trusting(
    issuer: str, *names: str, operator: str = "StringEquals", partition: str = "aws"
) -> str:
    """Microsoft's policy, with these names of sessions."""
    block: dict[str, dict[str, object]] = {"StringEquals": {f"{issuer}:aud": AUDIENCE}}
    if names:
        block.setdefault(operator, {})[NAME] = names[0] if len(names) == 1 else list(names)
    return policy(
        {"Federated": f"arn:{partition}:iam::111122223333:oidc-provider/{issuer}"}, WEB, block
    )


@pytest.mark.parametrize("issuer", ISSUERS)
@pytest.mark.parametrize("operator", ["StringEquals", "StringLike", "StringEqualsIgnoreCase"])
@pytest.mark.parametrize("partition", ["aws", "aws-us-gov"])
@pytest.mark.parametrize(
    "names",
    [
        (f"MicrosoftSentinel_{WORKSPACE}",),
        (f"MicrosoftSentinel_{WORKSPACE}", f"MicrosoftDefenderForClouds_{WORKSPACE}"),
    ],
)
def test_the_published_policy_is_right(
    issuer: str, operator: str, partition: str, names: tuple[str, ...]
) -> None:
    """With and without the slash, for governments too; and no stranger is told of."""
    text = trusting(issuer, *names, operator=operator, partition=partition)
    assert loud(text) == []
    (each,) = tw.who_gets_in(tw.parse(text))
    assert each.stranger is None and each.witness is not None
    assert each.witness.context[NAME] in names
    assert tw.is_public(tw.parse(text)).found is False


@pytest.mark.parametrize("issuer", [COMMERCIAL, f"{COMMERCIAL}/"])
def test_without_the_required_key_it_is_refused(issuer: str) -> None:
    """AWS's list has it."""
    assert oidc_issuers.control_keys(issuer) == (NAME,)
    for text in (trusting(issuer), trusting(issuer, "*", operator="StringLike")):
        assert [finding.code for finding in loud(text)] == ["TP121"]


@pytest.mark.parametrize("issuer", ISSUERS[:2])
@pytest.mark.parametrize("name", ["MicrosoftSentinel_*", f"*_{WORKSPACE[:4]}*"])
def test_a_name_of_any_workspace_is_open(issuer: str, name: str) -> None:
    """Every customer's sessions have such a name."""
    text = trusting(issuer, name, operator="StringLike")
    (finding,) = loud(text)
    assert (finding.verdict, finding.severity) == (Verdict.OPEN, Severity.CRITICAL)
    assert tw.who_gets_in(tw.parse(text))[0].stranger is True


@pytest.mark.parametrize(
    ("issuer", "title"),
    [
        *((issuer, "Microsoft Sentinel") for issuer in ISSUERS),
        ("sts.windows.net/99998888-7777-6666-5555-444433332222/", "Microsoft Entra ID"),
        (
            "login.microsoftonline.com/33e01921-4d64-4f8c-a055-5bdaffd5e33d/v2.0",
            "Microsoft Entra ID",
        ),
    ],
)
def test_another_tenant_is_a_customers_own(issuer: str, title: str) -> None:
    """Only the two tenants of the page are Microsoft's."""
    provider = provider_of(issuer)
    assert provider is not None and provider.title == title


def test_the_sessions_name_tells_nobody_apart_elsewhere() -> None:
    """Another tenant's application chooses it."""
    issuer = "sts.windows.net/99998888-7777-6666-5555-444433332222/"
    (finding,) = loud(trusting(issuer, f"MicrosoftSentinel_{WORKSPACE}"))
    assert finding.code == "TP303"
