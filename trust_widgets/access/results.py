"""Answers to questions about who can assume the role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from trust_widgets.evaluation import Request
from trust_widgets.explain import ALONE, GAINED, LOST, NoTruthValue, Part, bundle_of, parts_of
from trust_widgets.names import helps_with_names
from trust_widgets.policy import Path

NEVER_THERE, NO_VALUE, CONTRADICTION, DISAGREEMENT = (
    "never_there",
    "no_value",
    "contradiction",
    "disagreement",
)
DENIED, NOBODY_NAMED, NO_ACTION, NEEDS_ACTION = (
    "denied",
    "nobody_named",
    "no_action",
    "needs_action",
)
NO_MEANING = "Not decided: IAM would reject this policy, so its meaning is not defined."
TOO_MUCH = "Not decided: there are too many possibilities."
NOT_SAID = "Not decided: it depends on a condition whose meaning AWS does not document."

STAR_AND_TOKENS = (
    'Not decided: AWS does not document whether "*" matches callers with a token or a SAML'
    " assertion, and the answer depends on it."
)


class Blocker(NamedTuple):
    """What stops everybody.

    Args:
        code: `NEVER_THERE`, `NO_VALUE`, `CONTRADICTION` (of conditions on one key), `DISAGREEMENT`
            (on two keys of which one implies the other), `DENIED`, `NOBODY_NAMED`, `NO_ACTION` or
            `NEEDS_ACTION`.
        path: the place in the policy.
        text: a sentence.
        others: further places that it takes: the other conditions of a contradiction or
            disagreement.
    """

    code: str
    path: Path
    text: str
    others: tuple[Path, ...] = ()


@helps_with_names(
    answer="found",
    result="found",
    outcome="found",
    public="found",
    reason="because",
    call="witness",
)
@dataclass(frozen=True, slots=True, eq=False)
class Answer(NoTruthValue):
    """The answer to a question about callers.

    Args:
        found: whether there is such a caller; `None`: not decided.
        witness: a call that shows it, decided by `evaluate` before it is given.
        because: the first reason that differs; of `None`, why it is not decided.
        path: the place in the policy that `because` speaks of, when there is one.
        blockers: of a statement that allows no one, what stops everybody.
    """

    found: bool | None
    witness: Request | None = None
    because: str = ""
    path: Path = ()
    blockers: tuple[Blocker, ...] = ()

    ASK: ClassVar[str] = "answer.found is True, or answer.found is False; None is not decided"

    def __str__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return bundle_of(parts_of(ALONE, self.found, self.witness, self.because))


@helps_with_names(equal="same", added="gained", removed="lost", found="gained.found")
@dataclass(frozen=True, slots=True, eq=False)
class Comparison(NoTruthValue):
    """What changes from one policy to another.

    Args:
        gained: whether the new one allows a call that the old one did not.
        lost: whether the old one allowed a call that the new one does not.
    """

    gained: Answer
    lost: Answer

    ASK: ClassVar[str] = (
        "comparison.gained.found is True, or comparison.lost.found is True; None is not decided"
    )

    def __str__(self) -> str:
        return self._repr_mimebundle_()["text/plain"]

    @property
    def same(self) -> bool | None:
        """True if both policies allow the same requests, `None` if that is not decided."""
        answers = (self.gained.found, self.lost.found)
        if True in answers:
            return False
        if None in answers:
            return None
        return True

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        gained = _parts_with_reason(GAINED, self.gained, reason_prefix="Before: ")
        lost = _parts_with_reason(LOST, self.lost, reason_prefix="Now: ")
        return bundle_of([*gained, *lost])


def _parts_with_reason(
    words: tuple[str, str, str], answer: Answer, *, reason_prefix: str
) -> Iterator[Part]:
    """Return the parts that show one side of a comparison."""
    reason = answer.because
    if answer.found:
        reason = f"{reason_prefix}{reason}"
    return parts_of(words, answer.found, answer.witness, reason)
