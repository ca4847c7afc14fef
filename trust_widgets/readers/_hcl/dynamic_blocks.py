"""Blocks of one kind, with those that `dynamic` makes and those that are written as objects."""

from __future__ import annotations

from collections.abc import Iterator

from trust_widgets.readers._hcl.expressions import Expr, HclAttribute, HclBlock
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.values import entries_of, is_collection
from trust_widgets.readers._tree import (
    EMPTY,
    Hole,
    Tree,
    entry,
    hole_of_empty,
    mapped,
)
from trust_widgets.readers._tree_contents import unknown_holes


def hole_of_expression(expr: Expr, scope: Scope) -> tuple[Hole, ...]:
    start, end = scope.place(expr)
    return (Hole(scope.text_of(expr), start, end),)


def expanded_blocks(
    block: HclBlock, kind: str, scope: Scope, holes: list[Hole]
) -> Iterator[tuple[HclBlock, HclBlock, dict[str, Tree]]]:
    """The blocks of a kind, those that `dynamic` makes too, each with what names mean in it."""
    for inner in (*_as_attributes(block, kind), *block.blocks):
        if inner.kind == kind:
            yield inner, inner, {}
        elif inner.kind == "dynamic" and inner.labels == (kind,):
            yield from _dynamic(inner, kind, scope, holes)


def _as_attributes(block: HclBlock, kind: str) -> Iterator[HclBlock]:
    """Blocks that are written as objects, `principals = {...}`, as until Terraform 0.11."""
    attribute = block.attribute(kind)
    if attribute is None:
        return
    values: tuple[Expr | None, ...] = (attribute.value,)
    if attribute.value.kind == "list":
        values = attribute.value.parts
    for one in values:
        if one is not None and one.kind == "object":
            yield _block_of(kind, one)


def _block_of(kind: str, value: Expr) -> HclBlock:
    """An object as a block, with its members as attributes."""
    attributes = []
    for key, inner in zip(value.parts[::2], value.parts[1::2], strict=True):
        if key is not None and inner is not None:
            name = str(key.value).strip('"')
            attributes.append(HclAttribute(name, key.start, inner.end, inner))
    return HclBlock(kind, (), value.start, value.end, tuple(attributes))


def _dynamic(
    block: HclBlock, kind: str, scope: Scope, holes: list[Hole]
) -> Iterator[tuple[HclBlock, HclBlock, dict[str, Tree]]]:
    each = block.attribute("for_each")
    content = next(iter(block.blocks_of("content")), None)
    if each is None or content is None:
        return
    over = scope.value(each.value)
    if over.tag.startswith(EMPTY):
        holes.append(hole_of_empty(over)._replace(start=scope.place(each.value)[0]))
        return
    if over.kind == "scalar" and over.value is None:
        return
    if not is_collection(over):
        holes += unknown_holes(over) or hole_of_expression(each.value, scope)
        return
    holes += over.holes
    iterator = block.attribute("iterator")
    name = iterator.value.value if iterator is not None else kind
    for key, value in entries_of(over):
        known = [entry("key", key), entry("value", value.resting_on(over.defaults))]
        yield content, block, {str(name): mapped(known, key.start, key.end)}
