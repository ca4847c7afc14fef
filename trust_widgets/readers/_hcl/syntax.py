"""Terraform's blocks and expressions as values with places, from the trees of `python-hcl2`.

Only this module knows `hcl2`. What is in strings and heredocs is read by `templates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from trust_widgets.readers._hcl.expressions import Expr, HclAttribute, HclBlock


class NotTerraform(ValueError):
    """A text that cannot be parsed, from this character on."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def block_of(text: str) -> HclBlock:
    """The outermost block in a text.

    Raises:
        NotTerraform: for a text that cannot be parsed.
        ModuleNotFoundError: without python-hcl2.
    """
    body = _parsed(text)
    blocks = _body("", (), body, 0, len(text)).blocks
    if not blocks:
        raise NotTerraform(0)
    return blocks[0]


_PATH = re.compile(r"[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*")


def expression_of(text: str) -> Expr:
    """The expression that a text is; places count from its first character.

    Raises:
        NotTerraform: for a text that cannot be parsed.

    Example:
        >>> expression_of("var.name").kind, expression_of("var.name").value
        ('attribute', 'name')
    """
    stripped = text.strip()
    at = len(text) - len(text.lstrip())
    if _PATH.fullmatch(stripped) and stripped not in _WORDS:
        return _path(stripped, at)
    begin = "x = (\n"
    body = _parsed(f"{begin}{text}\n)")
    attributes = _body("", (), body, 0, 0).attributes
    if len(attributes) != 1:
        raise NotTerraform(0)
    return _moved(attributes[0].value, -len(begin))


def _path(text: str, at: int) -> Expr:
    """A name, and the attributes of it: most interpolations are that."""
    names = text.split(".")
    end = at + len(names[0])
    expr = Expr("name", at, end, names[0])
    for name in names[1:]:
        end += 1 + len(name)
        expr = Expr("attribute", at, end, name, (expr,))
    return expr


def _moved(expr: Expr, by: int) -> Expr:
    parts = tuple(_moved(part, by) if part else None for part in expr.parts)
    return Expr(expr.kind, expr.start + by, expr.end + by, expr.value, parts)


def _parsed(text: str) -> Any:
    import hcl2

    try:
        return hcl2.parses(text).body
    except RecursionError:
        raise NotTerraform(0) from None
    except Exception as error:  # lark's, of several kinds, and those of hcl2's own rules
        at = getattr(error, "pos_in_stream", None)
        raise NotTerraform(at if isinstance(at, int) else 0) from None


def _rules(rule: Any) -> Iterator[Any]:
    """The rules in a rule, without tokens, line breaks and comments."""
    for child in rule.children:
        if hasattr(child, "children") and child.lark_name() != "new_line_or_comment":
            yield child


def _tokens(rule: Any) -> list[str]:
    """The names of the tokens in a rule."""
    return [
        child.lark_name()
        for child in rule.children
        if child is not None and not hasattr(child, "children")
    ]


def _span(rule: Any) -> tuple[int, int]:
    meta = rule._meta
    return int(getattr(meta, "start_pos", 0)), int(getattr(meta, "end_pos", 0))


def _word(rule: Any) -> str:
    """The text of a name, a keyword, or a string without a template."""
    if hasattr(rule, "children"):
        words = [_word(child) for child in rule.children if child is not None]
        if rule.lark_name() == "string":
            return "".join(words).strip('"')
        return "".join(words)
    return str(rule.value)


def _body(kind: str, labels: tuple[str, ...], body: Any, start: int, end: int) -> HclBlock:
    attributes, blocks = [], []
    for rule in _rules(body):
        name = rule.lark_name()
        if name == "attribute":
            key, value = _rules(rule)
            attributes.append(HclAttribute(_word(key), *_span(rule), _expr(value)))
        elif name == "block":
            *words, inner = _rules(rule)
            first, *rest = map(_word, words)
            blocks.append(_body(first, tuple(rest), inner, *_span(rule)))
    return HclBlock(kind, labels, start, end, tuple(attributes), tuple(blocks))


def _expr(rule: Any) -> Expr:
    name = rule.lark_name()
    convert = _CONVERT.get(name)
    if convert is not None:
        return convert(rule)
    start, end = _span(rule)
    if name in _GROUPS:
        return Expr(
            _GROUPS[name],
            start,
            end,
            None,
            tuple(map(_expr, _rules(rule))),
        )
    return Expr("unknown", start, end)


def _term(rule: Any) -> Expr:
    (inner,) = _rules(rule)
    return _expr(inner)


def _name(rule: Any) -> Expr:
    word = _word(rule)
    if word in _WORDS:
        return Expr("literal", *_span(rule), _WORDS[word])
    return Expr("name", *_span(rule), word)


def _number(rule: Any) -> Expr:
    word = _word(rule)
    if rule.lark_name() == "float_lit":
        return Expr("literal", *_span(rule), float(word))
    return Expr("literal", *_span(rule), int(word[:300]))


def _call(rule: Any) -> Expr:
    names, parts, expands = [], list[Expr | None](), False
    for child in _rules(rule):
        if child.lark_name() == "identifier":
            names.append(_word(child))
        else:
            parts = [_expr(argument) for argument in _rules(child)]
            expands = "ELLIPSIS" in _tokens(child)
    value = "::".join(names)
    return Expr("call", *_span(rule), f"{value}..." if expands else value, tuple(parts))


def _object(rule: Any) -> Expr:
    parts = list[Expr | None]()
    for element in _rules(rule):
        key, value = _rules(element)
        (inner,) = _rules(key)
        name = _expr(inner)
        if name.kind == "name" and key.lark_name() == "object_elem_key":
            name = Expr("literal", name.start, name.end, name.value)
        parts += [name, _expr(value)]
    return Expr("object", *_span(rule), None, tuple(parts))


def _index(rule: Any) -> Expr:
    of, index = _rules(rule)
    if index.lark_name() == "short_index":
        place = _span(index)
        number = Expr(
            "literal",
            *place,
            int(str(index.children[1].value)[:9]),
        )
        return Expr("index", *_span(rule), None, (_expr(of), number))
    (inner,) = _rules(index)
    return Expr("index", *_span(rule), None, (_expr(of), _expr(inner)))


def _attribute(rule: Any) -> Expr:
    of, attribute = _rules(rule)
    (name,) = _rules(attribute)
    return Expr("attribute", *_span(rule), _word(name), (_expr(of),))


def _splat(rule: Any) -> Expr:
    """`list[*].a.b`: its value is the names that follow; anything else there is not known."""
    of, splat = _rules(rule)
    names = []
    for step in _rules(splat):
        if step.lark_name() == "get_attr":
            names.append(_word(next(_rules(step))))
        else:
            names.append("?")
    return Expr("splat", *_span(rule), tuple(names), (_expr(of),))


def _for(rule: Any) -> Expr:
    """Its value is the names, its parts are the collection, the key, the value, the condition."""
    intro, *rest = _rules(rule)
    *names, collection = _rules(intro)
    condition = None
    if rest[-1].lark_name() == "for_cond":
        (inner,) = _rules(rest.pop())
        condition = _expr(inner)
    parts = [_expr(each) for each in rest]
    key = parts[0] if len(parts) == 2 else None
    kind = "for_list" if key is None else "for_object"
    if "ELLIPSIS" in _tokens(rule):
        kind = "for_group"
    words = tuple(map(_word, names))
    return Expr(
        kind,
        *_span(rule),
        words,
        (_expr(collection), key, parts[-1], condition),
    )


def _binary(rule: Any) -> Expr:
    left, term = _rules(rule)
    operator, right = _rules(term)
    return Expr(
        "binary",
        *_span(rule),
        _word(operator).strip(),
        (_expr(left), _expr(right)),
    )


def _unary(rule: Any) -> Expr:
    (inner,) = _rules(rule)
    sign = "-" if "MINUS" in _tokens(rule) else "!"
    return Expr("unary", *_span(rule), sign, (_expr(inner),))


_WORDS = {"true": True, "false": False, "null": None}
_GROUPS = {
    "string": "string",
    "heredoc_template": "heredoc",
    "heredoc_template_trim": "heredoc",
    "tuple": "list",
    "conditional": "conditional",
}


_CONVERT: dict[str, Callable[[Any], Expr]] = {
    "string": lambda rule: Expr("string", *_span(rule)),
    "expr_term": _term,
    "identifier": _name,
    "literal_value": _name,
    "keyword": _name,
    "int_lit": _number,
    "float_lit": _number,
    "function_call": _call,
    "object": _object,
    "index_expr_term": _index,
    "get_attr_expr_term": _attribute,
    "attr_splat_expr_term": _splat,
    "full_splat_expr_term": _splat,
    "for_tuple_expr": _for,
    "for_object_expr": _for,
    "binary_op": _binary,
    "unary_op": _unary,
}
