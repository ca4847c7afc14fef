"""The actions that a trust policy may allow.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

ASSUME_ROLE = "sts:AssumeRole"
WITH_SAML, WITH_WEB_IDENTITY = "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"
ASSUME_ACTIONS = (ASSUME_ROLE, WITH_SAML, WITH_WEB_IDENTITY)
"""The actions that return credentials of the role."""

TOKEN_ACTIONS = (WITH_SAML, WITH_WEB_IDENTITY)
"""Those of callers with a SAML assertion or a web identity token in place of AWS credentials."""

TAG_SESSION, SET_SOURCE_IDENTITY = "sts:TagSession", "sts:SetSourceIdentity"
SET_CONTEXT = "sts:SetContext"
SESSION_ACTIONS = (TAG_SESSION, SET_SOURCE_IDENTITY, SET_CONTEXT)
"""The actions that a request needs too when it passes tags, a source identity or a context."""


def names() -> tuple[str, ...]:
    """The actions of a trust policy, in AWS's spelling.

    `sts:AssumeRoot`, `sts:GetSessionToken` and the rest of STS act on other things than a role:
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html

    Example:
        >>> names()[:2]
        ('sts:AssumeRole', 'sts:AssumeRoleWithSAML')
    """
    return ASSUME_ACTIONS + SESSION_ACTIONS
