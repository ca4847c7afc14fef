"""What an expression of Terraform comes to, as far as the files say it.

What they don't say is a hole that names its expression: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable

from trust_widgets.readers._hcl.calls import Call
from trust_widgets.readers._hcl.expressions import Expr
from trust_widgets.readers._hcl.functions import called
from trust_widgets.readers._hcl.loops import loop
from trust_widgets.readers._hcl.scope import DEEPEST, Scope, TooMuch
from trust_widgets.readers._hcl.template_values import (
    heredoc,
    json_string,
    string,
)
from trust_widgets.readers._hcl.traversals import traversal
from trust_widgets.readers._hcl.values import (
    is_error,
    key_of,
    not_known,
    operated,
    truth_of,
)
from trust_widgets.readers._tree import Entry, Hole, Tree, listed, mapped, scalar
from trust_widgets.readers._tree_contents import is_known, plain


def evaluated(expr: Expr, scope: Scope) -> Tree:
    """The value of an expression.

    Raises:
        TooMuch: when it takes too many steps.
    """
    budget = scope.module.budget
    budget.left -= 1
    if budget.left < 0 or budget.depth > DEEPEST:
        raise TooMuch
    budget.depth += 1
    try:
        return _EVALUATE.get(expr.kind, _unknown)(expr, scope)
    finally:
        budget.depth -= 1


def _unknown(expr: Expr, scope: Scope) -> Tree:
    return scope.unknown(expr)


def _literal(expr: Expr, scope: Scope) -> Tree:
    return scalar(expr.value, *scope.place(expr))


def _list(expr: Expr, scope: Scope) -> Tree:
    return listed(scope.values_of_parts(expr), *scope.place(expr))


def _object(expr: Expr, scope: Scope) -> Tree:
    parts = scope.values_of_parts(expr)
    members: list[Entry] = []
    holes: tuple[Hole, ...] = ()
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        name = key_of(key)
        if name is None:
            holes += key.holes
        else:
            members.append(Entry(name, value))
    return mapped(members, *scope.place(expr), holes)


def _conditional(expr: Expr, scope: Scope) -> Tree:
    condition, first, second = expr.parts
    assert condition is not None and first is not None and second is not None
    asked = scope.value(condition)
    truth = truth_of(asked)
    if truth is not None:
        return scope.value(first if truth else second).resting_on(asked.defaults)
    one, other = scope.value(first), scope.value(second)
    if is_known(one) and is_known(other) and plain(one) == plain(other):
        return one
    return not_known(scope.empty_at(expr), asked, expression=scope.text_of(condition))


def _binary(expr: Expr, scope: Scope) -> Tree:
    left, right = scope.values_of_parts(expr)
    return operated(expr.value, left, right, scope.empty_at(expr), scope.text_of(expr))


def _unary(expr: Expr, scope: Scope) -> Tree:
    (one,) = scope.values_of_parts(expr)
    at = scope.empty_at(expr)
    if expr.value == "!":
        truth = truth_of(one)
        if truth is not None:
            return scalar(not truth, at.start, at.end, one.defaults)
    elif is_known(one) and isinstance(one.value, (int, float)):
        return scalar(-one.value, at.start, at.end, one.defaults)
    return not_known(at, one, expression=scope.text_of(expr))


def _call(expr: Expr, scope: Scope) -> Tree:
    name = expr.value.removesuffix("...")
    at = scope.empty_at(expr)
    text = scope.text_of(expr)
    if name == "can":
        return _is_there(expr, scope)
    if name == "try":
        return _first_that_is_there(expr, scope)
    arguments = scope.values_of_parts(expr)
    if expr.value.endswith("..."):
        last = arguments.pop()
        if last.kind != "list" or last.holes:
            return not_known(at, last, expression=text)
        arguments += last.items
    call = Call(at, text, tuple(arguments))
    file_function = scope.module.file_functions.get(name)
    if file_function is not None:
        return file_function(scope.module, call)
    return called(name, call)


def _is_there(expr: Expr, scope: Scope) -> Tree:
    """`can`: whether an expression is no error."""
    at = scope.empty_at(expr)
    value = next(iter(scope.values_of_parts(expr)), None)
    if value is not None and is_error(value):
        return scalar(False, at.start, at.end, value.defaults)
    if value is not None and is_known(value):
        return scalar(True, at.start, at.end, value.defaults)
    return not_known(at, expression=scope.text_of(expr))


def _first_that_is_there(expr: Expr, scope: Scope) -> Tree:
    """`try`: a value that is not known may be there, so that nothing behind it counts."""
    passed = frozenset[str]()
    for part in expr.parts:
        if part is not None:
            value = scope.value(part)
        else:
            value = scope.unknown(expr)
        if not is_error(value):
            return value.resting_on(passed)
        passed |= value.defaults
    return scope.unknown(expr)


_EVALUATE: dict[str, Callable[[Expr, Scope], Tree]] = {
    "literal": _literal,
    "string": string,
    "heredoc": heredoc,
    "list": _list,
    "object": _object,
    "conditional": _conditional,
    "binary": _binary,
    "unary": _unary,
    "name": traversal,
    "attribute": traversal,
    "index": traversal,
    "splat": traversal,
    "call": _call,
    "for_list": loop,
    "for_object": loop,
    "for_group": loop,
    "json_string": json_string,
}
