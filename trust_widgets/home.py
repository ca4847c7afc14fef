"""What is mine: context that only the reader can give, and that quietens or sharpens a finding."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Home:
    """What belongs to the reader. Everything is optional.

    Args:
        accounts: own account ids, 12 digits each.
        organization: own organisation id, `o-...`.
        github_owners: own GitHub organisations and users, as GitHub spells them.

    Example:
        >>> Home(accounts=("111122223333",)).accounts
        ('111122223333',)
    """

    accounts: tuple[str, ...] = ()
    organization: str = ""
    github_owners: tuple[str, ...] = ()
