"""The roles that IAM Identity Center makes for its permission sets.

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

from __future__ import annotations

import re

PREFIX = "AWSReservedSSO_"
PATH = "aws-reserved/sso.amazonaws.com/"
# The suffix is another in each account, and when the role is made again.
_NAME = re.compile(rf"{PREFIX}(?P<set>[\w+=,.@-]+)_[0-9a-f]{{16}}", re.ASCII)


def permission_set_of(role_name: str) -> str:
    """The permission set whose role has a name; `""` for a name that Identity Center does not give.

    Example:
        >>> permission_set_of("AWSReservedSSO_Admin_0123456789abcdef"), permission_set_of("app")
        ('Admin', '')
    """
    found = _NAME.fullmatch(role_name)
    return found["set"] if found else ""


def pattern_of(partition: str, account: str, permission_set: str) -> str:
    """A value for `ArnLike` on `aws:PrincipalArn` that covers a permission set's role, also when it
    is made again.

    Example:
        >>> pattern_of("aws", "111122223333", "Admin")
        'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_*'
    """
    roles = f"arn:{partition}:iam::{account}:role"
    return f"{roles}/{PATH.removesuffix('/')}*/{PREFIX}{permission_set}_*"
