"""What a file of Terraform is made of: blocks, attributes and expressions, with their places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Expr:
    """An expression.

    Args:
        kind: `"literal"`, `"string"`, `"heredoc"`, `"name"`, `"attribute"`, `"index"`, `"splat"`,
            `"call"`, `"list"`, `"object"`, `"for_list"`, `"for_object"`, `"for_group"`,
            `"conditional"`, `"binary"`, `"unary"` or `"json_string"`.
        start, end: its characters, in the text that was parsed.
        value: of a literal; the name, the operator or the function.
        parts: the expressions in it, in their order; `None` for one that is left out.
    """

    kind: str
    start: int
    end: int
    value: Any = None
    parts: tuple[Expr | None, ...] = ()


@dataclass(frozen=True, slots=True)
class HclAttribute:
    """A name with its value in a block."""

    name: str
    start: int
    end: int
    value: Expr


@dataclass(frozen=True, slots=True)
class HclBlock:
    """A block with what is in it, in its order."""

    kind: str
    labels: tuple[str, ...]
    start: int
    end: int
    attributes: tuple[HclAttribute, ...] = ()
    blocks: tuple[HclBlock, ...] = ()

    def attribute(self, name: str) -> HclAttribute | None:
        """The attribute of that name."""
        return next((each for each in self.attributes if each.name == name), None)

    def blocks_of(self, *kinds: str) -> list[HclBlock]:
        """The blocks of these kinds in it."""
        return [block for block in self.blocks if block.kind in kinds]
