"""An answer that a person gives in code, read as the kind that its question asks for.

What can only be meant in one way is read: one string for a list, a whole number for a string.
Anything else is refused in words that show a right answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from numbers import Integral

from trust_widgets.forms.questions import Answer, Field

LONGEST_SHOWN = 60  # characters of a wrong answer, or of an example


def read_answer(asked: Field, given: object) -> Answer:
    """Return an answer as its question's kind.

    Args:
        asked: the question.
        given: of any type.

    Raises:
        ValueError: for an answer of another kind, with a right one.

    Example:
        >>> from trust_widgets.forms import Question
        >>> names = Field("names", Question("Names", example="app"), "list", ())
        >>> read_answer(names, "app"), read_answer(names, ["app", "web"])
        (('app',), ('app', 'web'))
        >>> read_answer(names, None)
        Traceback (most recent call last):
        ...
        ValueError: None is not an answer. Write names=('app',).
    """
    if given is None:
        may_be_left_out = asked.question.optional or asked.default
        left_out = ", or leave it out" if may_be_left_out else ""
        raise ValueError(f"None is not an answer. Write {right_answer(asked)}{left_out}.")
    if asked.kind == "flag":
        return _flag(asked, given)
    if asked.kind == "list":
        return _values(asked, given)
    if asked.kind == "choice":
        return _choice(asked, given)
    return _text(asked, given)


def right_answer(asked: Field) -> str:
    """A right answer as a reader writes it: `branch='main'`."""
    if asked.kind == "flag":
        return f"{asked.name}=True or {asked.name}=False"
    example = asked.question.example
    if asked.options:
        example = str(asked.default)
    if not example or len(example) > LONGEST_SHOWN:
        example = "..."
    return f"{asked.name}={(example,) if asked.kind == 'list' else example!r}"


def _choice(asked: Field, given: object) -> str:
    """An option, or a text that is judged with the other answers; `True` is `"true"`."""
    text = str(given).lower() if isinstance(given, bool) else given
    if isinstance(text, str) and (text in asked.options or not isinstance(given, bool)):
        return str(text)
    options = ", ".join(map(repr, asked.options))
    raise ValueError(f"{_shown(given)} is not one of {options}. Write {right_answer(asked)}.")


def _flag(asked: Field, given: object) -> bool:
    if isinstance(given, bool):
        return given
    raise ValueError(f"{_shown(given)} is neither True nor False. Write {right_answer(asked)}.")


def _values(asked: Field, given: object) -> tuple[str, ...]:
    """One string is one value; the order of a set is that of the alphabet."""
    if isinstance(given, (str, Integral)):
        return (_text(asked, given),)
    if isinstance(given, (Mapping, bytes)) or not isinstance(given, Iterable):
        raise ValueError(f"{_shown(given)} is not a list of strings. Write {right_answer(asked)}.")
    values = tuple(_text(asked, value) for value in given)
    if isinstance(given, (set, frozenset)):
        return tuple(sorted(values))
    return values


def _text(asked: Field, given: object) -> str:
    if isinstance(given, str):
        return str(given)
    if isinstance(given, Mapping) and asked.question.long:
        return json.dumps(given, default=str)  # a record or claims that were read already
    if isinstance(given, Integral) and not isinstance(given, bool) and int(given) >= 0:
        return _number(asked, int(given))
    raise ValueError(f"{_shown(given)} is not a string. Write {right_answer(asked)}.")


def _number(asked: Field, given: int) -> str:
    """The digits of a number. One that lost a leading zero breaks the rule."""
    text, question = str(given), asked.question
    if question.rule and not re.fullmatch(question.rule, text):
        zeros = ", and numbers lose leading zeros" if question.example.isdigit() else ""
        raise ValueError(
            f"{text} is a number{zeros}. {question.message} Write it in quotes:"
            f" {right_answer(asked)}."
        )
    return text


def _shown(given: object) -> str:
    """A short value as written; of a longer one its type."""
    is_short = len(str(given)) <= LONGEST_SHOWN
    if given is None or (isinstance(given, (str, bool, int, float)) and is_short):
        return repr(given)
    return f"An object of type {type(given).__name__}"
