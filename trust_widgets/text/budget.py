"""How much work a search may do, counted in states that it expands and never in time.

So the same policy has the same answer on every machine, and in a browser.
"""

from __future__ import annotations

DEFAULT = 2000
"""States: about 30 ms on a small machine."""


class Undecided(Exception):
    """The question is not decided."""


class BudgetExhausted(Undecided):
    """The budget is used up."""


class Budget:
    """States that may still be expanded.

    Example:
        >>> budget = Budget(2)
        >>> budget.spend(2)
        >>> budget.left
        0
    """

    def __init__(self, states: int = DEFAULT) -> None:
        self.left = states

    def spend(self, states: int = 1) -> None:
        """Count states.

        Raises:
            Spent: when there are no more.
        """
        self.left -= states
        if self.left < 0:
            raise BudgetExhausted
