"""Which condition keys a kind of caller can never have. Only what AWS documents; anything else is left open.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

from functools import cache

WHO = {
    "aws": "a user or a role",
    "service": "an AWS service",
    "saml": "somebody signed in with SAML",
    "oidc": "the holder of an OIDC token",
}
_ALL = tuple(WHO)
_TOKENS = ("saml", "oidc")
_SIGNED_ONLY = "such a call is not signed, so it has no principal yet"
_NO_VISITOR = "it is set only on calls that a service makes for a resource"
_NO_SESSION = "it comes from the session that the caller already has, and there is none"

# sts:ExternalId is open for services, since some do pass one: Cognito user pools, to send text messages.
# https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-mfa-sms-text-message.html
# aws:PrincipalArn is open for services, and aws:PrincipalAccount for all: AWS's pages do not say.
_RULES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("sts:externalid", _TOKENS, "only sts:AssumeRole takes an external id"),
    ("sts:roleauthorizedbyidp", ("aws", "service", "saml"), "it comes from an OIDC token"),
    ("sts:durationseconds", _ALL, "AWS leaves it out of calls that assume a role"),
    ("sts:taskpolicyarn", _ALL, "it belongs to sts:AssumeRoot, which no trust policy governs"),
    (
        "sts:awsservicename sts:identitytokenaudience sts:signingalgorithm",
        _ALL,
        "it belongs to calls that get a token, not to those that assume a role",
    ),
    (
        "aws:multifactorauthpresent aws:multifactorauthage",
        ("service", *_TOKENS),
        "MFA is recorded only for users of IAM",
    ),
    ("aws:principalorgid aws:principalorgpaths", ("service",), "a service belongs to no organisation"),
    ("aws:principalorgid aws:principalorgpaths aws:principalarn aws:principaltag/", _TOKENS, _SIGNED_ONLY),
    ("aws:username", ("service", *_TOKENS), "only users of IAM have a user name"),
    ("aws:tokenissuetime", _TOKENS, _NO_SESSION),
    ("aws:sourceidentity", ("service", *_TOKENS), _NO_SESSION),
    ("aws:federatedprovider", ("service",), _NO_SESSION),
    ("aws:principalisawsservice", _TOKENS, _SIGNED_ONLY),
    (
        "aws:principalservicename aws:principalservicenameslist",
        ("aws", *_TOKENS),
        "it names the service that calls",
    ),
    (
        "aws:sourceaccount aws:sourcearn aws:sourceorgid aws:sourceorgpaths",
        ("aws", *_TOKENS),
        _NO_VISITOR,
    ),
    ("aws:sourcevpc aws:sourcevpce aws:vpcsourceip", ("service",), "its calls pass no VPC endpoint"),
    (
        "aws:ec2instancesourcevpc aws:ec2instancesourceprivateipv4",
        ("service", *_TOKENS),
        "it is set only on calls with the credentials of an EC2 instance",
    ),
    ("lambda:sourcefunctionarn", _ALL, "it works in no policy on a resource, and a trust policy is one"),
)
# What a session keeps of the token it came from, so that a role it goes on to assume can ask for it.
_KEPT_SAML = ("saml:namequalifier", "saml:sub", "saml:sub_type")
_KEPT_CLAIMS = ("sub", "aud", "amr", "app_id", "id", "user_id")


@cache
def _reasons() -> dict[tuple[str, str], str]:
    return {(key, caller): why for keys, callers, why in _RULES for key in keys.split() for caller in callers}


def reason(key: str, caller: str) -> str:
    """Why a caller never has a key, in small letters; `""` when it can or AWS does not say.

    Example:
        >>> reason("saml:iss", "oidc"), reason("saml:sub", "aws")
        ('it comes from a SAML assertion', '')
    """
    issuer, _, claim = key.partition(":")
    if caller not in WHO:
        return ""
    if issuer == "saml":
        can = caller == "saml" or (caller == "aws" and key in _KEPT_SAML)
        return "" if can else "it comes from a SAML assertion"
    if "." in issuer:
        can = caller == "oidc" or (caller == "aws" and claim in _KEPT_CLAIMS)
        return "" if can else "it comes from an OIDC token"
    head, slash, _ = key.partition("/")
    return _reasons().get((head + slash, caller), "")
