"""Wrong answers to an exercise, each with the kind of mistake and what its message has to name."""

from __future__ import annotations

from typing import NamedTuple

from trust_widgets.exercises import EXERCISES


class WrongAnswer(NamedTuple):
    """An answer that must not pass.

    Args:
        title: what is tried.
        policy: its text.
        mistake: the kind of mistake.
        names: words that the result has to show.
    """

    title: str
    policy: str
    mistake: str
    names: str


def assert_rejected(exercise: str, wrong: WrongAnswer) -> None:
    """Check that an answer is rejected for the right reason."""
    result = EXERCISES[exercise].check(wrong.policy)
    assert not result.passed
    assert str(result.mistake) == wrong.mistake, str(result)
    assert wrong.names in str(result)
