"""A block of one of Terraform's files, which is parsed when it is needed.

A block in an override file replaces what it repeats of another block.
https://developer.hashicorp.com/terraform/language/files/override
"""

from __future__ import annotations

from dataclasses import replace

from trust_widgets.readers._hcl.blocks import BlockSpan
from trust_widgets.readers._hcl.expressions import Expr, HclAttribute, HclBlock
from trust_widgets.readers._hcl.syntax import NotTerraform, block_of
from trust_widgets.readers._hcl.templates import Chars
from trust_widgets.readers._sources import SourceText


class Found:
    """A block, with the text in which its places count.

    Args:
        source: its file. span: its kind and labels, and where it is.
        block: the block itself, where it need not be parsed.
    """

    def __init__(self, source: SourceText, span: BlockSpan, block: HclBlock | None = None) -> None:
        self.source = source
        self.span = span
        self._block = block
        self._fault: NotTerraform | None = None
        if block is not None:
            start, end = (0, len(source.clean))
        else:
            start, end = (span.start, span.end)
        self._chars = Chars(
            source.clean[start:end], range(source.base + start, source.base + end + 1)
        )

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by: its kind and its labels."""
        return (self.span.kind, *self.span.labels)

    @property
    def base(self) -> int:
        """The number of its first character."""
        return self.source.base + self.span.start

    def chars(self) -> Chars:
        """The text in which the places of the parsed block count."""
        return self._chars

    def parsed(self) -> HclBlock:
        """Its attributes and blocks.

        Raises:
            NotTerraform: when it cannot be parsed.
        """
        if self._fault is not None:
            raise self._fault
        if self._block is None:
            try:
                self._block = self._read()
            except NotTerraform as error:
                self._fault = error
                raise
        return self._block

    def _read(self) -> HclBlock:
        return block_of(self._chars.text)


class Overridden(Found):
    """A block of which an override file replaces a part."""

    def __init__(self, first: Found, second: Found) -> None:
        super().__init__(first.source, first.span)
        self._first = first
        self._second = second

    def chars(self) -> Chars:
        """The text of both blocks."""
        one, other = self._first.chars(), self._second.chars()
        places = [*one.places[: len(one.text)], *other.places]
        return Chars(one.text + other.text, places)

    def _read(self) -> HclBlock:
        one, other = self._first.parsed(), self._second.parsed()
        by = len(self._first.chars().text)
        attributes = {attribute.name: attribute for attribute in one.attributes}
        attributes |= {
            attribute.name: _moved_attribute(attribute, by) for attribute in other.attributes
        }
        replaced = set(map(_kind_of, other.blocks))
        kept = [block for block in one.blocks if _kind_of(block) not in replaced]
        blocks = [*kept, *(_moved_block(block, by) for block in other.blocks)]
        return replace(one, attributes=tuple(attributes.values()), blocks=tuple(blocks))


def _kind_of(block: HclBlock) -> str:
    if block.kind == "dynamic" and block.labels:
        return block.labels[0]
    return block.kind


def _moved_attribute(attribute: HclAttribute, by: int) -> HclAttribute:
    return replace(
        attribute,
        start=attribute.start + by,
        end=attribute.end + by,
        value=_moved(attribute.value, by),
    )


def _moved(expr: Expr, by: int) -> Expr:
    parts = tuple(_moved(part, by) if part else None for part in expr.parts)
    value = expr.value
    if expr.kind == "json_string":
        value = value[0], [place + by for place in value[1]]
    return Expr(expr.kind, expr.start + by, expr.end + by, value, parts)


def _moved_block(block: HclBlock, by: int) -> HclBlock:
    return replace(
        block,
        start=block.start + by,
        end=block.end + by,
        attributes=tuple(_moved_attribute(attribute, by) for attribute in block.attributes),
        blocks=tuple(_moved_block(inner, by) for inner in block.blocks),
    )
