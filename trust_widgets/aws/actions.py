"""The actions that a trust policy may allow.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

ASSUME_ACTIONS = ("sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity")
"""The actions that return credentials of the role."""

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
