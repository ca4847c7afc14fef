"""Operators and steps of Terraform's expressions, on values with holes."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from trust_widgets.readers._tree import (
    FIRST_HOLE,
    Entry,
    Hole,
    Tree,
    scalar,
    text_of_scalar,
    unknown,
)
from trust_widgets.readers._tree_contents import (
    defaults_of,
    holes_of,
    is_known,
    plain,
    unknown_holes,
)


def not_known(at: Tree, *trees: Tree, expression: str) -> Tree:
    """What follows from values of which one is not known.

    Args:
        at: whose place it has. trees: what it is made of.
        expression: what is named when each of them is known.
    """
    holes = [hole for tree in trees for hole in unknown_holes(tree)]
    defaults = frozenset[str]().union(*map(defaults_of, trees))
    return unknown(
        at.start,
        at.end,
        holes or [Hole(expression, at.start, at.end)],
        defaults,
    )


def member_of(of: Tree, name: str, expression: str) -> Tree:
    """An attribute of an object, or an attribute of each item of a list of one."""
    if of.kind == "object":
        found = of.member(name)
        if found is not None:
            return found.resting_on(of.defaults)
        if of.holes:
            return unknown(of.start, of.end, of.holes, of.defaults)
    if of.kind != "unknown":
        return missing(of, expression)
    return not_known(of, of, expression=expression)


MISSING = "missing"
SET = "set"  # the tag of a list that has no order, whose items are their own keys


def missing(of: Tree, expression: str) -> Tree:
    """What is not there, which `try` and `can` take for an error."""
    hole = Hole(expression, of.start, of.end, is_missing=True)
    return replace(unknown(of.start, of.end, [hole], defaults_of(of)), tag=MISSING)


def is_error(tree: Tree) -> bool:
    """Whether something in a value is missing, so that Terraform has no value at all."""
    return tree.tag == MISSING or any(hole.is_missing for hole in holes_of(tree))


def is_null(tree: Tree) -> bool:
    """Whether a value is known to be null."""
    return tree.kind == "scalar" and not tree.holes and tree.value is None


def is_there(tree: Tree) -> bool:
    """Whether a value is known not to be null, whatever it holds."""
    if tree.kind == "scalar":
        return not is_null(tree)
    return tree.kind in ("list", "object", "json")


def item_of(of: Tree, index: Tree, expression: str) -> Tree:
    """An item of a list, or a member of an object."""
    if not is_known(index):
        return not_known(of, index, expression=expression)
    if of.kind == "list" and not of.holes:
        number = whole_number(index.value)
        if number is not None and 0 <= number < len(of.items):
            return of.items[number].resting_on(of.defaults | index.defaults)
        return missing(of, expression)
    elif of.kind == "object":
        return member_of(of, text_of_scalar(index.value), expression).resting_on(index.defaults)
    return not_known(of, of, expression=expression)


def whole_number(value: Any) -> int | None:
    """A whole number; also one that is written as a text."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if math.isfinite(number) and number == int(number):
        return int(number)
    return None


def entries_of(tree: Tree) -> list[tuple[Tree, Tree]]:
    """What a loop over a collection gives: keys or indexes, and values."""
    if tree.kind == "object":
        return [(member.key, member.value) for member in tree.members]
    if tree.tag == SET:
        return [(item, item) for item in tree.items]
    return [
        (
            scalar(
                i,
                item.start,
                item.end,
            ),
            item,
        )
        for i, item in enumerate(tree.items)
    ]


def is_collection(tree: Tree) -> bool:
    """Whether a loop can go over it; what it may hold besides is in its holes."""
    return tree.kind in ("list", "object")


_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
    "&&": lambda a, b: bool(a and b),
    "||": lambda a, b: bool(a or b),
}


def operated(operator: str, left: Tree, right: Tree, at: Tree, expression: str) -> Tree:
    """Two values with an operator between them."""
    if operator in ("&&", "||"):
        for side in (left, right):  # one side may be enough
            if is_known(side) and side.value is (operator == "||"):
                return scalar(side.value, at.start, at.end, side.defaults)
    if operator in ("==", "!="):
        one_is_null = is_null(left) or is_null(right)
        if one_is_null and (is_there(left) or is_there(right)):
            return scalar(operator == "!=", at.start, at.end, left.defaults | right.defaults)
    if not (is_known(left) and is_known(right)):
        return not_known(at, left, right, expression=expression)
    one: Any = plain(left)
    other: Any = plain(right)
    if operator not in ("==", "!=", "&&", "||"):
        one, other = whole_number(one), whole_number(other)
        if one is None or other is None:
            return not_known(at, expression=expression)
    try:
        value = _OPERATIONS[operator](one, other)
    except (TypeError, ZeroDivisionError, KeyError, OverflowError):
        return not_known(at, expression=expression)
    return scalar(value, at.start, at.end, left.defaults | right.defaults)


def truth_of(tree: Tree) -> bool | None:
    """A known truth value; `None` for anything else."""
    if tree.kind != "scalar" or tree.holes:
        return None
    words = {True: True, False: False, "true": True, "false": False}
    if isinstance(tree.value, (bool, str)):
        return words.get(tree.value)
    return None


def renamed(entry: Entry, name: str) -> Entry:
    """A member under another name."""
    return Entry(scalar(name, entry.key.start, entry.key.end), entry.value)


def without_repeats(items: Iterable[Tree]) -> tuple[Tree, ...]:
    """Items, each known one once."""
    kept: dict[str, Tree] = {}
    for item in items:
        if is_known(item):
            key = json.dumps(plain(item), sort_keys=True)
        else:
            key = repr(item)
        kept.setdefault(key, item)
    return tuple(kept.values())


def key_of(key: Tree) -> Tree | None:
    """A key as a text, with holes where it has some; `None` for no text at all."""
    if key.kind == "unknown":
        return replace(
            key,
            kind="scalar",
            value=chr(FIRST_HOLE),
            holes=key.holes[:1],
        )
    if key.kind != "scalar":
        return None
    return replace(key, value=text_of_scalar(key.value))
