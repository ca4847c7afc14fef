"""Statements and conditions as blocks of Terraform's `aws_iam_policy_document`."""

from __future__ import annotations

from typing import Any

from trust_widgets.policy import DocumentError, parse
from trust_widgets.readers import statement_as_block
from trust_widgets.text.quoting import hcl


def statement_block(statement: Any, column: int) -> str:
    """A statement as a block, from its first word; `""` where a block cannot say it.

    Args:
        statement: plain JSON values. column: the spaces before its first line.
    """
    try:
        [one] = parse({"Version": "2012-10-17", "Statement": [statement]}).statements
    except (DocumentError, ValueError):
        return ""
    lines = statement_as_block(one).rstrip("\n").splitlines()
    pad = " " * column
    return "\n".join([*lines[:1], *(f"{pad}{line}" if line else "" for line in lines[1:])])


def condition_blocks(conditions: dict[str, dict[str, Any]], indent: int) -> str:
    """The blocks of conditions by operator and key, each behind an empty line.

    Args:
        conditions: as a policy has them. indent: the spaces before each block.
    """
    text = ""
    for operator, keys in conditions.items():
        for key, values in keys.items():
            text += _condition_block(operator, key, values, indent)
    return text


def _condition_block(operator: str, key: str, values: Any, indent: int) -> str:
    pad, inner = " " * indent, " " * (indent + 2)
    listed = values if isinstance(values, list) else [values]
    return (
        f"\n{pad}condition {{\n{inner}test     = {hcl.string(operator)}\n"
        f"{inner}variable = {hcl.string(key)}\n{inner}values   = {hcl.value(listed, indent + 2)}\n"
        f"{pad}}}\n"
    )
