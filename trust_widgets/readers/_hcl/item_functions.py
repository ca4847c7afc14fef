"""Terraform's functions that take items out of collections, or say what is in them.

https://developer.hashicorp.com/terraform/language/functions
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from trust_widgets.readers._hcl.calls import Call, FunctionFails
from trust_widgets.readers._hcl.values import (
    SET,
    entries_of,
    is_collection,
    whole_number,
)
from trust_widgets.readers._tree import Tree, listed, scalar, text_of_scalar
from trust_widgets.readers._tree_contents import is_known, plain


def _keys(call: Call) -> Tree:
    one = collection_of(call)
    keys = sorted(
        (key for key, _ in entries_of(one)),
        key=lambda key: text_of_scalar(key.value),
    )
    return listed(keys, call.at.start, call.at.end, one.holes)


def _values(call: Call) -> Tree:
    one = collection_of(call)
    pairs = sorted(entries_of(one), key=lambda pair: text_of_scalar(pair[0].value))
    return listed(
        [value for _, value in pairs],
        call.at.start,
        call.at.end,
        one.holes,
    )


def collection_of(call: Call) -> Tree:
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


def _matched(call: Call) -> Tree:
    """`matchkeys`: the values whose keys are searched for."""
    values, keys, searched = call.arguments
    if values.kind != "list" or values.holes or not (is_known(keys) and is_known(searched)):
        return call.not_known
    wanted = plain(searched)
    pairs = zip(values.items, plain(keys), strict=True)
    return listed([value for value, key in pairs if key in wanted], call.at.start, call.at.end)


ITEMS: dict[str, Callable[[Call], Tree]] = {
    "matchkeys": _matched,
    "keys": _keys,
    "values": _values,
    "lookup": _lookup,
    "element": _element,
    "contains": _contains,
    "length": _length,
    "coalesce": _coalesce,
    "coalescelist": _coalesce,
    "one": _one,
    "slice": _slice,
}
