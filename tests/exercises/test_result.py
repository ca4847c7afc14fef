"""Results as a notebook shows them."""

from __future__ import annotations

import pytest

from trust_widgets.exercises import EXERCISES
from trust_widgets.exercises.result import Mistake, Result


def test_a_result_shows_its_request_and_reason() -> None:
    """In plain text and in HTML."""
    exercise = EXERCISES["flat_seven"]
    result = exercise.check(exercise.start)
    bundle = result._repr_mimebundle_()
    assert str(result) == bundle["text/plain"]
    for text in (result.message, "arn:aws:sts::999988887777:assumed-role/collector/run-1"):
        assert text in bundle["text/plain"]
        assert text.replace("'", "&#x27;") in bundle["text/html"]


@pytest.mark.parametrize(("left", "words"), [(1, "1 more mistake of"), (3, "3 more mistakes of")])
def test_further_mistakes_are_counted(left: int, words: str) -> None:
    """In the singular and in the plural."""
    assert words in str(Result("x", Mistake.REFUSED, "IAM would not save it.", left=left))


def test_what_a_student_wrote_is_no_html() -> None:
    """A policy's values are escaped."""
    result = Result("x", Mistake.REFUSED, '"<script>" is no service.')
    assert "<script>" not in result._repr_mimebundle_()["text/html"]
