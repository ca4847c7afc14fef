"""A typed function's signature, read as questions, so that a form can be made from it.

`Annotated[str, Question(...)]` on a parameter is all a pattern writes; ipywidgets' `interact` makes
controls from a signature in the same spirit.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from trust_widgets.names import nearest

Answer = str | bool | tuple[str, ...]
Kind = Literal["text", "choice", "flag", "list"]


@dataclass(frozen=True)
class Question:
    """What a form says about one parameter.

    Args:
        label: a few words above the control.
        help: one short line below it.
        example: an answer that is right.
        rule: a regular expression that a whole answer (each value of a list) must match.
        message: said when the rule is broken: states the rule and shows a right answer.
        optional: an empty answer is fine.
        when: `("runs", ("branch", "tag"))`: shown only while that other answer is one of these;
            with no values, `("owner_id", ())`, while it is answered at all.
        beside: another question's name: needed as soon as that one is answered.
        choices: for a `Literal`, what the reader sees for each value.
        suggestions: names to offer while the reader types, from a function so that data loads late.
        named: what a suggestion is called by people, for a reader who does not know the name.
        tidy: an answer as it was meant: `1111-2222-3333` is an account ID with the dashes of AWS's
            console.
        spread: a pasted answer that contains more than one answer, as answers to this question and
            others; empty for any other text.
        candidates: the answers that a text may represent, where it may represent several.
        generate: makes an answer, for a reader who has to choose one.
        more: shown only when the reader asks for more.
        long: an answer of many lines.
    """

    label: str
    help: str = ""
    example: str = ""
    rule: str = ""
    message: str = ""
    optional: bool = False
    when: tuple[str, tuple[str, ...]] | None = None
    beside: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    suggestions: Callable[[], tuple[str, ...]] | None = None
    named: Callable[[str], str] | None = None
    tidy: Callable[[str], str] | None = None
    spread: Callable[[str], Mapping[str, Answer]] | None = None
    generate: Callable[[], str] | None = None
    candidates: Callable[[str], tuple[str, ...]] | None = None
    more: bool = False
    long: bool = False


@dataclass(frozen=True)
class Field:
    """One parameter of a function with its question: `kind` says what control suits it."""

    name: str
    question: Question
    kind: Kind
    default: Answer
    options: tuple[str, ...] = ()

    def is_asked(self, answers: Mapping[str, Any]) -> bool:
        """Whether the question makes sense with the other answers."""
        if self.question.when is None:
            return True
        other, values = self.question.when
        if values:
            return answers.get(other) in values
        return bool(answers.get(other))


@cache
def fields_of(function: Callable[..., Any]) -> tuple[Field, ...]:
    """Return the questions in a function's signature, in its order.

    Parameters without a `Question` are left out.

    Args:
        function: annotated with `Annotated[type, Question(...)]`, where type is `str`, `bool`,
            a `Literal` of strings, or `tuple[str, ...]`.

    Example:
        >>> Name, Loud = Annotated[str, Question("Name")], Annotated[bool, Question("Loud")]
        >>> def greet(name: Name, loud: Loud = False): ...
        >>> [(f.name, f.kind) for f in fields_of(greet)]
        [('name', 'text'), ('loud', 'flag')]
    """
    hints = get_type_hints(function, include_extras=True)
    fields = []
    for name, parameter in inspect.signature(function).parameters.items():
        if get_origin(hints.get(name)) is Annotated:
            kind_of_value, question, *_ = get_args(hints[name])
            fields.append(_field(name, kind_of_value, question, parameter.default))
    return tuple(fields)


def _field(name: str, kind_of_value: Any, question: Question, default: Any) -> Field:
    given = None if default is inspect.Parameter.empty else default
    if kind_of_value is bool:
        return Field(name, question, "flag", bool(given))
    if get_origin(kind_of_value) is Literal:
        options = get_args(kind_of_value)
        return Field(name, question, "choice", given or options[0], options)
    if get_origin(kind_of_value) is tuple:
        return Field(name, question, "list", tuple(given or ()))
    return Field(name, question, "text", given or "")


def expect_asked(
    fields: tuple[Field, ...], answers: Mapping[str, Any], who: str, besides: tuple[str, ...] = ()
) -> None:
    """Refuse an answer to a question that nobody asks.

    Args:
        fields: the questions.
        answers: by question.
        who: asks, for the message.
        besides: what is accepted as well, for the message.

    Raises:
        TypeError: for such an answer; the message lists the questions that there are.

    Example:
        >>> account = Field("account", Question("Account"), "text", "")
        >>> expect_asked((account,), {"owner": "octo-org"}, "vendor")
        Traceback (most recent call last):
        ...
        TypeError: vendor has no question owner. Its questions are account
    """
    asked = [field.name for field in fields]
    unknown = sorted(map(str, set(answers) - set(asked)))
    if not unknown:
        return
    near = nearest(unknown[0], (*asked, *besides))
    meant = f"; did you mean {near!r}?" if near else "."
    names = ", ".join((*asked, *besides))
    raise TypeError(f"{who} has no question {', '.join(unknown)}{meant} Its questions are {names}")


def described(fields: tuple[Field, ...]) -> str:
    """The questions, a line for each: its name, what it means, and a right answer.

    Example:
        >>> owner = Question("Owner", example="octo-org", optional=True)
        >>> print(described((Field("owner", owner, "text", ""),)))
        owner: Owner; for example 'octo-org'; may be left out
    """
    return "\n".join("; ".join(_described(each)) for each in fields)


def _described(asked: Field) -> Iterator[str]:
    question, example = asked.question, asked.question.example
    yield f"{asked.name}: {question.label}"
    if asked.options:
        yield f"one of {', '.join(map(repr, asked.options))}"
    elif asked.kind == "flag":
        yield "True or False"
    elif example and not asked.default:
        yield f"for example {(example,) if asked.kind == 'list' else example!r}"
    if question.when:
        other, values = question.when
        yield f"where {other} is {' or '.join(map(repr, values)) or 'answered'}"
    if question.optional:
        yield "may be left out"
    elif asked.default and asked.kind != "flag":
        yield f"{asked.default!r} if left out"
