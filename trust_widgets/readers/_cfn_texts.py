"""Texts of CloudFormation: pieces of them, and pieces put together."""

from __future__ import annotations

from dataclasses import replace

from trust_widgets.readers._tree import Tree, concatenated, unknown
from trust_widgets.readers._tree_contents import unknown_holes

_MOST_CHOICES = 16


def joined(parts: list[Tree], at: Tree) -> Tree:
    """Texts one after the other; with choices in them, a choice of texts."""
    choices = list(dict.fromkeys(part.labels for part in parts if part.kind == "choice"))
    if not choices:
        made = concatenated(parts, at.start, at.end)
        if made.kind == "scalar":
            return replace(made, places=None)
        return made
    labels = choices[0]
    if len(choices) > _MOST_CHOICES:
        return unknown(
            at.start,
            at.end,
            [h for part in parts for h in unknown_holes(part)],
        )
    items = []
    for number in range(len(labels)):
        chosen = [part.items[number] if part.labels == labels else part for part in parts]
        items.append(joined(chosen, at))
    return Tree(at.start, at.end, "choice", items=tuple(items), labels=labels)


def cut(text: Tree, start: int, end: int) -> Tree:
    """Some characters of a text."""
    value = str(text.value)
    if text.places is None or len(text.places) != len(value) + 1:
        return _with_holes(text, value[start:end])
    places = text.places[start : end + 1]
    cut = replace(text, start=places[0], end=places[-1], places=places)
    return _with_holes(cut, value[start:end])


def _with_holes(text: Tree, value: str) -> Tree:
    """A part of a text, which keeps the numbers of all of the text's holes."""
    return replace(text, value=value, tag="")
