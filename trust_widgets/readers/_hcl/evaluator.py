"""What an expression of Terraform comes to, as far as the files say it.

What they don't say is a hole that names its expression: nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trust_widgets.readers._hcl import templates
from trust_widgets.readers._hcl.calls import Call
from trust_widgets.readers._hcl.functions import called
from trust_widgets.readers._hcl.syntax import Expr, NotTerraform
from trust_widgets.readers._hcl.templates import Chars
from trust_widgets.readers._hcl.values import (
    MISSING,
    entries_of,
    is_collection,
    is_null,
    item_of,
    member_of,
    not_known,
    operated,
    truth_of,
)
from trust_widgets.readers._tree import (
    EMPTY,
    FIRST_HOLE,
    Entry,
    Hole,
    Tree,
    concatenated,
    is_known,
    listed,
    mapped,
    plain,
    scalar,
    text_of_scalar,
    unknown,
)

if TYPE_CHECKING:
    from trust_widgets.readers._hcl.module import Module

MOST_STEPS = 60_000  # expressions looked at for one role; a loop in a loop may ask for more
DEEPEST = 60


class TooMuch(Exception):
    """More steps than any file that people write needs."""


@dataclass
class Steps:
    """The steps that are left."""

    left: int = MOST_STEPS
    depth: int = 0

    def renew(self) -> None:
        """Begin again, for another role."""
        self.left, self.depth = MOST_STEPS, 0


@dataclass(frozen=True)
class Scope:
    """Where an expression stands.

    Args:
        module: whose names it knows.
        chars: the text that was parsed, with the places of its characters.
        names: what loops and templates define, `each`, `count` and a block's iterator among them.
    """

    module: Module
    chars: Chars
    names: Mapping[str, Tree] = field(default_factory=dict)

    def with_names(self, names: Mapping[str, Tree]) -> Scope:
        """The same with more names."""
        return replace(self, names={**self.names, **names})

    def text_of(self, expr: Expr) -> str:
        """An expression as it is written, on one line."""
        return " ".join(self.chars.text[expr.start : expr.end].split())

    def place(self, expr: Expr) -> tuple[int, int]:
        """The numbers of its first character and of its end."""
        return self.at(expr.start), self.at(expr.end)

    def at(self, offset: int) -> int:
        """The number of a character of the text that was parsed; hcl2 may count past its end."""
        return self.chars.places[max(0, min(offset, len(self.chars.text)))]


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


def _parts(expr: Expr, scope: Scope) -> list[Tree]:
    return [evaluated(part, scope) for part in expr.parts if part is not None]


def _at(expr: Expr, scope: Scope) -> Tree:
    """A place for what has none."""
    return scalar(None, *scope.place(expr))


def _unknown(expr: Expr, scope: Scope) -> Tree:
    start, end = scope.place(expr)
    return unknown(start, end, [Hole(scope.text_of(expr), start, end)])


def _literal(expr: Expr, scope: Scope) -> Tree:
    return scalar(expr.value, *scope.place(expr))


def _list(expr: Expr, scope: Scope) -> Tree:
    return listed(_parts(expr, scope), *scope.place(expr))


def _object(expr: Expr, scope: Scope) -> Tree:
    parts = _parts(expr, scope)
    members: list[Entry] = []
    holes: tuple[Hole, ...] = ()
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        name = _key(key)
        if name is None:
            holes += key.holes
        else:
            members.append(Entry(name, value))
    return mapped(members, *scope.place(expr), holes)


def _key(key: Tree) -> Tree | None:
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


def _conditional(expr: Expr, scope: Scope) -> Tree:
    condition, first, second = expr.parts
    assert condition is not None and first is not None and second is not None
    asked = evaluated(condition, scope)
    truth = truth_of(asked)
    if truth is not None:
        return evaluated(first if truth else second, scope).resting_on(asked.defaults)
    one, other = evaluated(first, scope), evaluated(second, scope)
    if is_known(one) and is_known(other) and plain(one) == plain(other):
        return one
    return not_known(_at(expr, scope), asked, expression=scope.text_of(condition))


def _binary(expr: Expr, scope: Scope) -> Tree:
    left, right = _parts(expr, scope)
    return operated(expr.value, left, right, _at(expr, scope), scope.text_of(expr))


def _unary(expr: Expr, scope: Scope) -> Tree:
    (one,) = _parts(expr, scope)
    at = _at(expr, scope)
    if expr.value == "!":
        truth = truth_of(one)
        if truth is not None:
            return scalar(not truth, at.start, at.end, one.defaults)
    elif is_known(one) and isinstance(one.value, (int, float)):
        return scalar(-one.value, at.start, at.end, one.defaults)
    return not_known(at, one, expression=scope.text_of(expr))


# -- names, attributes and indexes


def _traversal(expr: Expr, scope: Scope) -> Tree:
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
        value, taken = evaluated(root, scope), 0
    for step in steps[taken:]:
        value = _stepped(value, step, scope, text)
    if value.kind in ("scalar", "unknown") and root.kind == "name":
        return _placed(value, expr, scope)
    return value


def _placed(value: Tree, expr: Expr, scope: Scope) -> Tree:
    """A single value stands where it is used, unless a call of the module gave it."""
    if value.tag == "argument":
        return value
    start, end = scope.place(expr)
    return value.placed(start, end)


def _named(root: Expr, steps: list[Expr], scope: Scope, text: str) -> tuple[Tree, int]:
    """The value that a name, and the first steps, stand for; how many steps these are."""
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
    return item_of(value, evaluated(index, scope), text)


def _splat_of(value: Tree, step: Expr, text: str) -> Tree:
    """`value[*].a.b`: of a single value, a list of it; of null, an empty one."""
    items = value.items if value.kind == "list" else (value,)
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


# -- functions and loops


def _call(expr: Expr, scope: Scope) -> Tree:
    name = expr.value.removesuffix("...")
    at = _at(expr, scope)
    text = scope.text_of(expr)
    if name == "can":
        return _is_there(expr, scope)
    if name == "try":
        return _first_that_is_there(expr, scope)
    arguments = _parts(expr, scope)
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
    at = _at(expr, scope)
    value = next(iter(_parts(expr, scope)), None)
    if value is not None and value.tag == MISSING:
        return scalar(False, at.start, at.end, value.defaults)
    if value is not None and is_known(value):
        return scalar(True, at.start, at.end, value.defaults)
    return not_known(at, expression=scope.text_of(expr))


def _first_that_is_there(expr: Expr, scope: Scope) -> Tree:
    """`try`: a value that is not known may be there, so that nothing behind it counts."""
    passed = frozenset[str]()
    for part in expr.parts:
        if part is not None:
            value = evaluated(part, scope)
        else:
            value = _unknown(expr, scope)
        if value.tag != MISSING:
            return value.resting_on(passed)
        passed |= value.defaults
    return _unknown(expr, scope)


def _loop(expr: Expr, scope: Scope) -> Tree:
    collection, key, value, condition = expr.parts
    assert collection is not None and value is not None
    over = evaluated(collection, scope)
    at = _at(expr, scope)
    if not is_collection(over):
        return not_known(at, over, expression=scope.text_of(collection))
    holes = list(over.holes)
    items: list[Tree] = []
    members: dict[str, Entry] = {}
    is_grouped = expr.kind == "for_group"
    for one, other in entries_of(over):
        inner = scope.with_names(_loop_names(expr.value, over, one, other))
        if condition is not None:
            wanted = evaluated(condition, inner)
            if truth_of(wanted) is None:
                holes += not_known(at, wanted, expression=scope.text_of(condition)).holes
            if not truth_of(wanted):
                continue
        made = evaluated(value, inner).resting_on(over.defaults)
        if key is None:
            items.append(made)
            continue
        name = _key(evaluated(key, inner))
        if name is not None:
            label = text_of_scalar(name.value)
            made = _grouped(members.get(label), made) if is_grouped else made
            members[label] = Entry(name, made)
    if key is None:
        made = listed(items, at.start, at.end, tuple(holes))
    else:
        made = mapped(members.values(), at.start, at.end, tuple(holes))
    if over.tag.startswith(EMPTY):
        return replace(made, tag=over.tag)
    return made


def _grouped(before: Entry | None, value: Tree) -> Tree:
    """The values of one key, of a loop that ends with `...`."""
    items = (*before.value.items, value) if before is not None else (value,)
    return listed(items, items[0].start, value.end)


def _loop_names(names: tuple[str, ...], over: Tree, key: Tree, value: Tree) -> dict[str, Tree]:
    if len(names) == 2:
        return {names[0]: key, names[1]: value}
    return {names[0]: value}


# -- texts


def _string(expr: Expr, scope: Scope) -> Tree:
    return _of_template(expr, scope, templates.of_string)


def _heredoc(expr: Expr, scope: Scope) -> Tree:
    return _of_template(expr, scope, templates.of_heredoc)


def _json_string(expr: Expr, scope: Scope) -> Tree:
    """A string of Terraform's JSON syntax, whose escapes are read: it is a template."""
    start, end = scope.place(expr)
    text, offsets = expr.value
    chars = Chars(text, [scope.at(offset) for offset in offsets])
    if "${" not in text and "%{" not in text:
        return Tree(start, end, value=text, places=chars.places)
    try:
        parts = templates.of_file(chars)
    except templates.NotATemplate:
        return _unknown(expr, scope)
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
        return _unknown(expr, scope)
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
    """A value as a template writes it; it stands where the template asks for it."""
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
        return evaluated(scope.module.expression(written), inner)
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
            inner = scope.with_names(_loop_names(part.names, asked, key, value))
            found += _pieces(part.parts, inner)
        return found
    expression = " ".join(part.chars.text.split())
    holes = not_known(asked, asked, expression=expression).holes
    return [unknown(part.start, part.end, holes)]


_EVALUATE: dict[str, Callable[[Expr, Scope], Tree]] = {
    "literal": _literal,
    "string": _string,
    "heredoc": _heredoc,
    "list": _list,
    "object": _object,
    "conditional": _conditional,
    "binary": _binary,
    "unary": _unary,
    "name": _traversal,
    "attribute": _traversal,
    "index": _traversal,
    "splat": _traversal,
    "call": _call,
    "for_list": _loop,
    "for_object": _loop,
    "for_group": _loop,
    "json_string": _json_string,
}

__all__ = ["Scope", "Steps", "TooMuch", "evaluated", "filled", "value_in"]
