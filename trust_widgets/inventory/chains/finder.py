"""Finds chains in an inventory, also without some statements of trust policies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from trust_widgets.inventory.chains.cut import HopKey, Unit, cheapest_cut, trust_without
from trust_widgets.inventory.chains.entries import OUTSIDE, entries_of
from trust_widgets.inventory.chains.hops import Hop
from trust_widgets.inventory.chains.paths import AccessPath, Paths
from trust_widgets.inventory.chains.search import Graph, shortest_chains
from trust_widgets.inventory.principals import USER, Book, KnownPrincipal
from trust_widgets.policy import DocumentError, Home, TrustPolicy, parse

if TYPE_CHECKING:
    from trust_widgets.inventory.inventory import Inventory

USERS = "users"
MOST_HOPS = 8
_NAMED = "account "


def principals_of(inventory: Inventory, book: Book) -> dict[str, KnownPrincipal]:
    """All users and roles of an inventory, by ARN."""
    found = {arn: book.user(arn) for arn in book.users}
    for role in inventory:
        if role.arn:
            found[role.arn] = replace(book.role(role.arn, _trust(role.text)), tags=role.stored.tags)
    return found


def _trust(text: str) -> TrustPolicy | None:
    try:
        if text:
            return parse(text)
        return None
    except DocumentError:
        return None


@dataclass
class Finder:
    """A search that can be made again.

    Args:
        principals: by ARN. entries: from outside, by source.
        starts: where chains begin. targets: ARNs that they end at; `None` for all roles.
        home: what is the reader's own. most_hops: no chain is longer.
        cut: hops that are left out. decided: of callers and roles, by earlier searches.
    """

    principals: dict[str, KnownPrincipal]
    entries: dict[str, tuple[Hop, ...]]
    starts: tuple[str, ...]
    targets: frozenset[str] | None
    home: Home
    most_hops: int = MOST_HOPS
    cut: frozenset[HopKey] = frozenset()
    decided: dict[Any, Any] = field(default_factory=dict, repr=False)
    _graph: Graph | None = field(default=None, repr=False)

    def graph(self) -> Graph:
        """The graph of all hops."""
        if self._graph is None:
            organizations = {}
            if self.home.organization:
                accounts = {each.account for each in self.principals.values()}
                own = accounts & set(self.home.accounts)
                organizations = dict.fromkeys(own, self.home.organization)
            day, cut = self.home.day, self.cut
            self._graph = Graph(
                self.principals, self.entries, organizations, day, cut, self.decided
            )
        return self._graph

    def found(self) -> tuple[AccessPath, ...]:
        """The chains, those that are certain first, then the shortest."""
        chains = shortest_chains(self.graph(), self.starts, self.is_target, self.most_hops)
        paths = [AccessPath(chain) for chain in chains]
        return tuple(sorted(paths, key=lambda path: (not path.certain, len(path), path.nodes)))

    def paths(self) -> Paths:
        """The chains as a person sees them."""
        return Paths(self.found(), self.principals, lambda: cheapest_cut(self))

    def is_target(self, arn: str) -> bool:
        """Whether a role is one that chains end at."""
        return self.targets is None or arn in self.targets

    def without(self, units: Collection[Unit], cut: Collection[HopKey] = ()) -> Finder:
        """The same search where these statements and hops are gone."""
        principals = dict(self.principals)
        for arn in {arn for arn, _ in units}:
            role = principals[arn]
            if role.trust is not None:
                gone = {index for other, index in units if other == arn}
                principals[arn] = replace(role, trust=trust_without(role.trust, gone))
        entries = {source: _kept(hops, units) for source, hops in self.entries.items()}
        return replace(
            self, principals=principals, entries=entries, cut=frozenset(cut), _graph=None
        )


def _kept(hops: Iterable[Hop], units: Collection[Unit]) -> tuple[Hop, ...]:
    """The hops that no statement which is gone allowed."""
    return tuple([hop for hop in hops if (hop.target, hop.statement) not in units])


def finder_of(
    inventory: Inventory,
    book: Book,
    to: object,
    start: object,
    most_hops: int,
) -> Finder:
    """A search as a person asks for it.

    Raises:
        ValueError: for a start or a target that there is not.
    """
    principals = principals_of(inventory, book)
    accounts = {each.account for each in principals.values()} | set(inventory.home.accounts)
    entries = entries_of(inventory, accounts)
    starts = _starts(start, principals, entries)
    if to is None:
        targets = None
    else:
        targets = frozenset(_targets(to, inventory, principals))
    return Finder(principals, entries, starts, targets, inventory.home, most_hops)


def _starts(
    start: object, principals: dict[str, KnownPrincipal], entries: dict[str, tuple[Hop, ...]]
) -> tuple[str, ...]:
    found: list[str] = []
    for one in _each(start):
        if one == OUTSIDE:
            found += sorted(entries, key=lambda source: (source != OUTSIDE, source))
        elif one == USERS:
            found += [arn for arn, each in principals.items() if each.kind == USER]
        else:
            found.append(_arn_of(one, principals, lambda _: True))
    return tuple(dict.fromkeys(found))


def _targets(
    to: object, inventory: Inventory, principals: dict[str, KnownPrincipal]
) -> Iterable[str]:
    if callable(to):
        return [role.arn for role in inventory if role.arn and to(role)]
    return [_arn_of(one, principals, lambda each: each.kind != USER) for one in _each(to)]


def _each(given: Any) -> tuple[Any, ...]:
    if isinstance(given, str):
        return (given,)
    return tuple(given)


def _arn_of(
    name: str, principals: dict[str, KnownPrincipal], fits: Callable[[KnownPrincipal], bool]
) -> str:
    if name in principals and fits(principals[name]):
        return name
    found = [arn for arn, each in principals.items() if each.name == name and fits(each)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(
            f"{len(found)} roles or users are named {name!r}. Write the ARN, like {found[0]}"
        )
    raise ValueError(
        f"there is no user or role {name!r} in this inventory. A "
        "start can also be 'outside' or 'users'"
    )
