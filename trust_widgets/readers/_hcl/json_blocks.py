"""Terraform's JSON syntax as blocks, like those of its own language.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trust_widgets.policy import unquoted
from trust_widgets.readers._hcl.blocks import BlockSpan, Unclosed
from trust_widgets.readers._hcl.expressions import Expr, HclAttribute, HclBlock
from trust_widgets.readers._hcl.found import Found
from trust_widgets.readers._hcl.syntax import NotTerraform, expression_of
from trust_widgets.readers._sources import SourceText
from trust_widgets.text.json.strict import Value, read_strictly

_DEEPEST = 40
_LABELS = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "locals": 0}
# Which members are blocks, of the resources whose blocks are read.
_BLOCKS = {"statement", "principals", "not_principals", "condition"}
_ENDS = (".json",)


def is_json(source: SourceText) -> bool:
    """Whether a file is in the JSON syntax."""
    return source.file.endswith(_ENDS)


def json_blocks_of(source: SourceText) -> Iterator[Found]:
    """The blocks of a file.

    Raises:
        Unclosed: when it is no JSON.
    """
    text = source.clean
    root = read_strictly(text, len(text) - len(text.lstrip()))
    if root is None or not isinstance(root.plain, dict):
        raise Unclosed(0)
    for kind, labels in _LABELS.items():
        body = root.members().get(kind)
        if body is None:
            continue
        for one in _each(body):
            yield from _blocks(source, kind, (), one, labels)


def _each(body: Value) -> list[Value]:
    if isinstance(body.plain, list):
        return list(body.items())
    return [body]


def _blocks(
    source: SourceText, kind: str, labels: tuple[str, ...], body: Value, depth: int
) -> Iterator[Found]:
    if not isinstance(body.plain, dict):
        return
    if not depth:
        span = BlockSpan(kind, labels, body.start, body.end)
        yield Found(source, span, _block(kind, labels, body, kind in ("resource", "data")))
        return
    for name, inner in body.pairs():
        if isinstance(name.plain, str) and name.plain != "//":
            for one in _each(inner):
                yield from _blocks(source, kind, (*labels, name.plain), one, depth - 1)


def _block(kind: str, labels: tuple[str, ...], body: Value, has_blocks: bool) -> HclBlock:
    attributes: list[HclAttribute] = []
    blocks: list[HclBlock] = []
    for name, value in body.pairs():
        word = str(name.plain)
        if word == "//":
            continue
        if has_blocks and word == "dynamic" and isinstance(value.plain, dict):
            for label, inner in value.pairs():
                blocks += [_dynamic(str(label.plain), one) for one in _each(inner)]
        elif has_blocks and word in _BLOCKS:
            blocks += _blocks_of(word, value)
        elif kind == "variable" and word == "type":
            attributes.append(HclAttribute(word, name.start, value.end, _type(value)))
        else:
            attributes.append(HclAttribute(word, name.start, value.end, _expr(value)))
    return HclBlock(kind, labels, body.start, body.end, tuple(attributes), tuple(blocks))


def _blocks_of(kind: str, value: Value) -> list[HclBlock]:
    """The blocks of a kind without labels: one object, or a list of them."""
    objects = filter(_is_object, _each(value))
    return [_block(kind, (), one, True) for one in objects]


def _is_object(value: Value) -> bool:
    return isinstance(value.plain, dict)


def _dynamic(label: str, body: Value) -> HclBlock:
    """A `dynamic` block: its content is a block, its iterator a name."""
    made = _block("dynamic", (label,), body, True)
    contents = body.members().get("content")
    inner: list[HclBlock] = []
    if contents is not None:
        inner = _blocks_of("content", contents)
    attributes: list[HclAttribute] = []
    for attribute in made.attributes:
        if attribute.name == "iterator":
            attributes.append(_named(attribute))
        elif attribute.name != "content":
            attributes.append(attribute)
    return replace(made, attributes=tuple(attributes), blocks=tuple(inner))


def _named(attribute: HclAttribute) -> HclAttribute:
    expr = attribute.value
    if expr.kind == "json_string":
        text = expr.value[0]
    else:
        text = ""
    name = Expr("name", expr.start, expr.end, text)
    return HclAttribute(attribute.name, attribute.start, attribute.end, name)


def _type(value: Value) -> Expr:
    """The type of a variable, which is an expression in a string."""
    if isinstance(value.plain, str):
        try:
            return expression_of(value.plain)
        except NotTerraform:
            pass
    return Expr("unknown", value.start, value.end)


def _expr(value: Value, depth: int = _DEEPEST) -> Expr:
    start, end = value.start, value.end
    if not depth:
        return Expr("unknown", start, end)
    if isinstance(value.plain, str):
        inner = unquoted(value)
        return Expr("json_string", start, end, (inner.text, list(inner.places)))
    if isinstance(value.plain, list):
        items = [_expr(one, depth - 1) for one in value.items()]
        return Expr("list", start, end, None, tuple(items))
    if isinstance(value.plain, dict):
        parts: list[Expr | None] = []
        for name, one in value.pairs():
            parts += [_expr(name, depth - 1), _expr(one, depth - 1)]
        return Expr("object", start, end, None, tuple(parts))
    return Expr("literal", start, end, value.plain)
