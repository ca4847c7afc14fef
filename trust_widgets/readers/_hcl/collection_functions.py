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
from trust_widgets.readers._hcl.values import (
    SET,
    entries_of,
    is_collection,
    not_known,
    whole_number,
    without_repeats,
)
from trust_widgets.readers._tree import (
    Entry,
    Tree,
    is_known,
    listed,
    mapped,
    plain,
    scalar,
    text_of_scalar,
)

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
        flat = tuple(replace(i, kind="list", items=(i,)) if i.kind != "list" else i
                     for i in found.items)  # fmt: skip
        found = replace(
            call.items(flat),
            holes=found.holes + call.items(flat).holes,
        )
    return found


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


def _keys(call: Call) -> Tree:
    one = _collection(call)
    keys = sorted(
        (key for key, _ in entries_of(one)),
        key=lambda key: text_of_scalar(key.value),
    )
    return listed(keys, call.at.start, call.at.end, one.holes)


def _values(call: Call) -> Tree:
    one = _collection(call)
    pairs = sorted(entries_of(one), key=lambda pair: text_of_scalar(pair[0].value))
    return listed(
        [value for _, value in pairs],
        call.at.start,
        call.at.end,
        one.holes,
    )


def _collection(call: Call) -> Tree:
    one = call.arguments[0]
    if not is_collection(one):
        raise ValueError("no collection")
    return one


def _lookup(call: Call) -> Tree:
    of, key = call.arguments[:2]
    if of.kind == "object" and is_known(key):
        found = of.member(text_of_scalar(key.value))
        if found is None and not of.holes and len(call.arguments) == 3:
            found = call.arguments[2]
        if found is not None:
            return found.resting_on(key.defaults | of.defaults)
    return call.not_known


def _element(call: Call) -> Tree:
    of, index = call.arguments
    number = whole_number(index.value)
    if of.kind != "list" or of.holes or not of.items or number is None:
        return call.not_known
    return of.items[number % len(of.items)]


def _coalesce(call: Call) -> Tree:
    """The first argument that is neither null nor empty; nothing behind an unknown one counts."""
    empty: tuple[Any, ...] = (None, "", [])
    passed = frozenset[str]()
    for one in call.arguments:
        has_items = one.kind in ("json", "object") or bool(one.items)
        if not is_known(one) and not one.is_text and not has_items:
            return call.not_known
        if not is_known(one) or plain(one) not in empty:
            return one.resting_on(passed)
        passed |= one.defaults
    raise FunctionFails(call.expression)


def _one(call: Call) -> Tree:
    (of,) = call.arguments
    if of.kind != "list" or of.holes or len(of.items) > 1:
        return call.not_known
    if of.items:
        return of.items[0]
    return scalar(
        None,
        call.at.start,
        call.at.end,
    )


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


def _slice(call: Call) -> Tree:
    of, start, end = call.arguments
    if of.kind != "list" or of.holes or not (is_known(start) and is_known(end)):
        return call.not_known
    return replace(of, items=of.items[whole_number(start.value) : whole_number(end.value)])


def _length(call: Call) -> Tree:
    """The number of items, which is known also where the items are not."""
    (of,) = call.arguments
    is_sure = of.tag != SET or all(map(is_known, of.items))
    if is_collection(of) and not of.holes and is_sure:
        number = len(entries_of(of))
    elif of.is_text and not of.holes:
        number = len(str(of.value))
    else:
        return call.not_known
    return scalar(number, call.at.start, call.at.end, of.defaults)


def _contains(call: Call) -> Tree:
    of, value = call.arguments
    if of.kind != "list" or not is_known(value):
        return call.not_known
    is_there = any(is_known(item) and plain(item) == plain(value) for item in of.items)
    if not is_there and (of.holes or not all(map(is_known, of.items))):
        return call.not_known
    return scalar(is_there, call.at.start, call.at.end, of.defaults | value.defaults)


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


def _matched(call: Call) -> Tree:
    """`matchkeys`: the values whose keys are searched for."""
    values, keys, searched = call.arguments
    if values.kind != "list" or values.holes or not (is_known(keys) and is_known(searched)):
        return call.not_known
    wanted = plain(searched)
    pairs = zip(values.items, plain(keys), strict=True)
    return listed([value for value, key in pairs if key in wanted], call.at.start, call.at.end)


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
    "matchkeys": _matched,
    "merge": _merge,
    "keys": _keys,
    "values": _values,
    "lookup": _lookup,
    "element": _element,
    "contains": _contains,
    "length": _length,
    "coalesce": _coalesce,
    "coalescelist": _coalesce,
    "one": _one,
    "zipmap": _zipmap,
    "slice": _slice,
    "reverse": _reverse,
}
