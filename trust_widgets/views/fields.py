"""Questions as the controls that a browser draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trust_widgets.forms import Answer, Field, Question, complete
from trust_widgets.model import TrustModel
from trust_widgets.views.tables import suggestions_of

if TYPE_CHECKING:
    from trust_widgets.views.state.common import FieldState, Option

LONGEST_OPTION = 18  # letters that a choice of half the form's width can show


def field_states(
    fields: tuple[Field, ...], answers: Mapping[str, Any], complaints: Mapping[str, str]
) -> list[FieldState]:
    """The controls of a form, those that make sense with the other answers.

    A question that was not touched yet does not complain of being empty.
    """
    every = complete(fields, answers)
    asked = [field for field in fields if field.is_asked(every)]
    drawn = [
        field_state(
            field,
            every[field.name],
            complaints.get(field.name, "") if field.name in answers else "",
        )
        for field in asked
    ]
    _pair(drawn, [_is_short(field) for field in asked])
    return drawn


def field_state(field: Field, value: Answer, complaint: str, role: bool = False) -> FieldState:
    """One control."""
    question = field.question
    return {
        "name": field.name,
        "label": question.label,
        "help": question.help,
        "example": question.example,
        "kind": field.kind,
        "value": list(value) if isinstance(value, tuple) else value,
        "complaint": complaint,
        "optional": question.optional,
        "more": question.more,
        "options": _options(field),
        "suggestions": suggestions_of(question),
        "half": False,
        "role": role,
        "long": question.long,
        "withheld": False,
        "generates": question.generate is not None,
        "candidates": _candidates(question, value),
    }


def _options(field: Field) -> list[Option]:
    """The options of a choice; where none is chosen to begin with, a place for that before them."""
    labels = {option: field.question.choices.get(option, option) for option in field.options}
    if field.options and field.default not in field.options:
        labels = {"": "Choose one", **labels}
    return [{"value": option, "label": label} for option, label in labels.items()]


def _candidates(question: Question, value: Answer) -> list[str]:
    if question.candidates is None or not isinstance(value, str):
        return []
    return list(question.candidates(value.strip()))


def withheld(drawn: FieldState) -> FieldState:
    """A control whose value is kept from the state, which is saved with notebooks."""
    return {**drawn, "value": "", "withheld": True}


def role_field(name: str, question: Question, value: str, complaint: str) -> FieldState:
    """A control for something that belongs to the role, whatever the grant."""
    return field_state(Field(name, question, "text", ""), value, complaint, role=True)


def complaint_about_role(model: TrustModel, name: str) -> str:
    """Return what is wrong with one of the role's own fields, or an empty text."""
    for complaint in model.complaints:
        if (complaint.grant, complaint.question) == (-1, name):
            return complaint.message
    return ""


def _pair(drawn: list[FieldState], short: list[bool]) -> None:
    """Put short controls that follow each other side by side, two by two."""
    at = 0
    while at + 1 < len(drawn):
        one, other = drawn[at], drawn[at + 1]
        fits = short[at] and short[at + 1] and one["more"] == other["more"]
        one["half"] = one["half"] or fits
        other["half"] = fits
        at += 2 if fits else 1


def _is_short(field: Field) -> bool:
    """Whether a control is readable at half the width."""
    question = field.question
    if field.kind not in ("text", "choice") or question.long:
        return False
    words = [question.label, *(question.choices.get(option, option) for option in field.options)]
    if question.suggestions is not None:
        words.extend(question.suggestions())
    if field.kind == "text":
        words.append(question.example)
    return max(map(len, words)) <= LONGEST_OPTION


def answers_from_fields(
    asked: tuple[Field, ...], old: Mapping[str, Any], typed: Mapping[str, Any]
) -> dict[str, Answer]:
    """The answers that were touched, from what a browser sends for every control."""
    answers = dict(old)
    for field in asked:
        if field.name in typed:
            value = _typed_value(field, typed[field.name])
            if field.name in old or value != field.default:
                answers[field.name] = value
    return answers


def _typed_value(field: Field, value: Any) -> Answer:
    if field.kind == "list":
        if isinstance(value, list):
            return tuple(str(inner) for inner in value)
        return ()
    if field.kind == "flag":
        return bool(value)
    return str(value)
