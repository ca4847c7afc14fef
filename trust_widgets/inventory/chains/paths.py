"""`Paths`: the chains that were found, with a picture, a graph, and the cheapest cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from trust_widgets.inventory.arrow import Row
from trust_widgets.inventory.chains.hops import Hop
from trust_widgets.inventory.chains.picture import picture_of
from trust_widgets.inventory.inventory_tables import context_text
from trust_widgets.inventory.principals import KnownPrincipal
from trust_widgets.inventory.tables import Table
from trust_widgets.text.english import count_of
from trust_widgets.text.html import CARD, STILL, Html, image, tag

INSTALL = "pip install networkx"
SCOPE = (
    "Hops are AssumeRole, AssumeRoleWithWebIdentity, AssumeRoleWithSAML, passing a role to a"
    " service, and iam:UpdateAssumeRolePolicy. Other ways to gain permissions are not included."
)
COLUMNS: dict[str, type] = {
    "path": int,
    "hop": int,
    "source": str,
    "target": str,
    "kind": str,
    "action": str,
    "certain": str,
    "condition": str,
    "survives": str,
    "statement": int,
    "principal": str,
    "context": str,
}
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class AccessPath:
    """A chain of hops to a role.

    Args:
        hops: in order.
    """

    hops: tuple[Hop, ...]

    @property
    def start(self) -> str:
        """Where it begins: an ARN, `"outside"`, or `"account 666677778888"`."""
        return self.hops[0].source

    @property
    def target(self) -> str:
        """The ARN of the role that it reaches."""
        return self.hops[-1].target

    @property
    def certain(self) -> bool:
        """Whether each hop is possible for sure."""
        return all(hop.certain for hop in self.hops)

    @property
    def needs(self) -> tuple[str, ...]:
        """What it depends on, of all hops."""
        return tuple(dict.fromkeys(need for hop in self.hops for need in hop.needs))

    @property
    def nodes(self) -> tuple[str, ...]:
        """Where it goes through, start and target included."""
        return (self.start, *(hop.target for hop in self.hops))

    def __str__(self) -> str:
        sure = "" if self.certain else "may: "
        return sure + " -> ".join(map(short_name, self.nodes))

    def __len__(self) -> int:
        return len(self.hops)


def short_name(node: str) -> str:
    """A node for a line: of an ARN its name and account."""
    parts = node.split(":", 5)
    if len(parts) < 6:
        return node
    return f"{parts[5].rpartition('/')[2]} ({parts[4]})"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Paths:
    """The shortest chains that were found, those that are certain first.

    Args:
        paths: the chains. principals: all users and roles, by ARN.
        find_cut: finds the cheapest cut.
    """

    paths: tuple[AccessPath, ...]
    principals: Mapping[str, KnownPrincipal]
    find_cut: Callable[[], Any]

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[AccessPath]:
        return iter(self.paths)

    def __getitem__(self, index: int) -> AccessPath:
        return self.paths[index]

    @property
    def scope(self) -> str:
        """Which hops were looked at."""
        return SCOPE

    @property
    def table(self) -> Table:
        """A row for each hop of each path."""
        rows = [
            _row(n, m, hop) for n, path in _numbered(self.paths) for m, hop in _numbered(path.hops)
        ]
        return Table(COLUMNS, lambda: rows, lambda: len(rows))

    def cut(self) -> Any:
        """The fewest statements without which none of the targets is reached, proved: a search
        without them finds no path, and `compare` shows that nobody gains access.
        """
        return self.find_cut()

    def to_networkx(self) -> Any:
        """A directed graph of networkx: an edge for each hop.

        Raises:
            ImportError: without networkx, with what to install.
        """
        try:
            networkx = import_module("networkx")
        except ModuleNotFoundError:
            raise ImportError(f"the graph needs the package networkx. Run: {INSTALL}") from None
        graph = networkx.MultiDiGraph()
        for hop in dict.fromkeys(
            (h.source, h.target, h.kind, h.certain) for p in self for h in p.hops
        ):
            source, target, kind, certain = hop
            graph.add_edge(source, target, kind=str(kind), certain=certain)
        return graph

    def __repr__(self) -> str:
        lines = [str(path) for path in self.paths[:_SHOWN]]
        more = len(self) - len(lines)
        after = [f"and {more:,} more"] if more > 0 else []
        return "\n".join([self.summary, *lines, *after])

    @property
    def summary(self) -> str:
        """All in one line."""
        certain = sum(path.certain for path in self.paths)
        return f"{count_of(len(self), 'path')}, {certain:,} of them certain"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        cards = [_card(path) for path in self.paths[:_SHOWN]]
        more = len(self) - len(cards)
        if more > 0:
            after = [tag("p", f"and {more:,} more")]
        else:
            after = []
        hops = [hop for path in self.paths for hop in path.hops]
        if hops:
            picture = [image(picture_of(hops), self.summary)]
        else:
            picture = []
        page = tag(
            "div",
            tag("p", tag("b", self.summary)),
            *picture,
            *cards,
            *after,
            tag("p", SCOPE),
            style=STILL,
        )
        return {"text/plain": repr(self), "text/html": page}


def _card(path: AccessPath) -> Html:
    items = [tag("li", f"{hop.sentence} {hop.after.words}") for hop in path.hops]
    return tag("div", tag("p", tag("b", str(path))), tag("ol", *items), style=CARD)


def _numbered(items: tuple[Any, ...]) -> Iterator[tuple[int, Any]]:
    return enumerate(items, 1)


def _row(path: int, number: int, hop: Hop) -> Row:
    witness = hop.witness
    return (
        path,
        number,
        hop.source,
        hop.target,
        str(hop.kind),
        hop.action,
        "yes" if hop.certain else "may",
        hop.condition,
        hop.after.words,
        hop.statement + 1,
        "" if witness is None else witness.principal,
        "" if witness is None else context_text(witness),
    )
