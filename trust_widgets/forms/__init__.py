"""Questions made from the signature of a function, and answers to them."""

from __future__ import annotations

from trust_widgets.forms.questions import (
    Answer,
    Field,
    Question,
    complaint_about_letters,
    complaints_about,
    complete,
    described,
    expect_asked,
    fields_of,
    idle_answers,
    said,
    settle,
)

__all__ = [
    "Answer",
    "Field",
    "Question",
    "complaint_about_letters",
    "complaints_about",
    "complete",
    "described",
    "expect_asked",
    "fields_of",
    "idle_answers",
    "said",
    "settle",
]
