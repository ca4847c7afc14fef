"""Controls of ipywidgets for the questions of one grant, to lay out a form of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import ipywidgets

from trust_widgets.forms import Answer, Field, Question, complete
from trust_widgets.model import Grant, TrustModel, kind_of
from trust_widgets.names import hint
from trust_widgets.patterns import PATTERNS
from trust_widgets.policy import Given
from trust_widgets.views.export import FIELDS as OF_ROLE
from trust_widgets.views.part import model_of

ROLE = ("account", "role_name", "path")
_WIDE = {"description_width": "initial"}


class Controls(Mapping[str, ipywidgets.DOMWidget]):
    """A control for each question of a grant, and for the role's name, path and account.

    Each is bound to the model both ways. A question that makes no sense with the other answers
    is not displayed. What is wrong with an answer is the control's tooltip.

    Args:
        model: a `TrustModel`, or a view of one.
        index: which of the model's grants.
    """

    def __init__(self, model: TrustModel, index: int) -> None:
        grant = model.grants[index]
        pattern = kind_of(grant)
        if pattern is None:
            raise ValueError(f"grant {index} was written by hand: it has no questions")
        self.model = model
        self._index = index
        self._pattern = grant.pattern
        self._fields = {field.name: field for field in pattern.fields_for(grant.answers)}
        role = {name: Field(name, OF_ROLE[name], "text", "") for name in ROLE}
        self._controls = {name: _control(field) for name, field in {**role, **self._fields}.items()}
        self._is_drawing = False
        self._draw()
        for name, control in self._controls.items():
            control.observe(self._take_of(name), "value")
        model.observe(self._draw, "revision")

    def __getitem__(self, name: str) -> ipywidgets.DOMWidget:
        if name not in self._controls:
            raise KeyError(f"no question {name!r}; {hint(name, self._controls)}")
        return self._controls[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._controls)

    def __len__(self) -> int:
        return len(self._controls)

    def __repr__(self) -> str:
        return f"Controls({', '.join(self._controls)})"

    def close(self) -> None:
        """Stop following the model, and take the controls off the page."""
        self.model.unobserve(self._draw, "revision")
        for control in self._controls.values():
            control.close()

    @property
    def _grant(self) -> Grant | None:
        """The grant, as long as it is of the same pattern."""
        grants = self.model.grants
        if self._index >= len(grants):
            return None
        grant = grants[self._index]
        if grant.pattern == self._pattern:
            return grant
        return None

    def _is_asked_now(self, name: str) -> bool:
        """Whether the grant's pattern still has a question: its first answer may decide that."""
        grant, pattern = self._grant, PATTERNS[self._pattern]
        fields = pattern.fields_for(grant.answers) if grant else ()
        return any(field.name == name for field in fields)

    def _take_of(self, name: str) -> Any:
        """What puts a control's new value into the model."""

        def take(change: Any) -> None:
            if self._is_drawing:
                return
            if name in ROLE:
                setattr(self.model, name, change.new.strip())
                return
            grant = self._grant
            if grant is None:
                return
            value = change.new
            answer = tuple(value) if self._fields[name].kind == "list" else value
            answers = {**grant.answers, name: answer}
            self.model.change_grant(self._index, grant.answered(answers))

        return take

    def _draw(self, _: object = None) -> None:
        """Show the model's answers."""
        grant = self._grant
        fields = tuple(self._fields.values())
        self._is_drawing = True
        try:
            for name in ROLE:
                self._controls[name].value = getattr(self.model, name)
            for name, field in self._fields.items():
                control = self._controls[name]
                if control.has_trait("disabled"):
                    control.disabled = not self._is_asked_now(name)
                if not self._is_asked_now(name):
                    control.layout.display = None if grant is None else "none"
                elif grant is not None:
                    self._draw_one(field, complete(fields, grant.answers))
            self._draw_tooltips()
        finally:
            self._is_drawing = False

    def _draw_one(self, field: Field, answers: Mapping[str, Answer]) -> None:
        control = self._controls[field.name]
        control.layout.display = None if field.is_asked(answers) else "none"
        answer = answers[field.name]
        if field.kind == "choice" and answer not in field.options:
            return
        control.value = list(answer) if isinstance(answer, tuple) else answer

    def _draw_tooltips(self) -> None:
        wrong = {
            each.question: each.message
            for each in self.model.complaints
            if each.grant in (-1, self._index)
        }
        for name, control in self._controls.items():
            question = OF_ROLE[name] if name in ROLE else self._fields[name].question
            control.tooltip = wrong.get(name) or question.help


def controls(model: Given | None = None, index: int = 0) -> Controls:
    """Return controls of ipywidgets for the questions of a grant, bound to the model both ways.

    Args:
        model: a `TrustModel`, a view or a builder; or a policy, for a new model.
        index: which of the model's grants.

    Raises:
        IndexError: for a grant that is not there.
        ValueError: for a statement that was written by hand, and has no questions.

    Example:
        >>> import trust_widgets as tw
        >>> model = tw.TrustModel(grants=[tw.Grant("aws_service")])
        >>> ask = tw.controls(model)
        >>> ask["services"].value = ["ec2.amazonaws.com"]
        >>> model.grants[0].answers["services"], list(ask)
        (('ec2.amazonaws.com',), ['account', 'role_name', 'path', 'services'])
    """
    shared = model_of(model)
    if not 0 <= index < len(shared.grants):
        raise IndexError(
            f"there is no grant {index}: the model has {len(shared.grants)}."
            " Write tw.TrustModel(grants=[tw.Grant('github_oidc')])."
        )
    return Controls(shared, index)


def _control(field: Field) -> ipywidgets.DOMWidget:
    """The control that suits a question."""
    question = field.question
    said = {"description": question.label, "style": _WIDE}
    if field.kind == "flag":
        return ipywidgets.Checkbox(indent=False, **said)
    if field.kind == "choice":
        return ipywidgets.Dropdown(options=_options(field), value=field.default, **said)
    if field.kind == "list":
        return ipywidgets.TagsInput(allow_duplicates=False, **_without_description(question))
    if question.long:
        return ipywidgets.Textarea(placeholder=question.example, **said)
    if question.suggestions is not None:
        names = question.suggestions()
        return ipywidgets.Combobox(options=names, placeholder=question.example, **said)
    return ipywidgets.Text(placeholder=question.example, **said)


def _options(field: Field) -> list[tuple[str, str]]:
    choices = field.question.choices
    shown = [(choices.get(option, option), option) for option in field.options]
    if field.default in field.options:
        return shown
    return [("", ""), *shown]


def _without_description(question: Question) -> dict[str, Any]:
    """A list of tags has no separate label that is drawn."""
    return {
        "tooltip": question.help,
        "placeholder": f"{question.label}, such as {question.example}",
    }
