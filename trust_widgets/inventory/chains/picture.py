"""A picture of chains: columns by the number of hops, colored by account; it shows without a
kernel.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from trust_widgets.inventory.chains.hops import Hop
from trust_widgets.text.html import Html, tag

MOST_NODES = 60
_WIDTH, _HEIGHT, _GAP = 190, 26, 70
_COLORS = ("#3f6ea8", "#3b7d4f", "#6d5e8c", "#a8871f", "#8a4b5e", "#4b7f8a")
_LONGEST = 24
Edge = tuple[str, str, bool]
"""Who reaches, what is reached, and whether that is certain."""


def picture_of(hops: Sequence[Hop]) -> Html:
    """The nodes of some chains with arrows between them; accounts in place of roles where there
    are too many.
    """
    edges = list(dict.fromkeys((hop.source, hop.target, hop.certain) for hop in hops))
    nodes = {node for source, target, _ in edges for node in (source, target)}
    if len(nodes) > MOST_NODES:
        accounts = ((_account(a), _account(b), certain) for a, b, certain in edges)
        edges = [edge for edge in dict.fromkeys(accounts) if edge[0] != edge[1]]
    depths = _depths(edges)
    places = _places(depths, edges)
    width = max((x for x, _ in places.values()), default=0) + _WIDTH + 4
    height = max((y for _, y in places.values()), default=0) + _HEIGHT + 4
    colors = _colors(depths)
    lines = [_line(edge, depths, places) for edge in edges]
    boxes = [_box(node, places[node], colors[_account(node)]) for node in depths]
    return tag(
        "svg",
        tag("title", "Who reaches which role"),
        *lines,
        *boxes,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        style=f"width: 100%; max-width: {width}px; font: 12px sans-serif",
    )


def _account(node: str) -> str:
    parts = node.split(":", 5)
    if len(parts) == 6:
        return parts[4]
    return node


def _depths(edges: Sequence[Edge]) -> dict[str, int]:
    """The column of each node: its distance from where chains begin."""
    targets = {target for _, target, _ in edges}
    depth = {source: 0 for source, _, _ in edges if source not in targets}
    for _ in range(len(edges)):
        before = dict(depth)
        for source, target, _ in edges:
            depth.setdefault(source, 0)
            if target not in before:
                depth[target] = max(depth.get(target, 0), depth[source] + 1)
        if before == depth:
            break
    return depth


def _stops(edge: Edge, depths: dict[str, int]) -> list[str]:
    """The two nodes of an arrow, and a place in each column between, where it passes the boxes."""
    source, target, _ = edge
    between = range(depths[source] + 1, depths[target])
    return [source, *(f"{column} {source} {target}" for column in between), target]


def _places(depths: dict[str, int], edges: Sequence[Edge]) -> dict[str, tuple[int, int]]:
    """The corner of each node, and below the nodes of a column of each arrow that passes it."""
    columns: dict[int, list[str]] = defaultdict(list)
    for node in sorted(depths, key=lambda node: (depths[node], _account(node), node)):
        columns[depths[node]].append(node)
    for edge in edges:
        for number, stop in enumerate(_stops(edge, depths)[1:-1], depths[edge[0]] + 1):
            columns[number].append(stop)
    places = {}
    for number, column in columns.items():
        for row, node in enumerate(dict.fromkeys(column)):
            places[node] = (2 + number * (_WIDTH + _GAP), 2 + row * (_HEIGHT + 10))
    return places


def _colors(nodes: Iterable[str]) -> dict[str, str]:
    accounts = sorted({_account(node) for node in nodes})
    return {account: _COLORS[n % len(_COLORS)] for n, account in enumerate(accounts)}


def _box(node: str, place: tuple[int, int], color: str) -> Html:
    x, y = place
    if "/" in node:
        name = node.rpartition("/")[2]
    else:
        name = node
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    return tag(
        "g",
        tag("title", node),
        tag(
            "rect",
            x=str(x),
            y=str(y),
            width=str(_WIDTH),
            height=str(_HEIGHT),
            rx="4",
            style=f"fill: {color}",
        ),
        tag("text", shown, x=str(x + 8), y=str(y + 17), style="fill: #ffffff"),
    )


def _line(edge: Edge, depths: dict[str, int], places: dict[str, tuple[int, int]]) -> Html:
    """An arrow from one node to another, on a level where it passes a column between."""
    curve = ""
    for start, end in pairwise(places[stop] for stop in _stops(edge, depths)):
        x1, y1 = start[0] + _WIDTH, start[1] + _HEIGHT // 2
        x2, y2 = end[0], end[1] + _HEIGHT // 2
        middle = (x1 + x2) // 2
        begin = f"L{x1} {y1}" if curve else f"M{x1} {y1}"
        curve += f"{begin} C{middle} {y1} {middle} {y2} {x2} {y2} "
    dashes = "" if edge[2] else "; stroke-dasharray: 4 3"
    head = f"M{x2 - 6} {y2 - 4} L{x2} {y2} L{x2 - 6} {y2 + 4}"
    return tag(
        "path", d=f"{curve}{head}", style=f"fill: none; stroke: #8a8a8a; stroke-width: 1.5{dashes}"
    )
