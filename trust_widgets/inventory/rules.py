"""`Rule`: what roles have to keep, and which roles it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from trust_widgets.aws.principal_forms import kind_for
from trust_widgets.inventory.analysis import NO
from trust_widgets.policy import parse

if TYPE_CHECKING:
    from trust_widgets.inventory.inventory_role import InventoryRole

OWN = "own account"
OWN_ID = "${account}"
_SAMPLE = "111122223333"
_LISTS = ("only", "accounts", "paths", "roles")


@dataclass(frozen=True)
class Rule:
    """A rule, and the roles that it is for. At least one of the first four is given.

    Args:
        external: `"no"`: nobody outside can assume the role.
        only: no others can: account IDs, ARNs of users and roles, services, ARNs of identity
            providers, or `"own account"`.
        never_wider_than: the role allows nobody whom this trust policy does not.
        unreachable_from: no chain leads to the role from there: `"outside"`, `"users"`, a name.
        name: of the rule.
        accounts, paths, roles: which roles it is for; the last two are patterns.
        tags: tags that they have, values with `*` and `?`.
        may_match_none: whether there may be no such role.

    In `only` and `never_wider_than`, `${account}` is the role's own account.
    """

    external: str = ""
    only: tuple[str, ...] | None = None
    never_wider_than: Any = None
    unreachable_from: str = ""
    name: str = ""
    accounts: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    may_match_none: bool = False

    def __post_init__(self) -> None:
        for name in _LISTS:
            object.__setattr__(self, name, _texts(name, getattr(self, name)))
        if self.external not in ("", NO):
            raise ValueError(f'external: write external="no", not {self.external!r}')
        given = (self.external, self.only is not None, self.never_wider_than, self.unreachable_from)
        if not any(given):
            raise ValueError(
                'a rule expects nothing. Write external="no", '
                "only=[...], never_wider_than=policy, or"
                ' unreachable_from="outside"'
            )
        _check_tags(self.tags)
        for caller in self.only or ():
            _check_caller(caller)
        if self.never_wider_than:
            _check_policy(self.never_wider_than)

    def is_for(self, role: InventoryRole) -> bool:
        """Whether a role is one of those that the rule is for."""
        stored = role.stored
        tags = dict(stored.tags)
        return (
            (not self.accounts or role.account in self.accounts)
            and _fits(stored.own.path, self.paths)
            and _fits(role.name, self.roles)
            and all(fnmatchcase(tags.get(key, ""), value) for key, value in self.tags.items())
        )

    @property
    def title(self) -> str:
        """Its name, or what it expects."""
        if self.name:
            return self.name
        parts = [
            "no external access" if self.external else "",
            f"only {', '.join(self.only)}" if self.only is not None else "",
            "no more access than a policy" if self.never_wider_than else "",
            f"unreachable from {self.unreachable_from}" if self.unreachable_from else "",
        ]
        return ", ".join(filter(None, parts))


def _texts(name: str, value: Any) -> tuple[str, ...] | None:
    """A list of texts, which may be given as one text."""
    if value is None or isinstance(value, str):
        if value is None:
            return None
        return (value,)
    try:
        values = tuple(value)
    except TypeError:
        values = (value,)
    for each in values:
        if not isinstance(each, str):
            raise ValueError(f'{name}: write "{each}", in quotation marks')
    return values


def _check_tags(tags: Any) -> None:
    if not isinstance(tags, Mapping):
        raise ValueError('tags: write tags={"env": "prod"}')
    for key, value in tags.items():
        if not isinstance(value, str):
            raise ValueError(f'tags: write the value of {key!r} in quotation marks, "{value}"')


def _check_caller(caller: str) -> None:
    if caller == OWN:
        return
    sample = caller.replace(OWN_ID, _SAMPLE)
    if kind_for(sample) is None:
        raise ValueError(
            f"only: {caller!r} is not an account, user, role, service or identity provider. Write"
            ' "own account", "111122223333", "ec2.amazonaws.com" or an ARN'
        )


def _check_policy(given: Any) -> None:
    try:
        parse(given)
    except ValueError as error:
        raise ValueError(f"never_wider_than: {error}") from None


def _fits(text: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or any(fnmatchcase(text, pattern) for pattern in patterns)


def rule_from_given(given: Mapping[str, Any]) -> Rule:
    """A rule from arguments.

    Raises:
        ValueError: for a name that there is not, and for a rule that expects nothing.
    """
    known = {each.name for each in fields(Rule)}
    for name in given:
        if name not in known:
            raise ValueError(
                f"a rule has no setting {name!r}. Its settings are {', '.join(sorted(known))}"
            )
    return Rule(**given)
