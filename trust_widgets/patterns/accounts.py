"""Principals of AWS accounts, written and read: `root`, `role/NAME` and `user/NAME` of one account.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, get_args

from trust_widgets.aws.arns import ACCOUNT_ID, with_root
from trust_widgets.aws.limits import ROLE_NAME
from trust_widgets.aws.partitions import partition_title
from trust_widgets.forms import Answer, Question
from trust_widgets.policy import Companion, Principal, Role, Statement, TrustPolicy

Partition = Literal["aws", "aws-cn", "aws-us-gov"]

NAME = rf"([!-~]+/)?{ROLE_NAME}"  # of a role or user, after its path
PARTITION = Question(
    "Partition",
    "Both accounts must be in the same partition.",
    choices={name: partition_title(name) for name in get_args(Partition)},
    more=True,
)
_ARN = re.compile(
    rf"arn:(aws|aws-cn|aws-us-gov):iam::({ACCOUNT_ID}):(root|(?:role|user)/.+)", re.ASCII
)


class NamedPrincipals(NamedTuple):
    """Principals of one account: `names` are `("root",)` for all of it, or roles and users."""

    partition: str
    account: str
    names: tuple[str, ...]


def principal(partition: str, account: str, names: tuple[str, ...]) -> Principal:
    """These names of one account."""
    return Principal(aws=tuple(f"arn:{partition}:iam::{account}:{name}" for name in names))


def read(statements: tuple[Statement, ...]) -> NamedPrincipals | None:
    """Whom a single statement names, if they are all of one account: all of it, or some by name."""
    named = statements[0].principal
    if len(statements) != 1 or named is None or not named.aws:
        return None
    found = [_ARN.fullmatch(with_root(value)) for value in named.aws]
    parts = [match.groups() for match in found if match]
    if len(parts) != len(found) or len({part[:2] for part in parts}) != 1:
        return None
    names = tuple(name for _, _, name in parts)
    mixed = "root" in names and names != ("root",)
    if mixed:
        return None
    return NamedPrincipals(parts[0][0], parts[0][1], names)


def spread_arn(account: str, names: str, scope: str = "") -> Callable[[str], Mapping[str, Answer]]:
    """How the ARN of a role or user answers the questions for its account and for its name.

    Args:
        account, names: the questions.
        scope: the question whose answer is then `named`; `""` for none.

    Example:
        >>> spread = spread_arn("account", "role")
        >>> spread("arn:aws:iam::444455556666:role/app"), spread("role/app")
        ({'account': '444455556666', 'role': 'role/app'}, {})
    """

    def spread(text: str) -> Mapping[str, Answer]:
        found = _ARN.fullmatch(text)
        if found is None or found[3] == "root":
            return {}
        return {account: found[2], names: found[3], **({scope: "named"} if scope else {})}

    return spread


def arn_of(role: Role, partition: str) -> str:
    """The role's ARN in its partition."""
    return role.arn.replace("arn:aws:", f"arn:{partition}:", 1)


def permission(role: Role, title: str, note: str, partition: str = "aws") -> Companion:
    """What the caller's own side has to allow. https://docs.aws.amazon.com/IAM/latest/UserGuide/
    id_roles_use_permissions-to-switch.html"""
    allow = Statement(action=("sts:AssumeRole",), resource=(arn_of(role, partition),))
    return Companion(
        "permission_policy", title, note, "allow-assume-role.json", str(TrustPolicy((allow,)))
    )
