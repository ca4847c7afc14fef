"""ARNs and account IDs, by their form alone.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

import re
from typing import NamedTuple

from trust_widgets.aws.partitions import is_partition, partition_of_region
from trust_widgets.text.globs import Pattern

ACCOUNT_ID = r"[0-9]{12}"
"""A regular expression for an account ID; as a part of others, or as a question's rule."""
ACCOUNT_ID_FORM = "An account ID has 12 digits"
# https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
ORGANIZATION_ID = r"o-[a-z0-9]{10,32}"
ORGANIZATION_ID_FORM = "An organization ID is o- and 10 to 32 lower case letters or digits"
_ACCOUNT = re.compile(ACCOUNT_ID)
PARTS = 6
_WORD_FOR_REGION = re.compile(
    r"(?:aws[_-]?|my[_-]?)?region(?:[_-]?(?:name|id|code))?", re.IGNORECASE
)
_WORD_FOR_ACCOUNT = re.compile(
    r"(?:aws[_-]?|my[_-]?|source[_-]?)?account(?:[_-]?(?:id|number))?", re.IGNORECASE
)


class Arn(NamedTuple):
    """The parts of an ARN after `arn:`; some may be empty."""

    partition: str
    service: str
    region: str
    account: str
    resource: str


def arn_of(text: str) -> Arn | None:
    """The parts of an ARN; `None` when the text has not six parts or does not begin with `arn:`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

    Example:
        >>> arn = arn_of("arn:aws:iam::111122223333:role/deploy")
        >>> arn.partition, arn.account, arn.resource
        ('aws', '111122223333', 'role/deploy')
        >>> arn_of("arn:aws:iam::111122223333") is None
        True
    """
    parts = text.split(":", 5)  # a resource may hold colons of its own
    if len(parts) == 6 and parts[0] == "arn":
        return Arn(*parts[1:])
    return None


def placeholder_in_arn(text: str) -> str:
    """The word for a Region or an account that is in an ARN in their place; `""` for others.

    AWS's own guides write such words for what the reader has to fill in.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

    Example:
        >>> placeholder_in_arn("arn:aws:sns:REGION:111122223333:alerts")
        'REGION'
        >>> placeholder_in_arn("arn:aws:sns:eu-west-1:account-id:alerts")
        'account-id'
        >>> placeholder_in_arn("arn:aws:sns:*:111122223333:alerts")
        ''
    """
    arn = arn_of(text)
    if arn is None:
        return ""
    if _WORD_FOR_REGION.fullmatch(arn.region):
        return arn.region
    if _WORD_FOR_ACCOUNT.fullmatch(arn.account):
        return arn.account
    return ""


def resource_of(text: str) -> str:
    """Return the last part of an ARN, or the text itself when it has fewer parts.

    Example:
        >>> resource_of("arn:aws:iam::111122223333:role/ci"), resource_of("role/ci")
        ('role/ci', 'role/ci')
    """
    return text.split(":", 5)[-1]


def parts_of_pattern(pattern: Pattern) -> tuple[Pattern, ...] | None:
    """The six parts of an ARN's pattern, the last with its colons; `None` when there are not six.

    Example:
        >>> from trust_widgets.text.globs import pattern_from_text
        >>> parts_of_pattern(pattern_from_text("arn:aws:iam::*:role/app"))[4]
        (<Wild.RUN: '*'>,)
    """
    parts: list[Pattern] = [()]
    for piece in pattern:
        if not isinstance(piece, str):
            parts[-1] += (piece,)
            continue
        first, *others = piece.split(":", PARTS - len(parts))
        if first:
            parts[-1] += (first,)
        parts.extend((text,) if text else () for text in others)
    if len(parts) == PARTS:
        return tuple(parts)
    return None


def is_account_id(text: str) -> bool:
    """Whether a text is an account ID: 12 digits, leading zeros included.

    https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html

    Example:
        >>> is_account_id("111122223333"), is_account_id("1111-2222-3333")
        (True, False)
    """
    return _ACCOUNT.fullmatch(text) is not None


def with_root(value: str) -> str:
    """A principal in its long form: of an account ID the ARN of its root, any other as it is.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts

    Example:
        >>> with_root("111122223333"), with_root("arn:aws:iam::111122223333:role/app")
        ('arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/app')
    """
    if is_account_id(value):
        return f"arn:aws:iam::{value}:root"
    return value


def account_id_of(text: str) -> str:
    """An account ID without the dashes or spaces that AWS's console shows in it; any other text as
    it is.

    Example:
        >>> account_id_of("1111-2222-3333"), account_id_of("1111-2222")
        ('111122223333', '1111-2222')
    """
    digits = text.replace("-", "").replace(" ", "")
    if is_account_id(digits):
        return digits
    return text


def arn_in_right_partition(text: str) -> str:
    """An ARN with the partition of its Region, where it names another one; `""` for others.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

    Example:
        >>> arn_in_right_partition("arn:aws:sns:cn-north-1:111122223333:alerts")
        'arn:aws-cn:sns:cn-north-1:111122223333:alerts'
        >>> arn_in_right_partition("arn:*:sns:cn-north-1:111122223333:alerts")
        ''
    """
    arn = arn_of(text)
    if arn is None or not is_partition(arn.partition):
        return ""
    partition = partition_of_region(arn.region)
    if partition is None or partition.name == arn.partition:
        return ""
    return f"arn:{partition.name}:{text.removeprefix(f'arn:{arn.partition}:')}"
