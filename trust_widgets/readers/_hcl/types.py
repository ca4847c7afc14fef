"""What the type of a variable adds to the values that it is given: attributes left out.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trust_widgets.readers._hcl.syntax import Expr
from trust_widgets.readers._tree import Entry, Tree, entry, scalar

_DEEPEST = 20
Evaluate = Callable[[Expr], Tree]


def typed(value: Tree, kind: Expr, evaluate: Evaluate, depth: int = _DEEPEST) -> Tree:
    """A value with the optional attributes of its type, where it leaves them out.

    Args:
        value: it. kind: the type. evaluate: gives the value of a default that the type names.
        depth: how many levels of the type may follow.
    """
    if kind.kind != "call" or not depth:
        return value
    inner = next((part for part in kind.parts if part is not None), None)
    if inner is None:
        return value
    if kind.value == "optional":
        return typed(value, inner, evaluate, depth - 1)
    if kind.value in ("list", "set") and value.kind == "list":
        return replace(
            value, items=tuple(typed(item, inner, evaluate, depth - 1) for item in value.items)
        )
    if kind.value == "map" and value.kind == "object":
        members = [
            Entry(
                m.key,
                typed(m.value, inner, evaluate, depth - 1),
            )
            for m in value.members
        ]
        return replace(value, members=tuple(members))
    if kind.value == "object" and value.kind == "object":
        return _with_attributes(value, inner, evaluate, depth - 1)
    return value


def _with_attributes(value: Tree, kind: Expr, evaluate: Evaluate, depth: int) -> Tree:
    members = list(value.members)
    names = {member.key.known_text: number for number, member in enumerate(members)}
    for name, inner in zip(kind.parts[::2], kind.parts[1::2], strict=False):
        if name is None or inner is None:
            continue
        number = names.get(str(name.value))
        if number is not None:
            held = members[number]
            members[number] = Entry(held.key, typed(held.value, inner, evaluate, depth))
        elif inner.kind == "call" and inner.value == "optional" and len(inner.parts) == 1:
            members.append(
                entry(
                    str(name.value),
                    scalar(None, value.start, value.end),
                )
            )
        elif inner.kind == "call" and inner.value == "optional":
            default = inner.parts[1]
            made = scalar(None, value.start, value.end)
            if default is not None:
                made = evaluate(default)
            members.append(entry(str(name.value), made))
    return replace(value, members=tuple(members))
