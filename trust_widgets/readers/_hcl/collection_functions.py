"""Terraform's functions of collections, which keep what they are given, with its places.

https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

from trust_widgets.readers._document import tree_of_text
from trust_widgets.readers._hcl.calls import Call, FunctionFails
from trust_widgets.readers._hcl.item_functions import ITEMS
from trust_widgets.readers._hcl.values import (
    SET,
    not_known,
    whole_number,
    without_repeats,
)
from trust_widgets.readers._tree import Entry, Tree, listed, mapped, text_of_scalar
from trust_widgets.readers._tree_contents import is_known, plain

_LONGEST_PRODUCT = 1000


def _encoded(call: Call) -> Tree:
    return Tree(
        call.at.start,
        call.at.end,
        "json",
        items=call.arguments[:1],
    )


def _decoded(call: Call) -> Tree:
    (text,) = call.arguments
    if text.kind == "json":
        return text.items[0]
    if not text.is_text:
        return call.not_known
    read = tree_of_text(text)
    if read is not None:
        return read.resting_on(text.defaults)
    if text.holes:
        return call.not_known
    raise FunctionFails(call.expression)


def _same(call: Call) -> Tree:
    return call.arguments[0]


def _listed(call: Call) -> Tree:
    (one,) = call.arguments
    if one.kind == "list":
        return replace(one, tag="")
    return call.not_known


def _distinct(call: Call) -> Tree:
    one = call.items()
    return replace(one, items=without_repeats(one.items))


def _as_set(call: Call) -> Tree:
    return replace(_distinct(call), tag=SET)


def _without(call: Call) -> Tree:
    return _kept(call, is_wanted=False)


def _shared(call: Call) -> Tree:
    return _kept(call, is_wanted=True)


def _kept(call: Call, is_wanted: bool) -> Tree:
    """The items of the first set that are, or are not, in the second."""
    one, other = call.arguments
    if one.kind != "list" or not is_known(other) or not all(map(is_known, one.items)):
        return call.not_known
    others = plain(other)
    kept = tuple(item for item in one.items if (plain(item) in others) is is_wanted)
    return replace(one, items=kept, tag=SET).resting_on(other.defaults)


def _compact(call: Call) -> Tree:
    one = call.items()
    kept = [item for item in one.items if not _is_empty_text(item)]
    return replace(one, items=tuple(kept))


def _is_empty_text(item: Tree) -> bool:
    return item.kind == "scalar" and not item.holes and item.value in ("", None)


def _flatten(call: Call) -> Tree:
    found = call.items()
    while any(item.kind == "list" for item in found.items):
        flat = tuple(map(_as_list, found.items))
        found = replace(
            call.items(flat),
            holes=found.holes + call.items(flat).holes,
        )
    return found


def _as_list(item: Tree) -> Tree:
    if item.kind == "list":
        return item
    return replace(item, kind="list", items=(item,))


def _merge(call: Call) -> Tree:
    members: dict[str, Entry] = {}
    holes: tuple[Any, ...] = ()
    for one in call.arguments:
        if one.kind == "object":
            holes += one.holes
            for member in one.members:
                members[text_of_scalar(member.key.value)] = member
        elif not (is_known(one) and one.value is None):
            holes += not_known(one, one, expression=call.expression).holes
    return mapped(members.values(), call.at.start, call.at.end, holes)


def _zipmap(call: Call) -> Tree:
    keys, values = call.arguments
    if keys.holes or values.holes or keys.kind != "list" or values.kind != "list":
        return call.not_known
    pairs = zip(keys.items, values.items, strict=True)
    return mapped(
        [Entry(*pair) for pair in pairs],
        call.at.start,
        call.at.end,
    )


def _products(call: Call) -> Tree:
    """`setproduct`: every way to take one item of each list."""
    lists = call.arguments
    number = math.prod(len(one.items) for one in lists)
    if any(one.kind != "list" or one.holes for one in lists) or number > _LONGEST_PRODUCT:
        return call.not_known
    start, end = call.at.start, call.at.end
    items = [one.items for one in lists]
    rows = [listed(row, start, end) for row in product(*items)]
    made = listed(rows, start, end)
    if all(one.tag == SET for one in lists):
        return replace(made, tag=SET)
    return made


def _chunks(call: Call) -> Tree:
    of, size = call.arguments
    number = whole_number(size.value)
    if of.kind != "list" or of.holes or not number or number < 1:
        return call.not_known
    parts = [of.items[at : at + number] for at in range(0, len(of.items), number)]
    start, end = call.at.start, call.at.end
    return listed([listed(part, start, end) for part in parts], start, end)


def _reverse(call: Call) -> Tree:
    one = _listed(call)
    return replace(one, items=one.items[::-1])


COLLECTIONS: dict[str, Callable[[Call], Tree]] = {
    "jsonencode": _encoded,
    "jsondecode": _decoded,
    "sensitive": _same,
    "nonsensitive": _same,
    "tomap": _same,
    "toset": _as_set,
    "tolist": _listed,
    "distinct": _distinct,
    "compact": _compact,
    "flatten": _flatten,
    "concat": Call.items,
    "setunion": _as_set,
    "setsubtract": _without,
    "setintersection": _shared,
    "setproduct": _products,
    "chunklist": _chunks,
    "merge": _merge,
    "zipmap": _zipmap,
    "reverse": _reverse,
    **ITEMS,
}
