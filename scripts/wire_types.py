"""`frontend/src/state.ts` from the typed dictionaries in `trust_widgets/views/state/`.

The messages of each view come from the methods that it marks with `messages.message`.
`make docs` writes the file with the other generated pages.
"""

from __future__ import annotations

import ast
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trust_widgets as tw
from trust_widgets.views.base import View
from trust_widgets.views.messages import messages_of, parameters_of

ROOT = Path(__file__).resolve().parent.parent
STATES = ROOT / "trust_widgets" / "views" / "state"
FILES = (
    *("common", "tables", "findings", "policy", "simulator", "access", "permissions", "exercise"),
    "source",
)
ADDED = {"ViewState": "Common", "LazyViewState": "Seen"}
"""Bases that a view's class fills in, with what it adds."""
PRIMITIVES = {"str": "string", "bool": "boolean", "int": "number", "None": "null"}
NOTE = "// Written by scripts/docs_pages.py from trust_widgets/views/state/.\n"


def page() -> str:
    """The text of `frontend/src/state.ts`."""
    parts = [NOTE]
    for name in FILES:
        module = ast.parse((STATES / f"{name}.py").read_text(encoding="utf-8"))
        parts.append(_comment(ast.get_docstring(module) or "", "// ---- ", "// "))
        parts += _declarations(module)
    parts.append("// ---- What each view's browser side sends.\n")
    parts += [_messages(view) for view in views()]
    return "\n".join(parts)


def views() -> list[type[View]]:
    """The public views, by name."""
    public = [getattr(tw, name) for name in sorted(tw.__all__)]
    return [each for each in public if isinstance(each, type) and issubclass(each, View)]


# -- states ----------------------------------------------------------------------------------------


def _declarations(module: ast.Module) -> Iterator[str]:
    """Aliases and interfaces, in the order of the module."""
    for index, node in enumerate(module.body):
        if isinstance(node, ast.ClassDef) and node.name not in ADDED:
            yield _interface(node)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            doc = _text_of(module.body[index + 1]) if index + 1 < len(module.body) else ""
            yield _alias(node.targets[0].id, node.value, doc)


def _alias(name: str, value: ast.expr, doc: str) -> str:
    """A type with a name; a typed dictionary whose keys are no identifiers is an interface."""
    if isinstance(value, ast.Call):
        fields = value.args[1]
        assert isinstance(fields, ast.Dict)
        pairs = zip(fields.keys, fields.values, strict=True)
        lines = [f"  {ast.literal_eval(key)}: {typescript(kind)};" for key, kind in pairs if key]
        return f"{_comment(doc)}export interface {name} {{\n" + "\n".join(lines) + "\n}\n"
    return f"{_comment(doc)}export type {name} = {typescript(value)};\n"


def _interface(node: ast.ClassDef) -> str:
    bases = [ast.unparse(base) for base in node.bases]
    above = [ADDED.get(base, base) for base in bases if base != "TypedDict"]
    extends = f" extends {', '.join(above)}" if above else ""
    head = f"{_comment(ast.get_docstring(node) or '')}export interface {node.name}{extends} {{"
    return "\n".join([head, *_members(node), "}\n"])


def _members(node: ast.ClassDef) -> Iterator[str]:
    for index, member in enumerate(node.body):
        if isinstance(member, ast.AnnAssign):
            doc = _text_of(node.body[index + 1]) if index + 1 < len(node.body) else ""
            if doc:
                yield _comment(doc, "  // ", "  // ").rstrip("\n")
            yield f"  {ast.unparse(member.target)}: {typescript(member.annotation)};"


def _text_of(node: ast.stmt) -> str:
    """The text of a string that stands alone, such as the one below a field."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(str(node.value.value).split())
    return ""


def _comment(text: str, first: str = "// ", other: str = "// ") -> str:
    lines = text.strip().splitlines()
    starts = [first, *[other] * (len(lines) - 1)]
    return "".join(
        f"{start}{line}".rstrip() + "\n" for start, line in zip(starts, lines, strict=False)
    )


def typescript(node: ast.expr) -> str:
    """An annotation as a type of TypeScript.

    Raises:
        ValueError: for an annotation that JSON has no values of.
    """
    match node:
        case ast.Constant(value=None):
            return "null"
        case ast.Constant(value=str(text)):
            return typescript(ast.parse(text, mode="eval").body)
        case ast.Name(id=name):
            return PRIMITIVES.get(name, name)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return f"{typescript(left)} | {typescript(right)}"
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            inner = typescript(item)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, value])):
            return f"Record<{typescript(key)}, {typescript(value)}>"
        case ast.Subscript(value=ast.Name(id="Literal"), slice=choices):
            values = choices.elts if isinstance(choices, ast.Tuple) else [choices]
            return " | ".join(f'"{ast.literal_eval(value)}"' for value in values)
    raise ValueError(f"no type of TypeScript for {ast.unparse(node)}")


# -- messages --------------------------------------------------------------------------------------


def _messages(view: type[View]) -> str:
    """The union of a view's messages."""
    found = messages_of(view)
    if not found:
        return f"export type {_message_name(view)} = never;\n"
    lines = []
    for do, handler in found.items():
        arguments = "".join(
            f"; {name}{'?' if is_optional else ''}: {_type_of(kind)}"
            for name, (kind, is_optional) in parameters_of(handler).items()
        )
        lines.append(f'  | {{ do: "{do}"{arguments} }}')
    return f"export type {_message_name(view)} =\n" + "\n".join(lines) + ";\n"


def _message_name(view: type[View]) -> str:
    return f"{view.__name__.removesuffix('View')}Message"


def _type_of(kind: Any) -> str:
    """The type of a message's argument as a type of TypeScript."""
    text = kind.__name__ if isinstance(kind, type) and not typing.get_args(kind) else str(kind)
    return typescript(ast.parse(text, mode="eval").body)
