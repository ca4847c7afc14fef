"""`for` expressions of Terraform."""

from __future__ import annotations

from dataclasses import replace

from trust_widgets.readers._hcl.expressions import Expr
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.values import (
    entries_of,
    is_collection,
    key_of,
    not_known,
    truth_of,
)
from trust_widgets.readers._tree import (
    EMPTY,
    Entry,
    Tree,
    listed,
    mapped,
    text_of_scalar,
)


def loop(expr: Expr, scope: Scope) -> Tree:
    """A list or an object with a value for each member of a collection."""
    collection, key, value, condition = expr.parts
    assert collection is not None and value is not None
    over = scope.value(collection)
    at = scope.empty_at(expr)
    if not is_collection(over):
        return not_known(at, over, expression=scope.text_of(collection))
    holes = list(over.holes)
    items: list[Tree] = []
    members: dict[str, Entry] = {}
    for name, member in entries_of(over):
        inner = scope.with_names(loop_names(expr.value, name, member))
        if condition is not None:
            wanted = inner.value(condition)
            if truth_of(wanted) is None:
                holes += not_known(at, wanted, expression=scope.text_of(condition)).holes
            if not truth_of(wanted):
                continue
        made = inner.value(value).resting_on(over.defaults)
        if key is None:
            items.append(made)
        else:
            _add(members, inner.value(key), made, is_grouped=expr.kind == "for_group")
    if key is None:
        result = listed(items, at.start, at.end, tuple(holes))
    else:
        result = mapped(members.values(), at.start, at.end, tuple(holes))
    if over.tag.startswith(EMPTY):
        return replace(result, tag=over.tag)
    return result


def _add(members: dict[str, Entry], key: Tree, value: Tree, is_grouped: bool) -> None:
    """Add a member to an object; of a loop that ends with `...`, to the values of its key."""
    name = key_of(key)
    if name is None:
        return
    label = text_of_scalar(name.value)
    if is_grouped:
        if label in members:
            before = members[label].value.items
        else:
            before = ()
        items = (*before, value)
        value = listed(items, items[0].start, value.end)
    members[label] = Entry(name, value)


def loop_names(names: tuple[str, ...], key: Tree, value: Tree) -> dict[str, Tree]:
    """What the names of a loop mean: a key and a value, or a value alone."""
    if len(names) == 2:
        return {names[0]: key, names[1]: value}
    return {names[0]: value}
