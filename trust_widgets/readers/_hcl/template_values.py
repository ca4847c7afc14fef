"""The texts that Terraform's templates come to: in strings, in heredocs and in files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from trust_widgets.readers._hcl import templates
from trust_widgets.readers._hcl.expressions import Expr
from trust_widgets.readers._hcl.loops import loop_names
from trust_widgets.readers._hcl.scope import Scope
from trust_widgets.readers._hcl.syntax import NotTerraform
from trust_widgets.readers._hcl.templates import Chars
from trust_widgets.readers._hcl.values import (
    entries_of,
    is_collection,
    not_known,
    truth_of,
)
from trust_widgets.readers._tree import Hole, Tree, concatenated, scalar, unknown
from trust_widgets.readers._tree_contents import is_known, plain


def string(expr: Expr, scope: Scope) -> Tree:
    return _of_template(expr, scope, templates.of_string)


def heredoc(expr: Expr, scope: Scope) -> Tree:
    return _of_template(expr, scope, templates.of_heredoc)


def json_string(expr: Expr, scope: Scope) -> Tree:
    """A string of Terraform's JSON syntax, whose escapes are read: it is a template."""
    start, end = scope.place(expr)
    text, offsets = expr.value
    chars = Chars(text, [scope.at(offset) for offset in offsets])
    if "${" not in text and "%{" not in text:
        return Tree(start, end, value=text, places=chars.places)
    try:
        parts = templates.of_file(chars)
    except templates.NotATemplate:
        return scope.unknown(expr)
    return filled(parts, scope, start, end)


def _of_template(
    expr: Expr, scope: Scope, read: Callable[[Chars], list[templates.TemplatePart]]
) -> Tree:
    start, end = scope.place(expr)
    chars = scope.chars.cut(expr.start, expr.end)
    written = chars.text
    if expr.kind == "string" and "\\" not in written and "{" not in written:
        return Tree(start, end, value=written[1:-1], places=chars.places[1:-1])
    try:
        parts = read(chars)
    except templates.NotATemplate:
        return scope.unknown(expr)
    return filled(parts, scope, start, end)


def filled(parts: list[templates.TemplatePart], scope: Scope, start: int, end: int) -> Tree:
    """A template with its values."""
    if len(parts) == 1 and parts[0].kind == "value":  # "${x}" is x
        value = value_in(parts[0], scope)
        if value.kind == "scalar":
            return value.placed(start, end)
        return value
    pieces = _pieces(parts, scope)
    return concatenated(pieces, start, end)


def _pieces(parts: list[templates.TemplatePart], scope: Scope) -> list[Tree]:
    found: list[Tree] = []
    for part in parts:
        if part.kind == "text":
            chars = part.chars
            first, last = chars.places[0], chars.places[len(chars.text)]
            found.append(Tree(first, last, value=chars.text, places=chars.places))
        elif part.kind == "value":
            found.append(_as_text(value_in(part, scope), part))
        else:
            found += _directed(part, scope)
    return found


def _as_text(value: Tree, part: templates.TemplatePart) -> Tree:
    """A value as a template writes it; it is put where the template uses it."""
    if value.kind == "json" and is_known(value):
        text = json.dumps(plain(value), separators=(",", ":"))
        return scalar(text, part.start, part.end, value.defaults)
    if value.kind == "scalar":
        return replace(value.placed(part.start, part.end), places=None)
    expression = " ".join(part.chars.text.split())
    holes = not_known(value, value, expression=expression).holes
    return unknown(part.start, part.end, holes, value.defaults)


def value_in(part: templates.TemplatePart, scope: Scope) -> Tree:
    """The value of the expression in a part."""
    written = part.chars.text
    start, end = part.chars.places[0], part.chars.places[len(written)]
    inner = replace(scope, chars=part.chars)
    try:
        return inner.value(scope.module.expression(written))
    except NotTerraform:
        return unknown(start, end, [Hole(" ".join(written.split()), start, end)])


def _directed(part: templates.TemplatePart, scope: Scope) -> list[Tree]:
    """`%{ if }` and `%{ for }`."""
    asked = value_in(part, scope)
    if part.kind == "if":
        truth = truth_of(asked)
        if truth is not None:
            return _pieces(part.parts if truth else part.other, scope)
    elif is_collection(asked) and not asked.holes:
        found: list[Tree] = []
        for key, value in entries_of(asked):
            inner = scope.with_names(loop_names(part.names, key, value))
            found += _pieces(part.parts, inner)
        return found
    expression = " ".join(part.chars.text.split())
    holes = not_known(asked, asked, expression=expression).holes
    return [unknown(part.start, part.end, holes)]
