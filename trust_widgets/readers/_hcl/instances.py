"""The instances of a block with `for_each` or `count`, and what `each` and `count` are in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from trust_widgets.readers._hcl.expressions import HclBlock
from trust_widgets.readers._hcl.scope import TooMuch
from trust_widgets.readers._hcl.values import entries_of, is_collection, whole_number
from trust_widgets.readers._tree import Hole, Tree, entry, mapped, not_told, scalar, text_of_scalar
from trust_widgets.readers._tree_contents import is_known

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.found import Found
    from trust_widgets.readers._hcl.module import Module

MOST_INSTANCES = 200
Names = Mapping[str, Tree]


class Instance(NamedTuple):
    """One instance.

    Args:
        suffix: what its address ends with: `'["a"]'`, `"[0]"`, or `""`.
        key: its key or its number; `None` where neither is known.
        names: what `each` or `count` is.
        is_made: false where the file says that there is none; its block is read all the same.
    """

    suffix: str
    key: Tree | None
    names: Names
    is_made: bool = True


def instances_of(module: Module, found: Found, block: HclBlock) -> Iterator[Instance]:
    """The instances of a block; one for all of them where their number is not known."""
    scope = module.scope(found)
    each, count = block.attribute("for_each"), block.attribute("count")
    try:
        if each is not None:
            yield from _of_each(scope.value(each.value), scope.text_of(each.value))
            return
        if count is not None:
            how_many = scope.value(count.value)
        else:
            how_many = None
        number = whole_number(how_many.value) if how_many is not None else None
        if number == 0 and how_many is not None and not how_many.defaults:
            yield Instance("", None, _counted(0, found.base), is_made=False)
            return
    except (TooMuch, RecursionError):
        number = None
    if number is None or not 0 < number <= MOST_INSTANCES:
        yield Instance("", None, _counted(0, found.base))
        return
    for index in range(number):
        suffix = f"[{index}]" if number > 1 else ""
        key = scalar(index, found.base, found.base)
        yield Instance(suffix, key, _counted(index, found.base))


def _counted(number: int, at: int) -> Names:
    return {"count": mapped([entry("index", scalar(number, at, at))], at, at)}


def _of_each(over: Tree, expression: str) -> Iterator[Instance]:
    pairs = entries_of(over) if is_collection(over) else []
    if over.kind == "list":
        pairs = [(value, value) for _, value in pairs]
    if not pairs or len(pairs) > MOST_INSTANCES:
        yield Instance("", None, {"each": _unknown_each(over, expression)})
        return
    for key, value in pairs:
        suffix = f'["{text_of_scalar(key.value)}"]' if is_known(key) else ""
        yield Instance(suffix, key, _each(key, value.resting_on(over.defaults)))


def _each(key: Tree, value: Tree) -> Names:
    members = [entry("key", key), entry("value", value)]
    return {"each": mapped(members, key.start, key.end)}


def _unknown_each(over: Tree, expression: str) -> Tree:
    reason = f"It is one of the values of {expression}."
    hole = Hole("each.value", over.start, over.end, reason=reason)
    key = hole._replace(expression="each.key")
    members = [
        entry("key", Tree(over.start, over.end, "unknown", holes=(key,))),
        entry("value", Tree(over.start, over.end, "unknown", holes=(hole,))),
    ]
    return mapped(members, over.start, over.end)


def names_at(module: Module, found: Found | None, key: Tree) -> dict[str, Tree]:
    """What `each` and `count` are in the instance that an index chooses.

    Raises:
        NotTerraform: when the block cannot be parsed.
    """
    hole = not_told(Hole("each.value", key.start, key.end))
    value = hole
    if found is not None:
        each = found.parsed().attribute("for_each")
    else:
        each = None
    if found is not None and each is not None and is_known(key):
        over = module.scope(found).value(each.value)
        if over.kind == "object":
            value = over.member(text_of_scalar(key.value)) or hole
        elif over.kind == "list":
            value = key
        value = value.resting_on(over.defaults)
    number = mapped([entry("index", key)], key.start, key.end)
    return {**_each(key, value), "count": number}
