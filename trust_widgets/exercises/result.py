"""The result of an answer to an exercise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from trust_widgets.evaluation import Outcome, Request
from trust_widgets.explain import bundle_of, request_lines


class Mistake(StrEnum):
    """What is wrong with an answer."""

    UNREADABLE = "unreadable"
    REFUSED = "refused"
    LOCKED_OUT = "locked_out"
    LET_IN = "let_in"
    TOO_WIDE = "too_wide"
    TOO_NARROW = "too_narrow"
    NOT_DECIDED = "not_decided"


@dataclass(frozen=True, slots=True)
class CheckedCaller:
    """What an answer decides about one caller of the story.

    Args:
        caller: who makes the request, as a noun phrase.
        must_assume: whether the caller has to be able to assume the role.
        outcome: what the answer decides.
        because: why, with the place in the policy.
        request: the request.
    """

    caller: str
    must_assume: bool
    outcome: Outcome
    because: str
    request: Request

    @property
    def is_right(self) -> bool | None:
        """Whether the answer decides this caller as the task says; `None`: not decided."""
        if self.outcome in (Outcome.DEPENDS, Outcome.INVALID):
            return None
        return (self.outcome is Outcome.ALLOWED) is self.must_assume


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an answer to an exercise.

    Args:
        exercise: the exercise's name.
        mistake: what is wrong; `None` when the answer is right.
        message: one sentence that says so.
        because: why, with the place in the policy.
        witness: the request that shows it; `None` where none does.
        left: how many mistakes of the same kind there are besides.
        callers: each caller of the story with what the answer decides; empty for an answer that
            is no policy, or that IAM would not save.
    """

    exercise: str
    mistake: Mistake | None
    message: str
    because: str = ""
    witness: Request | None = None
    left: int = 0
    callers: tuple[CheckedCaller, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.mistake is None

    def __bool__(self) -> bool:
        raise TypeError("A result is neither true nor false. Write `result.passed`.")

    def __str__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """As text and as HTML that needs no kernel."""
        request = tuple(request_lines(self.witness)) if self.witness else ()
        parts = [(self.message, request)]
        if self.because:
            parts.append((self.because, ()))
        if self.left:
            if self.left == 1:
                more = "There is at least 1 more mistake"
            else:
                more = f"There are at least {self.left} more mistakes"
            parts.append((f"{more} of this kind.", ()))
        return bundle_of(parts)
