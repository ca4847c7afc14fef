"""The actions that a trust policy may allow.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

# Those that assume the role come first, then those that a call may need beside them.
_NAMES = (
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:TagSession",
    "sts:SetSourceIdentity",
    "sts:SetContext",
)


def names() -> tuple[str, ...]:
    """The actions of a trust policy, in AWS's spelling.

    `sts:AssumeRoot`, `sts:GetSessionToken` and the rest of STS act on other things than a role:
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html

    Example:
        >>> names()[:2]
        ('sts:AssumeRole', 'sts:AssumeRoleWithSAML')
    """
    return _NAMES
