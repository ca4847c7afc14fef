"""HCL, the language of Terraform, laid out as `terraform fmt` lays it out.

Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from trust_widgets.text.quoting._text import quoted

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
KEYWORDS = frozenset({"for", "in", "if", "else", "endif", "endfor", "true", "false", "null"})
WIDTH = 100
STEP = 2


class Expression(str):
    """An expression that is put in as it is.

    Example:
        >>> print(value([Expression("var.name"), "var.name"]))
        [var.name, "var.name"]
    """

    __slots__ = ()


def string(text: str) -> str:
    r"""A string in which nothing is a template.

    A lone surrogate, which HCL cannot hold, becomes U+FFFD.

    Source: https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences

    Example:
        >>> print(string('user/${aws:username} "%{if}"\n'))
        "user/$${aws:username} \"%%{if}\"\n"
    """
    whole = re.sub("[\ud800-\udfff]", "\ufffd", text)
    return quoted(whole).replace("${", "$${").replace("%{", "%%{")


def identifier(text: str, prefix: str) -> str:
    """A name for a resource, made from any text.

    Source: https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers

    Example:
        >>> identifier("example-role", "role"), identifier("2nd@app", "role")
        ('example_role', 'role_2nd_app')
    """
    name = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
    if name[:1].isalpha():
        return name
    return f"{prefix}_{name}".rstrip("_")


def value(json_value: Any, indent: int = 0) -> str:
    """A JSON value as an HCL expression.

    Args:
        json_value: what `json.loads` gives, or an `Expression`.
        indent: spaces before the line that it begins on.

    Raises:
        TypeError: for what JSON does not know.

    Example:
        >>> print(value({"Version": "2012-10-17", "aws:x": ["a", True]}))
        {
          Version = "2012-10-17"
          "aws:x" = ["a", true]
        }
    """
    if isinstance(json_value, str):
        if isinstance(json_value, Expression):
            return json_value
        return string(json_value)
    if json_value is None or isinstance(json_value, bool):
        return {None: "null", True: "true", False: "false"}[json_value]
    if isinstance(json_value, (int, float)):
        return repr(json_value)
    if isinstance(json_value, list):
        return _list(json_value, indent)
    if isinstance(json_value, dict):
        members = {_key(key): inner for key, inner in json_value.items()}
        if members:
            return "{\n" + _assigned(members, indent + STEP) + " " * indent + "}"
        return "{}"
    raise TypeError(f"no HCL for {type(json_value).__name__}")


def block(kind: str, labels: Sequence[str], body: Mapping[str, Any]) -> str:
    """A block with its arguments.

    Args:
        kind: for example `"resource"`.
        labels: its labels, unquoted.
        body: the names and values of its arguments, as `value` takes them.

    Example:
        >>> values = {"name": "app", "path": "/x/"}
        >>> print(block("resource", ("aws_iam_role", "app"), values), end="")
        resource "aws_iam_role" "app" {
          name = "app"
          path = "/x/"
        }
    """
    return " ".join((kind, *map(string, labels))) + " {\n" + _assigned(body, STEP) + "}\n"


def nested(outer: str, inner: Sequence[str]) -> str:
    """A block with others in it.

    Example:
        >>> print(nested(block("provider", ("aws",), {}), [block("inner", (), {})]), end="")
        provider "aws" {
        <BLANKLINE>
          inner {
          }
        }
    """
    whole = outer.removesuffix("}\n")
    for each in inner:
        whole += "\n" + indented(each)
    return f"{whole}}}\n"


def indented(text: str) -> str:
    """Lines moved in by one step."""
    return "".join(f"  {line}" if line.strip() else line for line in text.splitlines(True))


def _assigned(members: Mapping[str, Any], indent: int) -> str:
    """One assignment a line, the `=` of neighbors that take one line under each other."""
    pairs = [(key, value(inner, indent)) for key, inner in members.items()]
    lines = []
    for is_long, group in groupby(pairs, lambda pair: "\n" in pair[1]):
        run = list(group)
        if is_long:
            width = 0
        else:
            width = max(len(key) for key, _ in run)
        lines += [f"{' ' * indent}{key:<{width}} = {text}\n" for key, text in run]
    return "".join(lines)


def _list(items: list[Any], indent: int) -> str:
    texts = [value(item, indent + STEP) for item in items]
    line = f"[{', '.join(texts)}]"
    if "\n" not in line and indent + len(line) <= WIDTH:
        return line
    pad = " " * (indent + STEP)
    return "[\n" + "".join(f"{pad}{text},\n" for text in texts) + " " * indent + "]"


def _key(key: str) -> str:
    if IDENTIFIER.fullmatch(key) and key not in KEYWORDS:
        return key
    return string(key)
