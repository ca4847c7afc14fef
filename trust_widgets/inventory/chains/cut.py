"""The cheapest cut: the fewest statements without which no chain is left, with its proof."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from trust_widgets.access import Comparison, compare
from trust_widgets.explain import number_of
from trust_widgets.inventory.chains.hops import ACTIONS, Hop, HopKind
from trust_widgets.inventory.chains.paths import AccessPath, short_name
from trust_widgets.inventory.chains.search import Graph
from trust_widgets.inventory.principals import KnownPrincipal
from trust_widgets.policy import Home, TrustPolicy
from trust_widgets.text.english import count_of, listed

_SOURCE, _SINK = ("", "source"), ("", "sink")
Node = tuple[str, str]
HopKey = tuple[str, str, HopKind]
Unit = tuple[str, int]
"""A statement of a trust policy: the role's ARN and the index."""
_INFINITE = 1 << 30
MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Narrowing:
    """A statement that is used out of a trust policy.

    Args:
        role: the ARN. statement: the index.
        comparison: of the trust policy with the one that is left: nobody gains access.
    """

    role: str
    statement: int
    comparison: Comparison


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Cut:
    """The fewest statements without which no chain is left.

    Args:
        narrowings: the statements, by role.
        paths_before: the chains that are cut.
        paths_after: what a search without the statements finds; none.
        permissions: what has to be taken from callers, since no trust policy can cut it: the one
            who may rewrite a trust policy needs no statement of it.
    """

    narrowings: tuple[Narrowing, ...]
    paths_before: tuple[AccessPath, ...]
    paths_after: tuple[AccessPath, ...]
    permissions: tuple[str, ...] = ()

    @property
    def proved(self) -> bool:
        """Whether no chain is left and nobody gains access by the change."""
        gains = [each.comparison.gained.found for each in self.narrowings]
        return not self.paths_after and all(gained is False for gained in gains)

    @property
    def sentence(self) -> str:
        """The cut in words."""
        count = count_of(len(self.paths_before), "path")
        parts = [
            f"{number_of(('Statement', each.statement)).lower()} of {short_name(each.role)}"
            for each in self.narrowings
        ]
        parts += [f"the permission {each}" for each in self.permissions]
        if not parts:
            return "There is no path to cut."
        return f"Narrow {listed(parts)}. This removes {count}."

    def __repr__(self) -> str:
        if self.proved:
            return self.sentence
        return f"{self.sentence} This is not proved."


class RepeatableSearch(Protocol):
    """A search for chains that can be made again."""

    principals: dict[str, KnownPrincipal]
    starts: tuple[str, ...]
    home: Home

    def graph(self) -> Graph: ...

    def found(self) -> tuple[AccessPath, ...]: ...

    def is_target(self, arn: str) -> bool: ...

    def without(
        self, units: Collection[Unit], cut: Collection[HopKey] = ()
    ) -> RepeatableSearch: ...


def trust_without(trust: TrustPolicy, gone: Collection[int]) -> TrustPolicy:
    """A trust policy without some of its statements."""
    kept = tuple(each for n, each in enumerate(trust.statements) if n not in gone)
    return replace(trust, statements=kept)


def cheapest_cut(finder: RepeatableSearch) -> Cut:
    """The cut of all chains between a search's starts and targets, those that are not certain
    included.

    A minimum cut of the graph in which each statement is a node is used. A role that trusts the
    same callers by another statement appears at the next search, which is made until no chain is
    left.
    """
    before = finder.found()
    units: set[Unit] = set()
    cut: set[HopKey] = set()
    hops: list[Hop] = []
    left = before
    for _ in range(MOST_ROUNDS):
        if not left:
            break
        hops += _all_hops(finder.without(units, cut))
        units, cut = _minimum(finder, hops)
        left = finder.without(units, cut).found()
    arns = sorted({arn for arn, _ in units})
    groups = [_narrowing(finder, arn, units) for arn in arns]
    flat = tuple(each for group in groups for each in group)
    actions = tuple(_permission_words(key) for key in sorted(cut))
    return Cut(flat, before, left, actions)


def _permission_words(key: HopKey) -> str:
    source, target, kind = key
    return f"{ACTIONS[kind]} of {short_name(source)} on {short_name(target)}"


def _all_hops(finder: RepeatableSearch) -> Iterator[Hop]:
    """Each hop that a chain from a start may use."""
    graph = finder.graph()
    finder.found()  # fills the graph
    for hops in graph.known_hops():
        yield from hops


def _minimum(finder: RepeatableSearch, hops: list[Hop]) -> tuple[set[Unit], set[HopKey]]:
    """The statements of a minimum cut, and the hops where no statement can be cut."""
    capacity: dict[Node, dict[Node, int]] = defaultdict(dict)
    names: dict[Node, Hop] = {}
    for hop in hops:
        if hop.statement >= 0:
            unit = f"{hop.target}#{hop.statement}"
        else:
            unit = str(hop.key)
        begin, end = (unit, "in"), (unit, "out")
        names[begin] = hop
        capacity[hop.source, "node"][begin] = _INFINITE
        capacity[begin][end] = 1
        capacity[end][hop.target, "node"] = _INFINITE
    for start in finder.starts:
        capacity[_SOURCE][start, "node"] = _INFINITE
    for target in {hop.target for hop in hops if finder.is_target(hop.target)}:
        if target not in finder.starts:
            capacity[target, "node"][_SINK] = _INFINITE
    reached = _reached_after_flow(capacity)
    found = [hop for at, hop in names.items() if at in reached and (at[0], "out") not in reached]
    units = {(hop.target, hop.statement) for hop in found if hop.statement >= 0}
    return units, {hop.key for hop in found if hop.statement < 0}


def _reached_after_flow(capacity: dict[Node, dict[Node, int]]) -> set[Node]:
    """What is reached from the source once the flow to the sink is as large as it can be."""
    while True:
        before = _search(capacity)
        if _SINK not in before:
            return set(before)
        node, least = _SINK, _INFINITE
        while node != _SOURCE:
            least = min(least, capacity[before[node]][node])
            node = before[node]
        node = _SINK
        while node != _SOURCE:
            previous = before[node]
            capacity[previous][node] -= least
            capacity[node][previous] = capacity[node].get(previous, 0) + least
            node = previous


def _search(capacity: dict[Node, dict[Node, int]]) -> dict[Node, Node]:
    before = {_SOURCE: _SOURCE}
    queue = deque([_SOURCE])
    while queue:
        node = queue.popleft()
        for other, left in list(capacity[node].items()):
            if left > 0 and other not in before:
                before[other] = node
                queue.append(other)
    return before


def _narrowing(finder: RepeatableSearch, arn: str, units: set[Unit]) -> tuple[Narrowing, ...]:
    """The statements that are taken out of one role's trust policy, each compared."""
    trust = finder.principals[arn].trust
    assert trust is not None  # its statements are cut
    home = replace(finder.home, role=arn)
    gone = sorted(index for other, index in units if other == arn)
    comparison = compare(trust, trust_without(trust, gone), home)
    return tuple(Narrowing(arn, index, comparison) for index in gone)
