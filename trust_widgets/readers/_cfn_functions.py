"""CloudFormation's intrinsic functions.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.readers._cfn_conditions import labels_of
from trust_widgets.readers._cfn_resources import attribute_of
from trust_widgets.readers._cfn_texts import cut, joined
from trust_widgets.readers._tree import (
    FIRST_HOLE,
    Hole,
    Tree,
    concatenated,
    from_plain,
    not_told,
    scalar,
    text_of_scalar,
    unknown,
)
from trust_widgets.readers._tree_contents import is_known, unknown_holes

if TYPE_CHECKING:
    from trust_widgets.readers._cfn import Template

_IN_SUB = re.compile(r"\$\{(!?)([^{}]*)\}")


def _ref(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    name = argument.known_text
    if name:
        return template.ref(name, argument)
    return template.hole(at)


def _get_att(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind == "list" and len(argument.items) == 2:
        first, second = argument.items
        return attribute_of(template, first.known_text, second.known_text, at)
    name, _, attribute = argument.known_text.partition(".")
    return attribute_of(template, name, attribute, argument)


def _sub(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.is_text:
        return sub(template, argument, None, argument, depth)
    if argument.kind == "list" and argument.items and argument.items[0].is_text:
        if len(argument.items) > 1:
            names = argument.items[1]
        else:
            names = None
        return sub(template, argument.items[0], names, argument.items[0], depth)
    return template.hole(at)


def _join(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind != "list" or len(argument.items) != 2:
        return template.hole(at)
    separator = argument.items[0]
    values = template.value(argument.items[1], depth)
    if values.kind != "list":
        return unknown(at.start, at.end, unknown_holes(values) or template.hole(at).holes)
    parts = list[Tree]()
    for value in values.items:
        if value.kind == "absent":
            continue
        parts += [separator, value] if parts else [value]
    return joined(parts, at)


def _if(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind != "list" or len(argument.items) != 3:
        return template.hole(at)
    condition, first, second = argument.items
    name = condition.known_text
    labels = labels_of(name)
    items = (template.value(first, depth), template.value(second, depth))
    return Tree(at.start, at.end, "choice", items=items, labels=labels)


def _select(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind == "list" and len(argument.items) == 2:
        index = text_of_scalar(template.value(argument.items[0], depth).value)
        values = template.value(argument.items[1], depth)
        if values.kind == "list" and index.isdecimal() and len(index) < 6:
            if int(index) < len(values.items):
                return values.items[int(index)]
        if unknown_holes(values):
            return unknown(at.start, at.end, unknown_holes(values))
    return template.hole(at)


def _split(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    if argument.kind == "list" and len(argument.items) == 2:
        separator = argument.items[0].known_text
        text = template.value(argument.items[1], depth)
        if separator and is_known(text) and text.is_text:
            parts = str(text.value).split(separator)
            return from_plain(parts, at.start, at.end, text.defaults)
        if unknown_holes(text):
            return unknown(at.start, at.end, unknown_holes(text))
    return template.hole(at)


def _find_in_map(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    items = argument.items
    if argument.kind != "list" or len(items) < 3 or template.mappings is None:
        return template.hole(at)
    keys = [_own_key(template.value(item, depth)) for item in items[:3]]
    names = [str(key.value) for key in keys if key.is_text and is_known(key)]
    if len(names) < len(keys):
        holes = [hole for key in keys for hole in unknown_holes(key)]
        return unknown(
            at.start,
            at.end,
            holes or template.hole(at).holes,
        )
    found = template.mappings.at(*names)
    if found is None:
        found = _default_of_map(items)
    if found is None:
        return template.hole(at)
    value = template.value(found, depth)
    for key in keys:
        value = value.resting_on(key.defaults)
    return value.placed(at.start, at.end)


def _default_of_map(items: tuple[Tree, ...]) -> Tree | None:
    """What `Fn::FindInMap` gives for a key that is not there."""
    if len(items) != 4:
        return None
    return items[3].member("DefaultValue")


def _own_key(key: Tree) -> Tree:
    """A key of a mapping; that of the partition is the usual one."""
    if key.is_text and len(key.holes) == 1 and key.holes[0].own == "partition":
        return replace(
            key,
            value=str(key.value).replace(chr(FIRST_HOLE), "aws"),
            holes=(),
        )
    return key


def _to_json(template: Template, argument: Tree, at: Tree, depth: int) -> Tree:
    return Tree(
        at.start,
        at.end,
        "json",
        items=(template.value(argument, depth),),
    )


FUNCTIONS: dict[str, Callable[[Template, Tree, Tree, int], Tree]] = {
    "Ref": _ref,
    "GetAtt": _get_att,
    "Sub": _sub,
    "Join": _join,
    "If": _if,
    "Select": _select,
    "Split": _split,
    "FindInMap": _find_in_map,
    "ToJsonString": _to_json,
}


def sub(
    template: Template,
    text: Tree,
    names: Tree | None,
    at: Tree,
    depth: int,
) -> Tree:
    """`Fn::Sub`: a text with `${Name}` in it."""
    written = str(text.value)
    parts, begin = list[Tree](), 0
    for mark in _IN_SUB.finditer(written):
        parts.append(cut(text, begin, mark.start()))
        begin = mark.end()
        if mark[1]:  # "${!Name}" is the text "${Name}"
            parts.append(scalar(f"${{{mark[2]}}}", text.start, text.end))
            continue
        spot = cut(text, mark.start(), mark.end())
        parts.append(_named(template, mark[2].strip(), names, spot, depth))
    if not parts:
        return text
    parts.append(cut(text, begin, len(written)))
    if any(part.kind == "choice" for part in parts):
        return joined(parts, at)
    return concatenated(parts, at.start, at.end)


def _named(
    template: Template,
    name: str,
    names: Tree | None,
    at: Tree,
    depth: int,
) -> Tree:
    given = names.member(name) if names is not None else None
    if given is not None:
        value = template.value(given, depth)
    elif "." in name:
        resource, _, attribute = name.partition(".")
        value = attribute_of(template, resource, attribute, at)
    else:
        value = template.ref(name, at)
    if value.kind in ("list", "object", "absent"):
        return not_told(Hole(name, at.start, at.end))
    return replace(value.placed(at.start, at.end), places=None)
