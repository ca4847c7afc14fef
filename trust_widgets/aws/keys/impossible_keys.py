"""Condition keys that no request has, whatever the caller, and the claim that one was meant to be.

A key of a token is the issuer, without `https://`, a colon and the claim. A key that names the
provider's ARN, a placeholder, or no issuer is none.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
"""

from __future__ import annotations

import re

from trust_widgets.aws.keys.claims import last_part
from trust_widgets.aws.keys.condition_keys import CLAIMS_OF_ANY_ISSUER
from trust_widgets.aws.keys.spelling import lacks_tag, meant
from trust_widgets.aws.oidc_issuers import claims_of
from trust_widgets.text.placeholders import placeholder_in

# The only key of IAM in a request that assumes a role: its tags, which the role has.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
_IAM_KEY_OF_A_ROLE = "iam:resourcetag/"
_OF_AWS = ("aws", "sts", "iam", "saml")
# The prefix of a service's keys: "lambda" in "lambda:SourceFunctionArn".
_SERVICE = re.compile("[a-z0-9-]+")
_PROVIDER = re.compile(r"(?:^|.*:)oidc-provider/(?P<issuer>.+)", re.IGNORECASE)


def why_impossible(key: str) -> str:
    """Why no request has a key, as a clause after "because"; `""` when a request may have it.

    Example:
        >>> why_impossible("OIDC_PROVIDER:sub")
        'it does not name the issuer of the tokens'
        >>> why_impossible("aws:PrincipleArn")
        'AWS has no such key'
        >>> why_impossible("idp.octo.example:sub"), why_impossible("aws:PrincipalArn")
        ('', '')
    """
    left = placeholder_in(key)
    if left:
        return f'"{left}" is a placeholder that was not filled in'
    prefix, colon, _ = key.lower().partition(":")
    if prefix == "arn":
        return "it begins with the ARN of the provider instead of the issuer"
    if not colon or "::" in key.partition("/")[0]:
        return "a key is a prefix, a colon and a name"
    if lacks_tag(key):
        return "it does not say which tag"
    if meant(key) is not None:
        return "AWS has no such key"
    if is_key_of_iam(key):
        return "it is a key of requests to IAM, and AWS STS assumes roles"
    if prefix in _OF_AWS or "." in prefix:
        return ""
    is_claim = last_part(key).lower() in CLAIMS_OF_ANY_ISSUER
    if is_claim or _is_no_prefix(prefix):
        return "it does not name the issuer of the tokens"
    return ""


def is_key_of_iam(key: str) -> bool:
    """Whether a key is one of requests to IAM alone, such as `iam:PassedToService`."""
    lowered = key.lower()
    return lowered.startswith("iam:") and not lowered.startswith(_IAM_KEY_OF_A_ROLE)


def _is_no_prefix(prefix: str) -> bool:
    return _SERVICE.fullmatch(prefix) is None and prefix not in ("http", "https")


def claim_meant(key: str, issuer: str) -> str:
    """The key of an issuer that a key was plainly meant to be; `""` for right keys and others.

    Args:
        key: as written.
        issuer: of the only tokens that a statement is about, as the provider spells it.

    Example:
        >>> claim_meant("arn:aws:iam::111122223333:oidc-provider/gitlab.com:sub", "gitlab.com")
        'gitlab.com:sub'
        >>> claim_meant("oidc:sub", "gitlab.com"), claim_meant("gitlab.com:sub", "gitlab.com")
        ('gitlab.com:sub', '')
        >>> claim_meant("idp.octo.example:sub", "gitlab.com")
        ''
    """
    if ":" in key:
        head = key[: -len(last_part(key)) - 1]
    else:
        head = ""
    right = f"{issuer}:{last_part(key).strip('<>{}$ ')}"
    if not head or not issuer or head.lower() == issuer.lower() or not _is_known(right, issuer):
        return ""
    named = _PROVIDER.fullmatch(head)
    other = (named["issuer"] if named else head).lower().rstrip("/")
    if named is None and "://" not in head and "." not in head and why_impossible(key):
        return right
    is_part = other in issuer.lower() or issuer.lower() in other
    if is_part or placeholder_in(head):
        return right
    return ""


def _is_known(key: str, issuer: str) -> bool:
    """Whether AWS reads the claim of a key from the tokens of an issuer."""
    return last_part(key).lower() in CLAIMS_OF_ANY_ISSUER or key.lower() in claims_of(issuer)
