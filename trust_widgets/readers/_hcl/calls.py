"""A call of one of Terraform's functions, with the values that it is given."""

from __future__ import annotations

from typing import Any, NamedTuple

from trust_widgets.readers._hcl.values import missing, not_known
from trust_widgets.readers._tree import Tree, listed


class FunctionFails(ValueError):
    """What Terraform reports as an error, which `try` and `can` see."""


class Call(NamedTuple):
    """A call of a function: its place, its text, and its arguments."""

    at: Tree
    expression: str
    arguments: tuple[Tree, ...]

    @property
    def not_known(self) -> Tree:
        """The result when it is not known."""
        return not_known(self.at, *self.arguments, expression=self.expression)

    @property
    def failed(self) -> Tree:
        """The result when Terraform reports an error."""
        known = self.not_known
        return missing(self.at, self.expression).resting_on(known.defaults)

    def items(self, arguments: tuple[Tree, ...] | None = None) -> Tree:
        """The items of lists one after the other; of one that is not known, a hole."""
        found: list[Tree] = []
        holes: tuple[Any, ...] = ()
        for one in self.arguments if arguments is None else arguments:
            if one.kind == "list":
                found += [item.resting_on(one.defaults) for item in one.items]
                holes += one.holes
            else:
                holes += not_known(one, one, expression=self.expression).holes
        return listed(found, self.at.start, self.at.end, holes)
