"""The ARNs of callers that policies name, which are therefore analyzed separately."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.access.value_kinds import TEXT
from trust_widgets.access.value_sets import ValueSet
from trust_widgets.text.tokens import ANY, Glob, GlobItem, tokens_of_text

_RUN = GlobItem(ANY, True)


class NamedArns:
    """ARNs of some accounts, or of some names in one account.

    Args:
        before: what comes before the account or the path.
        accounts: the accounts; or
        names: the names of roles or users, each with any path.

    Example:
        >>> roles = NamedArns("arn:aws:iam::111122223333:role/", names=["app"])
        >>> roles.has("arn:aws:iam::111122223333:role/team/app")
        True
        >>> roles.has("arn:aws:iam::111122223333:role/app-2")
        False
    """

    def __init__(
        self, before: str, *, accounts: Iterable[str] = (), names: Iterable[str] = ()
    ) -> None:
        self.before = before
        self.accounts = dict.fromkeys(accounts)
        self.names = dict.fromkeys(names)

    def __bool__(self) -> bool:
        return bool(self.accounts or self.names)

    def with_accounts(self, accounts: Iterable[str]) -> NamedArns:
        """These, and those of more accounts."""
        return NamedArns(self.before, accounts=(*self.accounts, *accounts), names=self.names)

    def has(self, arn: str) -> bool:
        """Whether an ARN is one of them."""
        if not arn.startswith(self.before):
            return False
        rest = arn[len(self.before) :]
        account, colon, _ = rest.partition(":")
        if colon and account in self.accounts:
            return True
        return rest.rpartition("/")[2] in self.names

    @property
    def value_set(self) -> ValueSet:
        """The same, as the values of a condition on the ARN."""
        return ValueSet(TEXT, (self.has,), tuple(self._globs()))

    def _globs(self) -> Iterator[Glob]:
        before = tokens_of_text(self.before)
        for account in self.accounts:
            yield (*before, *tokens_of_text(f"{account}:"), _RUN)
        for name in self.names:
            yield (*before, *tokens_of_text(name))
            yield (*before, _RUN, *tokens_of_text(f"/{name}"))


NOBODY = NamedArns("")
