"""The trees of a file in which conditions may come out in more than one way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from trust_widgets.readers import Entry, Tree

MOST_VARIANTS = 64


def variants(
    tree: Tree, possible: tuple[frozenset[str], ...] = ()
) -> Iterator[tuple[frozenset[str], Tree]]:
    """A tree for each way in which the conditions of its file may come out.

    Args:
        tree: it. possible: which conditions go together, where that is known.

    Yields:
        The conditions that were taken, in words, and the tree without choices.
    """
    choices = list(dict.fromkeys(_choices(tree)))
    count = 1
    kept = []
    for labels in choices:
        count *= len(labels)
        if count > MOST_VARIANTS:
            break
        kept.append(labels)
    for taken in product(*kept):
        if possible and not any(one.issuperset(taken) for one in possible):
            continue
        chosen = dict(zip(kept, taken, strict=True))
        yield frozenset(taken), _chosen(tree, chosen)


def _choices(tree: Tree) -> Iterator[tuple[str, ...]]:
    if tree.kind == "choice":
        yield tree.labels
    for item in tree.items:
        yield from _choices(item)
    for member in tree.members:
        yield from _choices(member.value)


def _chosen(tree: Tree, chosen: Mapping[tuple[str, ...], str]) -> Tree:
    if tree.kind == "choice":
        label = chosen.get(tree.labels, tree.labels[0])
        return _chosen(tree.items[tree.labels.index(label)], chosen)
    if not tree.items and not tree.members:
        return tree
    return replace(
        tree,
        items=tuple(_chosen(item, chosen) for item in tree.items),
        members=tuple(Entry(m.key, _chosen(m.value, chosen)) for m in tree.members),
    )
