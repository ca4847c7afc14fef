"""How much work a search may do, counted in states that it expands and never in time.

So the same policy has the same answer on every machine, and in a browser. One question asks many
searches: each has its own budget, and all of them share one that grows with the policy.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

DEFAULT = 2000
"""States: about 30 ms on a small machine."""

STEPS = 64
"""Small steps that are worth one state."""

P = ParamSpec("P")
T = TypeVar("T")


class Undecided(Exception):
    """The question is not decided."""


class BudgetExhausted(Undecided):
    """The budget of one search is used up."""


class SharedBudgetExhausted(Exception):
    """The budget that all searches of one question share is used up: the caller has to say
    so.

    It is no `Undecided`, so that no search takes it for an answer, and nothing is remembered.
    """


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
        self._steps = 0
        self._shared = _SHARED.get()

    def spend(self, states: int = 1) -> None:
        """Count states.

        Raises:
            BudgetExhausted, SharedBudgetExhausted: when there are no more.
        """
        self._shared.spend(states)
        self.left -= states
        if self.left < 0:
            raise BudgetExhausted

    def work(self, steps: int) -> None:
        """Count small steps, such as the comparison of a text with a pattern; some make a state.

        Raises:
            BudgetExhausted, SharedBudgetExhausted: when there are no more.
        """
        self._steps += steps
        if self._steps >= STEPS:
            states, self._steps = divmod(self._steps, STEPS)
            self.spend(states)


class _Shared:
    """States that all searches of one question may still expand; without a limit, they are
    counted.
    """

    def __init__(self, states: int | None = None) -> None:
        self.limit = states
        self.spent = 0

    def spend(self, states: int) -> None:
        self.spent += states
        if self.limit is not None and self.spent > self.limit:
            raise SharedBudgetExhausted


_UNLIMITED = _Shared()
_SHARED: ContextVar[_Shared] = ContextVar("_SHARED", default=_UNLIMITED)


@contextmanager
def shared_budget(states: int) -> Iterator[None]:
    """Let all searches inside share one budget; a question inside another one shares that of the
    other.
    """
    if shares_budget():
        yield
        return
    token = _SHARED.set(_Shared(states))
    try:
        yield
    finally:
        _SHARED.reset(token)


def shares_budget() -> bool:
    """Whether searches share a budget here."""
    return _SHARED.get().limit is not None


def is_exhausted() -> bool:
    """Whether the shared budget is used up."""
    shared = _SHARED.get()
    return shared.limit is not None and shared.spent > shared.limit


def prepare(states: int) -> None:
    """Count the preparation of a search, which only all searches together have to pay for.

    Raises:
        SharedBudgetExhausted: when there are no more.
    """
    _SHARED.get().spend(states)


def states_spent() -> int:
    """How many states the searches of this question have expanded so far."""
    return _SHARED.get().spent


def _counted(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, int]:
    """What a function gives, and how many states that took."""
    counter = _Shared()
    token = _SHARED.set(counter)
    try:
        return function(*args, **kwargs), counter.spent
    finally:
        _SHARED.reset(token)


def remembered_search(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember what a function that searches gives for its arguments, with what that took.

    What was remembered is paid for again, so that the answers to a policy do not depend on those
    that were asked about before it.

    Args:
        most: how many answers are remembered; with one more, all are forgotten.
    """

    def decorated(function: Callable[P, T]) -> Callable[P, T]:
        known: dict[Hashable, tuple[T, int]] = {}

        @wraps(function)
        def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            at = (args, tuple(sorted(kwargs.items())))
            shared = _SHARED.get()
            found = known.get(at)
            if found is not None:
                shared.spend(found[1])
                return found[0]
            if shared.limit is None:
                answer, spent = _counted(function, *args, **kwargs)
            else:
                before = shared.spent
                answer = function(*args, **kwargs)
                spent = shared.spent - before
            if len(known) >= most:
                known.clear()
            known[at] = answer, spent
            return answer

        return asked

    return decorated
