"""Roles of IAM Identity Center that a policy names in a form that none of them has.

https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trust_widgets.aws import identity_center
from trust_widgets.aws.arns import Arn, arn_of, is_account_id
from trust_widgets.pitfalls.required_conditions import RequiredCondition, values
from trust_widgets.policy import (
    ConditionView,
    Path,
    TrustPolicy,
    example,
    is_meant_to_assume,
    once_a_policy,
    principals,
)
from trust_widgets.text.globs import is_exact

SOURCE = "https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html"
_SET = re.compile(rf"{identity_center.PREFIX}(?P<set>[\w+=,.@-]+?)(?:_[0-9a-f]{{16}}|_\*|_|)")


class Misnamed(NamedTuple):
    """A value that fits no role of Identity Center.

    Args:
        place, text: the value.
        account: its account; `""` if it has a wildcard.
        right: a pattern that fits the permission set's role; `""` if the set is not known.
        condition: the condition that it belongs to; `None` for a principal.
    """

    place: Path
    text: str
    account: str
    right: str
    condition: RequiredCondition | None = None


@once_a_policy
def misnamed(policy: TrustPolicy) -> Iterator[Misnamed]:
    """Yield principals and values of `aws:PrincipalArn` that name a role `AWSReservedSSO_...` which
    Identity Center does not make.
    """
    for path, statement, text in principals(policy, "AWS", "Allow"):
        if is_meant_to_assume(statement):
            yield from _judged(path, text)
    for each, place, text in values(policy):
        view = ConditionView(each.condition)
        is_read = view.takes_wildcards or is_exact(text)  # otherwise its wildcard is at fault
        if each.key == "aws:principalarn" and is_read:
            yield from _judged(place, text, each)


def _judged(place: Path, text: str, each: RequiredCondition | None = None) -> Iterator[Misnamed]:
    arn = arn_of(text)
    if arn is None or not identity_center.is_reserved_name(arn.resource):
        return
    if identity_center.fits_a_role(arn.resource):
        return
    account = arn.account if is_account_id(arn.account) else ""
    yield Misnamed(place, text, account, _pattern_meant(arn), each)


def _pattern_meant(arn: Arn) -> str:
    """A pattern that fits the role of the permission set in an ARN; `""` if it names none."""
    permission_set = _SET.fullmatch(arn.resource.rpartition("/")[2])
    if permission_set is None:
        return ""
    return identity_center.pattern_of(arn.partition, arn.account, permission_set["set"])


def what_to_write(each: Misnamed) -> str:
    """What is wrong with the value, and what to write in its place."""
    what = (
        f'"{each.text}" is not the ARN of a role of IAM Identity Center. The ARN of such a role'
        f' contains the path "{identity_center.PATH}", sometimes with a Region after it, and ends'
        ' in "_" and 16 hexadecimal digits.'
    )
    if not each.right:
        return what
    if each.condition is None:
        return (
            f'{what} Name the role with its path, or the account with a condition: "ArnLike":'
            f' {{"aws:PrincipalArn": "{each.right}"}}.'
        )
    return f'{what} Write "{each.right}".'


def role_example(arn: str, account: str = "111122223333") -> str:
    """The text of a policy that trusts an account's role by a pattern for its ARN."""
    return example({"AWS": account}, condition={"ArnLike": {"aws:PrincipalArn": arn}})
