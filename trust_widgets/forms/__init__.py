"""Questions made from the signature of a function, and answers to them."""

from __future__ import annotations

from trust_widgets.forms.answers import (
    complaint_about_letters,
    complaints_about,
    complete,
    idle_answers,
    listed,
    read_answers,
    said,
    settle,
    without_chosen,
)
from trust_widgets.forms.questions import (
    Answer,
    Field,
    Kind,
    Question,
    described,
    expect_asked,
    fields_of,
)
from trust_widgets.forms.reading import read_answer
from trust_widgets.forms.spreading import spread_answer

__all__ = [
    "Answer",
    "Field",
    "Kind",
    "Question",
    "complaint_about_letters",
    "complaints_about",
    "complete",
    "described",
    "expect_asked",
    "fields_of",
    "idle_answers",
    "listed",
    "read_answer",
    "read_answers",
    "said",
    "settle",
    "spread_answer",
    "without_chosen",
]
