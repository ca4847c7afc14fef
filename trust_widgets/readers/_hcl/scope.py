"""The place of an expression of Terraform, and how many more steps may be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from trust_widgets.readers._hcl.expressions import Expr
from trust_widgets.readers._hcl.templates import Chars
from trust_widgets.readers._tree import Hole, Tree, scalar, unknown

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
    """The place of an expression.

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

    def value(self, expr: Expr) -> Tree:
        """The value of an expression.

        Raises:
            TooMuch: when it takes too many steps.
        """
        return self.module.evaluated(expr, self)

    def values_of_parts(self, expr: Expr) -> list[Tree]:
        """The values of the expressions in one."""
        return [self.value(part) for part in expr.parts if part is not None]

    def empty_at(self, expr: Expr) -> Tree:
        """A place for what has none."""
        return scalar(None, *self.place(expr))

    def unknown(self, expr: Expr) -> Tree:
        """A value that is not known, with its expression."""
        start, end = self.place(expr)
        return unknown(start, end, [Hole(self.text_of(expr), start, end)])
