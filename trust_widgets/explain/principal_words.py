"""The words for callers, with what is known of them."""

from __future__ import annotations

from typing import NamedTuple


class PrincipalWords(NamedTuple):
    """Callers in words.

    Args:
        text: the words.
        wide: the parts of them that represent more than one caller.
        stranger: whether an external principal is among them; None if that is not known.
        counted: the words for several like them, with `{}` for how many, and for the accounts.
        account: the words for their account.
        number: how many they are.
        condition: the conditions that are said after what the callers can do, `"if ..."`.
    """

    text: str
    wide: tuple[str, ...] = ()
    stranger: bool | None = False
    counted: str = ""
    account: str = ""
    number: int = 1
    condition: str = ""

    @property
    def whole(self) -> str:
        """The callers with all their conditions."""
        return f"{self.text} {self.condition}".strip()

    @property
    def assume(self) -> str:
        """The callers, what they can do, and on which conditions.

        Example:
            >>> PrincipalWords("the user ops", condition="if aws:SecureTransport is true").assume
            'the user ops can assume this role if aws:SecureTransport is true'
        """
        return f"{self.text} can assume this role {self.condition}".strip()
