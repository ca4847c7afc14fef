"""The value of a reference to a resource or a data source: `aws_iam_role.a["x"].arn`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from trust_widgets.readers._hcl.expressions import Expr
from trust_widgets.readers._hcl.instances import Instance, instances_of, names_at
from trust_widgets.readers._hcl.resources import attribute_of_data, attribute_of_resource
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.syntax import NotTerraform
from trust_widgets.readers._hcl.values import member_of
from trust_widgets.readers._tree import (
    Entry,
    Hole,
    Tree,
    entry,
    listed,
    mapped,
    not_told,
    text_of_scalar,
)

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.found import Found
    from trust_widgets.readers._hcl.module import Module

_COMPUTED = ("arn", "id", "name", "url", "json", "account_id")
_META = ("for_each", "count", "provider", "depends_on")
Names = Mapping[str, Tree]
Key = tuple[str, ...]


def of_block(
    module: Module, key: Key, steps: list[Expr], scope: Scope, hole: Hole, taken: int
) -> tuple[Tree, int]:
    """A resource or a data source, of which there may be several, or an attribute of it.

    Args:
        key: `("data", TYPE, NAME)` or `("resource", TYPE, NAME)`.
        steps: what follows the name. taken: how many of them the key took.
        hole: what it is when it is not known.

    Returns:
        The value, and how many of the steps it took.
    """
    found = module.blocks.get(key)
    rest = steps[taken:]
    names: Names = {}
    first = rest[0].kind if rest else ""
    if first == "splat" and _is_of_names(rest[0]):
        all_of_it = _of_all(module, key, found, rest[0].value, hole)
        return all_of_it, taken + 1
    if first == "index":
        index = rest[0].parts[1]
        assert index is not None
        number = scope.value(index)
        names = _names_at(module, found, number)
        rest, taken = rest[1:], taken + 1
    elif found is not None and first != "attribute":
        return _whole(module, key, found, hole), taken
    if rest and rest[0].kind == "attribute":
        value = attribute_of(module, key, found, rest[0].value, hole, names)
        return value, taken + 1
    if found is None:
        return not_told(hole), taken + len(rest)
    return _instance(module, key, found, hole, names), taken


def _is_of_names(splat: Expr) -> bool:
    """Whether a splat is followed by names alone."""
    return bool(splat.value) and "?" not in splat.value


def _names_at(module: Module, found: Found | None, key: Tree) -> Names:
    try:
        return names_at(module, found, key)
    except NotTerraform:
        return {}


def attribute_of(
    module: Module, key: Key, found: Found | None, attribute: str, hole: Hole, names: Names
) -> Tree:
    """An attribute of an instance of a block."""
    text = ".".join([*key, attribute])
    if text in module.busy:
        return not_told(hole)
    module.busy.add(text)
    try:
        if key[0] == "data":
            return attribute_of_data(module, key[1:], found, attribute, hole, names)
        if found is None:
            return not_told(hole)
        return attribute_of_resource(module, key[1:], found, attribute, hole, names)
    except NotTerraform:
        return not_told(hole)
    finally:
        module.busy.discard(text)


def _of_all(
    module: Module, key: Key, found: Found | None, path: tuple[str, ...], hole: Hole
) -> Tree:
    """`aws_iam_role.a[*].arn`: an attribute of each instance."""
    items = []
    for instance in _instances(module, found):
        value = attribute_of(module, key, found, path[0], hole, instance.names)
        for name in path[1:]:
            value = member_of(value, name, hole.expression)
        items.append(value)
    return listed(items, hole.start, hole.end)


def _instances(module: Module, found: Found | None) -> Iterator[Instance]:
    if found is None:
        yield Instance("", None, {})
        return
    try:
        for instance in instances_of(module, found, found.parsed()):
            if instance.is_made:
                yield instance
    except NotTerraform:
        yield Instance("", None, {})


def _whole(module: Module, key: Key, found: Found, hole: Hole) -> Tree:
    """A block as a value: an object, or a collection of one for each instance."""
    try:
        block = found.parsed()
    except NotTerraform:
        return not_told(hole)
    instances = list(_instances(module, found))
    is_known = all(instance.key is not None for instance in instances)
    if block.attribute("for_each") is None and block.attribute("count") is None:
        return _instance(module, key, found, hole, {})
    if not is_known:
        return not_told(hole)
    values = [_instance(module, key, found, hole, instance.names) for instance in instances]
    if block.attribute("count") is not None:
        return listed(values, hole.start, hole.end)
    members: list[Entry] = []
    for instance, value in zip(instances, values, strict=True):
        key_of_instance = instance.key
        if key_of_instance is not None:
            text = text_of_scalar(key_of_instance.value)
            members.append(Entry(replace(key_of_instance, value=text), value))
    return mapped(members, hole.start, hole.end)


def _instance(module: Module, key: Key, found: Found, hole: Hole, names: Names) -> Tree:
    """An instance as an object; it has more attributes than are read."""
    try:
        written = [attribute.name for attribute in found.parsed().attributes]
    except NotTerraform:
        return not_told(hole)
    wanted = dict.fromkeys(name for name in (*_COMPUTED, *written) if name not in _META)
    members = [entry(name, attribute_of(module, key, found, name, hole, names)) for name in wanted]
    return mapped(members, hole.start, hole.end, (hole,))
