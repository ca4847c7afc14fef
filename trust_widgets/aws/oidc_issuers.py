"""Issuers of OIDC tokens as AWS knows them: which are shared, and which claims become condition
keys.

An issuer is its URL without `https://`, path included.
"""

from __future__ import annotations

import re

from trust_widgets.aws._data import load, table

# Cognito's host in each partition; its condition keys begin with it.
# https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html
COGNITO = (
    "cognito-identity.amazonaws.com",
    "cognito-identity-us-gov.amazonaws.com",
    "cognito-identity.us-gov-east-1.amazonaws.com",
    "cognito-identity.cn-north-1.amazonaws.com.cn",
)
BUILT_IN = ("accounts.google.com", *COGNITO, "graph.facebook.com", "www.amazon.com")
"""Issuers that every account trusts by their host, without its own identity provider.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""
# As AWS's page on CloudTrail's records spells it; keys and principals have the other name.
# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
_IN_RECORDS = "cognito-identity.amazon.com"
# AWS's page on China writes the keys in two ways, so nothing is required there.
_SAME_KEYS = dict.fromkeys(COGNITO[:-1], COGNITO[0])
# Facebook's and Amazon's are no OIDC tokens and have names of their own for what they hold.
_OWN_NAMES = ("graph.facebook.com", "www.amazon.com")


def issuer_from_record(provider: str) -> str:
    """An identity provider of CloudTrail's records, as keys and principals spell it.

    Example:
        >>> issuer_from_record("cognito-identity.amazon.com")
        'cognito-identity.amazonaws.com'
    """
    return provider.replace(_IN_RECORDS, COGNITO[0])


def cognito_host(pool: str) -> str:
    """The host that issues the tokens of an identity pool.

    Args:
        pool: the pool's ID, which begins with its region.

    Source: https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html

    Example:
        >>> cognito_host("us-gov-west-1:12345678-abcd-abcd-abcd-123456789012")
        'cognito-identity-us-gov.amazonaws.com'
        >>> cognito_host("eu-west-1:12345678-abcd-abcd-abcd-123456789012")
        'cognito-identity.amazonaws.com'
    """
    region = pool.partition(":")[0]
    if region == "us-gov-west-1":
        return COGNITO[1]
    return next((host for host in COGNITO[2:] if f".{region}." in host), COGNITO[0])


def is_identity_pools(host: str) -> bool:
    """Whether a host in lower case issues the tokens of Cognito's identity pools.

    Example:
        >>> is_identity_pools("cognito-identity-us-gov.amazonaws.com")
        True
    """
    return host in COGNITO


def is_user_pool(issuer: str) -> bool:
    """Whether an issuer is a Cognito user pool: its audience is the app that someone signed in to.

    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html

    Example:
        >>> is_user_pool("cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLE")
        True
    """
    host, slash, pool = issuer.lower().partition("/")
    return host.startswith("cognito-idp.") and bool(slash and pool)


# The issuer of the tokens that an AWS account gives its own workloads for other places.
_OUTBOUND = re.compile(r"[^./]+\.tokens\.sts\.global\.api\.aws/?", re.IGNORECASE)


def is_outbound(issuer: str) -> bool:
    """Return whether an issuer gives AWS's own outbound tokens, which cannot come back into AWS.

    Tokens of `sts:GetWebIdentityToken` "cannot be used for OIDC federation into AWS".
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_getting_started.html

    Example:
        >>> is_outbound("0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0.tokens.sts.global.api.aws")
        True
    """
    return _OUTBOUND.fullmatch(issuer) is not None


def required_key(issuer: str) -> str | None:
    """The condition key without which IAM saves no trust policy for a shared issuer; `None` for
    others.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html

    Example:
        >>> required_key("token.actions.githubusercontent.com"), required_key("idp.octo.example")
        ('token.actions.githubusercontent.com:sub', None)
    """
    issuer = issuer.lower()
    claim: str | None = load("shared_issuers")["required"].get(_SAME_KEYS.get(issuer, issuer))
    if claim and ":" not in claim:
        return f"{issuer}:{claim}"
    return claim


def control_keys(issuer: str) -> tuple[str, ...]:
    """The condition keys of which IAM demands one, the usual one first; none for other issuers.

    IAM's own refusal for GitHub names `:sub` or `:job_workflow_ref`.

    Example:
        >>> control_keys("token.actions.githubusercontent.com")[1]
        'token.actions.githubusercontent.com:job_workflow_ref'
        >>> control_keys("gitlab.com"), control_keys("idp.octo.example")
        (('gitlab.com:sub',), ())
    """
    usual = required_key(issuer)
    if usual is None:
        return ()
    issuer = issuer.lower()
    others = load("shared_issuers")["instead"].get(issuer, ())
    return (usual, *(f"{issuer}:{claim}" for claim in others))


def distinguishing_keys(issuer: str) -> tuple[str, ...]:
    """The condition keys that distinguish a shared issuer's customers: those of which IAM demands
    one, and those that a vendor's page names for an issuer that AWS does not list.

    Example:
        >>> distinguishing_keys("sts.windows.net/cab8a31a-1906-4287-a0d8-4eef66b95f6e/")
        ('sts:RoleSessionName',)
    """
    named = load("shared_issuers")["told_apart"].get(issuer.lower())
    if named:
        return (named,)
    return control_keys(issuer)


def is_shared(issuer: str) -> bool:
    """Whether customers who have nothing to do with one another get tokens of this one issuer.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html,
    and the public ones that AWS has built in.

    Example:
        >>> (
        ...     is_shared("gitlab.com"),
        ...     is_shared("accounts.google.com"),
        ...     is_shared("gitlab.octo.example"),
        ... )
        (True, True, False)
    """
    return bool(distinguishing_keys(issuer)) or issuer.lower() in BUILT_IN


def has_own_names(issuer: str) -> bool:
    """Whether the keys of an issuer's tokens are none of those of OIDC tokens, such as `sub`.

    Example:
        >>> has_own_names("graph.facebook.com"), has_own_names("accounts.google.com")
        (True, False)
    """
    return issuer.lower() in _OWN_NAMES


def claims_of(issuer: str) -> tuple[str, ...]:
    """The condition keys from an issuer's tokens: `sub`, `aud` and `amr`, and those AWS has for it
    alone.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif

    Example:
        >>> claims_of("idp.octo.example")
        ('idp.octo.example:sub', 'idp.octo.example:aud', 'idp.octo.example:amr')
        >>> "gitlab.com:project_id" in claims_of("gitlab.com")
        True
    """
    issuer = issuer.lower()
    claims: list[str] = []
    if not has_own_names(issuer):
        claims += ("sub", "aud", "amr")
    for pattern, own_claims in _patterns():
        if pattern.fullmatch(issuer):
            claims += own_claims
    return tuple(f"{issuer}:{claim}" for claim in dict.fromkeys(claims))


@table
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """For each issuer that AWS lists, or pattern like `agent.${Domain}.buildkite.dev`, its
    claims.
    """
    claims: dict[str, list[str]] = {}
    for name, *_ in load("condition_keys")["keys"]:
        issuer, _, claim = name.partition(":")
        if "." in issuer:
            claims.setdefault(issuer, []).append(claim)
    return tuple((_pattern(issuer), tuple(found)) for issuer, found in claims.items())


def _pattern(issuer: str) -> re.Pattern[str]:
    texts = map(re.escape, re.split(r"\$\{\w+\}", issuer.lower()))
    return re.compile("[^/]+".join(texts))
