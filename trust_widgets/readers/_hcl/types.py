"""What the type of a variable makes of a value: attributes left out, sets, texts of numbers.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trust_widgets.readers._hcl.expressions import Expr
from trust_widgets.readers._hcl.values import SET, is_null, whole_number, without_repeats
from trust_widgets.readers._tree import Entry, Tree, entry, scalar, text_of_scalar

_DEEPEST = 20
Evaluate = Callable[[Expr], Tree]


def typed(value: Tree, kind: Expr, evaluate: Evaluate, depth: int = _DEEPEST) -> Tree:
    """A value as one of a type, with the optional attributes that it leaves out.

    Args:
        value: it. kind: the type. evaluate: gives the value of a default that the type names.
        depth: how many levels of the type may follow.
    """
    if kind.kind == "name":
        return _primitive(value, str(kind.value))
    if kind.kind != "call" or not depth:
        return value
    inner = next((part for part in kind.parts if part is not None), None)
    if inner is None:
        return value
    if kind.value == "optional":
        return typed(value, inner, evaluate, depth - 1)
    if kind.value in ("list", "set") and value.kind == "list":
        items = tuple(typed(item, inner, evaluate, depth - 1) for item in value.items)
        if kind.value == "set":
            return _as_set(value, items)
        return _as_list(value, items)
    if kind.value == "map" and value.kind == "object":
        members = []
        for member in value.members:
            made = typed(member.value, inner, evaluate, depth - 1)
            members.append(Entry(member.key, made))
        return replace(value, members=tuple(members))
    if kind.value == "object" and value.kind == "object":
        return _with_attributes(value, inner, evaluate, depth - 1)
    return value


def _as_set(value: Tree, items: tuple[Tree, ...]) -> Tree:
    if not items:
        return value
    return replace(value, items=without_repeats(items), tag=SET)


def _as_list(value: Tree, items: tuple[Tree, ...]) -> Tree:
    tag = "" if value.tag == SET else value.tag
    return replace(value, items=items, tag=tag)


def _primitive(value: Tree, kind: str) -> Tree:
    """A number as a text, or a text as a number, where the type is the other one."""
    if value.kind != "scalar" or value.holes or value.value is None:
        return value
    if kind == "string" and not isinstance(value.value, str):
        return replace(value, value=text_of_scalar(value.value), places=None)
    if kind == "number" and isinstance(value.value, str):
        number = whole_number(value.value)
        if number is None:
            return value
        return replace(value, value=number, places=None)
    if kind == "bool" and value.value in ("true", "false"):
        return replace(value, value=value.value == "true", places=None)
    return value


def _with_attributes(value: Tree, kind: Expr, evaluate: Evaluate, depth: int) -> Tree:
    """An object with the attributes of its type, and no others."""
    given = {member.key.known_text: member for member in value.members}
    members: list[Entry] = []
    names, kinds = kind.parts[::2], kind.parts[1::2]
    for name, inner in zip(names, kinds, strict=False):
        if name is None or inner is None:
            continue
        label = str(name.value)
        held = given.get(label)
        if held is not None and not _is_replaced(held.value, inner):
            made = typed(held.value, inner, evaluate, depth)
            members.append(Entry(held.key, made))
        elif _is_optional(inner) and not value.holes:
            made = _left_out(value, inner, evaluate, depth)
            members.append(entry(label, made))
    return replace(value, members=tuple(members))


def _is_optional(kind: Expr) -> bool:
    return kind.kind == "call" and kind.value == "optional"


def _is_replaced(value: Tree, kind: Expr) -> bool:
    """Whether a value is null where its type has a default."""
    return is_null(value) and _default_of(kind) is not None


def _default_of(optional: Expr) -> Expr | None:
    """The default of an optional attribute; `None` without one."""
    if _is_optional(optional) and len(optional.parts) > 1:
        return optional.parts[1]
    return None


def _left_out(value: Tree, optional: Expr, evaluate: Evaluate, depth: int) -> Tree:
    """An attribute that a value leaves out: its default, or null."""
    default, inner = _default_of(optional), optional.parts[0]
    if default is None:
        return scalar(None, value.start, value.end)
    made = evaluate(default)
    if inner is not None:
        return typed(made, inner, evaluate, depth)
    return made
