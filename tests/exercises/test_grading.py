"""Grading, where no exercise's own wrong answers show it."""

from __future__ import annotations

import dataclasses
import json

import pytest

import trust_widgets as tw
from trust_widgets.access import Answer
from trust_widgets.exercises import EXERCISES
from trust_widgets.exercises.result import Mistake, Result

EXERCISE = EXERCISES["flat_seven"]
RIGHT = EXERCISE.solutions[0]


@pytest.mark.parametrize(
    "answer",
    [
        RIGHT,
        json.loads(RIGHT),
        tw.parse(RIGHT),
        tw.Role("app", tw.parse(RIGHT), "111122223333"),
        tw.TrustModel(text=RIGHT),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_an_answer_is_taken_in_any_form(answer: object) -> None:
    """A text, a document, a policy, a role, a model."""
    assert EXERCISE.check(answer).passed


@pytest.mark.parametrize("answer", [None, 3, [RIGHT]])
def test_anything_else_is_refused(answer: object) -> None:
    """With an error that says what is needed."""
    with pytest.raises(TypeError, match="is needed"):
        EXERCISE.check(answer)


def test_a_narrower_answer_than_the_narrowest_locks_somebody_out() -> None:
    """Each named request is decided rightly, and somebody who must be let in is not."""
    wide = dataclasses.replace(EXERCISE, narrowest=EXERCISE.widest)
    result = wide.check(EXERCISE.narrowest)
    assert result.mistake is Mistake.TOO_NARROW
    assert result.witness is not None
    assert tw.evaluate(tw.parse(EXERCISE.narrowest), result.witness).outcome != "allowed"


def test_a_witness_shows_what_is_too_wide() -> None:
    """The request is allowed by the answer, and not by the widest right answer."""
    wide = RIGHT.replace('"StringEquals"', '"StringEqualsIgnoreCase"')
    result = EXERCISE.check(wide)
    assert result.mistake is Mistake.TOO_WIDE
    assert result.witness is not None
    assert tw.evaluate(tw.parse(wide), result.witness).outcome == "allowed"
    assert result.because.startswith("Statement 1 allows")  # the answer does, not the bound
    assert tw.evaluate(tw.parse(EXERCISE.widest), result.witness).outcome != "allowed"


def test_a_condition_that_is_true_without_its_key_is_named() -> None:
    """Few expect it, and it is the mistake."""
    answer = RIGHT.replace('"StringEquals"', '"StringEqualsIfExists"')
    result = EXERCISE.check(answer)
    assert result.message.startswith("The vendor without an ID can")
    assert result.because.endswith(
        "The request has no sts:ExternalId, and StringEqualsIfExists is true for an absent key."
    )


def test_what_is_not_decided_does_not_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proof that was given up is no proof."""
    undecided = tw.Comparison(Answer(None, because="Not decided: too much."), Answer(False))
    monkeypatch.setattr("trust_widgets.exercises.grading.compare", lambda *_, **__: undecided)
    result = EXERCISE.check(RIGHT)
    assert result.mistake is Mistake.NOT_DECIDED
    assert "could not be proved" in str(result)


def test_what_is_certain_is_said_before_what_is_not_decided() -> None:
    """A Deny for everyone outside the organization stops the vendor, who is outside. Whether it
    stops the deploy job, which the story names first, AWS does not document.
    """
    friday = EXERCISES["friday_evening"]
    answer = json.loads(friday.solutions[0])
    outside = {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
    deny = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:*", "Condition": outside}
    answer["Statement"].append(deny)
    result = friday.check(answer)
    assert result.mistake is Mistake.LOCKED_OUT
    assert result.message.startswith("The vendor with your ID cannot")
    assert [each.is_right for each in result.callers[:3]] == [None, True, False]


def test_a_result_is_not_a_truth_value() -> None:
    """`assert exercise.check(mine)` would pass for a wrong answer."""
    with pytest.raises(TypeError, match="passed"):
        bool(Result("flat_seven", None, "Right."))
