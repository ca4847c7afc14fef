"""The issuer and the claim in a condition key: `token.actions.githubusercontent.com:sub`."""

from __future__ import annotations

from typing import NamedTuple


class ClaimKey(NamedTuple):
    """The two parts of a condition key that is a claim of a token; both are empty for another
    key.
    """

    issuer: str
    claim: str


_NO_CLAIM = ClaimKey("", "")


def claim_key(name: str) -> ClaimKey:
    """The issuer and the claim of a key such as `token.actions.githubusercontent.com:sub`.

    An issuer is a host, so it has a dot before its first colon; AWS's own prefixes (`aws:`,
    `saml:`) have none.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif

    Example:
        >>> claim_key("idp.octo.example/realms/a:sub")
        ClaimKey(issuer='idp.octo.example/realms/a', claim='sub')
        >>> claim_key("aws:RequestTag/octo.example:team")
        ClaimKey(issuer='', claim='')
    """
    host, colon, _ = name.partition(":")
    if not colon or "." not in host:
        return _NO_CLAIM
    issuer, _, claim = name.rpartition(":")
    return ClaimKey(issuer, claim)


def intended_claim(name: str) -> ClaimKey:
    """The issuer and the claim that the one who wrote a key had in mind.

    Also where the issuer is a web address, or a placeholder that a tool should have replaced. AWS
    knows no such keys, but messages name them as claims.

    Example:
        >>> (
        ...     intended_claim("https://idp.octo.example:sub"),
        ...     claim_key("https://idp.octo.example:sub").claim,
        ... )
        (ClaimKey(issuer='https://idp.octo.example', claim='sub'), '')
        >>> intended_claim("${module.eks.oidc_provider}:sub")
        ClaimKey(issuer='${module.eks.oidc_provider}', claim='sub')
    """
    issuer, _, claim = name.rpartition(":")
    if "." in issuer:
        return ClaimKey(issuer, claim)
    return _NO_CLAIM


def is_claim(name: str) -> bool:
    """Whether a condition key is a claim of a token.

    Example:
        >>> is_claim("token.actions.githubusercontent.com:sub"), is_claim("saml:aud")
        (True, False)
    """
    return claim_key(name) is not _NO_CLAIM


def last_part(name: str) -> str:
    """Return the part after the last colon of a key or an ARN: the claim, the resource.

    Example:
        >>> last_part("SAML:aud"), last_part("arn:aws:iam::111122223333:role/app"), last_part("aud")
        ('aud', 'role/app', 'aud')
    """
    return name.rpartition(":")[2]
