"""Names of Terraform with their attributes and indexes."""

from __future__ import annotations

from trust_widgets.readers._hcl.expressions import Expr
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.values import (
    is_null,
    item_of,
    member_of,
    not_known,
)
from trust_widgets.readers._tree import (
    Hole,
    Tree,
    listed,
)


def traversal(expr: Expr, scope: Scope) -> Tree:
    """A name with its attributes and indexes."""
    steps: list[Expr] = []
    root = expr
    while root.kind in ("attribute", "index", "splat"):
        steps.append(root)
        inner = root.parts[0]
        assert inner is not None
        root = inner
    steps.reverse()
    text = scope.text_of(expr)
    if root.kind == "name":
        value, taken = _named(root, steps, scope, text)
    else:
        value, taken = scope.value(root), 0
    for step in steps[taken:]:
        value = _stepped(value, step, scope, text)
    if value.kind in ("scalar", "unknown") and root.kind == "name":
        return _placed(value, expr, scope)
    return value


def _placed(value: Tree, expr: Expr, scope: Scope) -> Tree:
    """A single value is where it is used, unless a call of the module gave it."""
    if value.tag == "argument":
        return value
    start, end = scope.place(expr)
    return value.placed(start, end)


def _named(root: Expr, steps: list[Expr], scope: Scope, text: str) -> tuple[Tree, int]:
    """The value of a name and the first steps; how many steps these are."""
    if root.value in scope.names:
        return scope.names[root.value], 0
    start, end = scope.place(steps[-1] if steps else root)
    found = scope.module.named(root.value, steps, scope, Hole(text, start, end))
    return found


def _stepped(value: Tree, step: Expr, scope: Scope, text: str) -> Tree:
    if step.kind == "attribute":
        return member_of(value, step.value, text)
    if step.kind == "splat":
        return _splat_of(value, step, text)
    index = step.parts[1]
    assert index is not None
    return item_of(value, scope.value(index), text)


def _splat_of(value: Tree, step: Expr, text: str) -> Tree:
    """`value[*].a.b`: of a single value, a list of it; of null, an empty one."""
    if value.kind == "list":
        items = value.items
    else:
        items = (value,)
    holes = value.holes if value.kind == "list" else ()
    if value.kind == "unknown" or "?" in step.value:
        return not_known(value, value, expression=text)
    if is_null(value):
        return listed((), value.start, value.end).resting_on(value.defaults)
    made = []
    for item in items:
        for name in step.value:
            item = member_of(item, name, text)
        made.append(item)
    return listed(made, value.start, value.end, holes)
