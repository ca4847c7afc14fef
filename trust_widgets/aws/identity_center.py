"""The roles that IAM Identity Center makes for its permission sets.

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

from __future__ import annotations

import re

from trust_widgets.text.automaton import member
from trust_widgets.text.budget import Budget, Undecided
from trust_widgets.text.globs import pattern_from_text
from trust_widgets.text.tokens import tokens_of_form, tokens_of_pattern

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
    if found:
        return found["set"]
    return ""


def pattern_of(partition: str, account: str, permission_set: str) -> str:
    """A value for `ArnLike` on `aws:PrincipalArn` that covers a permission set's role, also when it
    is made again.

    Example:
        >>> pattern_of("aws", "111122223333", "Admin")
        'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_*'
    """
    roles = f"arn:{partition}:iam::{account}:role"
    return f"{roles}/{PATH.removesuffix('/')}*/{PREFIX}{permission_set}_*"


def is_reserved_name(resource: str) -> bool:
    """Whether the last part of an ARN, or a pattern for it, names such a role.

    Example:
        >>> is_reserved_name("role/AWSReservedSSO_Admin_*"), is_reserved_name("role/app")
        (True, False)
    """
    return resource.startswith("role/") and PREFIX in resource.rpartition("/")[2]


def fits_a_role(resource: str) -> bool:
    """Whether the last part of an ARN, as a pattern with wildcards, can fit a role that Identity
    Center makes.

    Example:
        >>> fits_a_role("role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*")
        True
        >>> fits_a_role("role/AWSReservedSSO_Admin_*"), fits_a_role("role/*AWSReservedSSO_Admin_")
        (False, False)
    """
    pattern = (tokens_of_pattern(pattern_from_text(resource)),)
    budget = Budget(_STATES)
    try:
        return any(
            member((pattern, (tokens_of_form(form),)), (), budget) is not None for form in _FORMS
        )
    except Undecided:
        return True


def open_permission_set(resource: str) -> str:
    """The beginning of a permission set's name that a pattern ends with, so that other sets whose
    names begin alike fit too; `""` if it names a whole set, or any.

    Example:
        >>> open_permission_set("role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Dev*")
        'Dev'
        >>> open_permission_set("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_*")
        ''
    """
    name = resource.rpartition("/")[2]
    begun = _BEGUN.fullmatch(name)
    if begun:
        return begun["set"]
    return ""


_BEGUN = re.compile(rf"\*?{PREFIX}(?P<set>[\w+=,.@-]*[A-Za-z0-9+=,.@-])\*+", re.ASCII)
_STATES = 2000
_CHARACTER = "[A-Za-z0-9_+=,.@-]"
_NAME_FORM = f"{PREFIX}{_CHARACTER}{_CHARACTER}*_{'[0-9a-f]' * 16}"
_FORMS = (f"role/{PATH}{_NAME_FORM}", f"role/{PATH}[a-z0-9-][a-z0-9-]*/{_NAME_FORM}")
