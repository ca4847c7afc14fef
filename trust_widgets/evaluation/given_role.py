"""The role of the request, by its ARN or as what has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from trust_widgets.aws.arns import Arn, arn_of, is_account_id
from trust_widgets.policy import HoldsPolicy, source_of

GivenRole: TypeAlias = "str | HoldsPolicy"
"""A role's ARN, or a role whose account is known."""

EXAMPLE = "arn:aws:iam::111122223333:role/app"


def arn_of_role(role: str) -> Arn:
    """The parts of a role's ARN.

    Raises:
        ValueError: for a text that is none.

    Example:
        >>> arn_of_role("arn:aws:iam::111122223333:role/app").account
        '111122223333'
    """
    arn = arn_of(role)
    if arn is None or not is_account_id(arn.account) or not arn.resource.startswith("role/"):
        raise ValueError(f"{role!r} is not the ARN of a role. Write it like {EXAMPLE}.")
    return arn


def role_from_given(given: object) -> str:
    """Return the ARN of the role that a person gave.

    Raises:
        TypeError: for anything but a text or a role, with what to write.
        ValueError: for a text that is not a role's ARN, and a role without its account.

    Example:
        >>> role_from_given("arn:aws:iam::111122223333:role/app")
        'arn:aws:iam::111122223333:role/app'
    """
    if isinstance(given, str):
        arn_of_role(given)
        return given
    if isinstance(given, HoldsPolicy) and not isinstance(given, type):
        arn = source_of(given).arn
        if not arn:
            raise ValueError(
                "role: the account of this role is not known. Give it one, like"
                ' account="111122223333".'
            )
        return arn
    name = "None" if given is None else f"an object of type {type(given).__name__}"
    order = " The role comes before the answers." if isinstance(given, Mapping) else ""
    raise TypeError(f'role: {name} is not the ARN of a role. Write "{EXAMPLE}".{order}')
