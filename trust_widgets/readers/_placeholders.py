"""Texts with placeholders that a tool fills in: `${name}`, `{{ name }}`, `$NAME`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from trust_widgets.readers._tree import Hole, Tree, concatenated, is_hole, not_told, text_of_scalar

# What Jinja, Helm and CloudFormation's dynamic references put in, and the Serverless Framework.
IN_TEMPLATES = re.compile(
    r"\{\{-?\s*([^{}]+?)\s*-?\}\}"
    r"|\$\{((?:self|opt|env|param|file|ssm|cf|sls|s3|output|terraform|git|vault)[:(][^{}]*)\}"
)
# Functions of org-formation, which are written as texts.
_ORGANIZATION = re.compile(r"(?:^|[ \"'])Fn::(?:EnumTarget\w+|TargetCount)\b")
_DEEPEST = 8
# What a placeholder represents; `None` for one that is no placeholder after all.
Resolve = Callable[[str, Hole], Tree | None]


def with_unknown(text: Tree) -> Tree:
    """A text whose placeholders are not known; one may be in another."""
    if text.is_text and _ORGANIZATION.search(str(text.value)):
        shown = " ".join(str(text.value).split())
        return not_told(Hole(shown, text.start, text.end))
    for _ in range(_DEEPEST):
        if not text.is_text or not IN_TEMPLATES.search(str(text.value)):
            break
        text = with_holes(text, IN_TEMPLATES, _unknown)
    return text


def _unknown(expression: str, hole: Hole) -> Tree:
    shown = "".join("..." if is_hole(char) else char for char in expression)
    return not_told(hole._replace(expression=shown))


def with_holes(text: Tree, pattern: re.Pattern[str], resolve: Resolve) -> Tree:
    """A text with what its placeholders represent.

    Args:
        text: it. pattern: a placeholder, whose first group is its expression.
        resolve: gets the expression, and what it is when it is not known.
    """
    written = str(text.value)
    parts, begin = list[Tree](), 0
    for mark in pattern.finditer(written):
        spot = cut(text, mark.start(), mark.end())
        written_in = next(filter(None, mark.groups()), mark[0])
        expression = " ".join(written_in.split())
        value = resolve(expression, Hole(expression, spot.start, spot.end))
        if value is None:
            continue
        parts.append(cut(text, begin, mark.start()))
        parts.append(_written(value, spot))
        begin = mark.end()
    if not parts:
        return text
    parts.append(cut(text, begin, len(written)))
    alone = [part for part in parts if part.kind != "scalar" or part.value != ""]
    if len(alone) == 1:  # a value of any type
        return alone[0].placed(text.start, text.end)
    return concatenated(parts, text.start, text.end)


def _written(value: Tree, spot: Tree) -> Tree:
    if value.kind == "scalar" and not value.is_text:
        return replace(
            value,
            value=text_of_scalar(value.value),
            start=spot.start,
            end=spot.end,
        )
    if value.kind == "scalar":
        return replace(value, start=spot.start, end=spot.end, places=None)
    return value


def cut(text: Tree, start: int, end: int) -> Tree:
    """Some characters of a text."""
    value = str(text.value)
    if any(map(is_hole, value[start:end])):
        holes = text.holes
    else:
        holes = ()
    if text.places is None or len(text.places) != len(value) + 1:
        return replace(text, value=value[start:end], holes=holes)
    places = text.places[start : end + 1]
    return replace(
        text, start=places[0], end=places[-1], value=value[start:end], places=places, holes=holes
    )


def told(value: Tree | None, hole: Hole) -> Tree:
    """A value, or the hole where there is none."""
    if value is None:
        return not_told(hole)
    return value
