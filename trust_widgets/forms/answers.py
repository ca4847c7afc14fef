"""Answers to questions: read, completed with what was left out, and judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from trust_widgets.forms.questions import Answer, Field, Question
from trust_widgets.forms.reading import read_answer
from trust_widgets.names import nearest


def complete(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Answer]:
    """All answers, as typed, with the defaults where nothing was said.

    An answer of a kind that its question does not take has its default too: `complaints_about`
    tells it. A choice that nobody made follows from the other answers where only one option asks
    for all of them: roles that are named are never left out because nobody said that roles are
    named.
    """
    read, _ = read_answers(fields, answers)
    every = {asked.name: read.get(asked.name, asked.default) for asked in fields}
    for asked in fields:
        if asked.options and asked.name not in answers:
            every[asked.name] = _implied(asked, fields, answers)
    return every


def read_answers(
    fields: tuple[Field, ...], answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return answers as the kinds of their questions, and what is wrong with those of another kind.

    Answers to other questions stay as they are; one that cannot be read is left out.

    Example:
        >>> loud = Field("loud", Question("Loud"), "flag", False)
        >>> read_answers((loud,), {"loud": "no"})
        ({}, {'loud': "'no' is neither True nor False. Write loud=True or loud=False."})
    """
    by_name = {asked.name: asked for asked in fields}
    read: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, answer in answers.items():
        if name not in by_name:
            read[name] = answer
            continue
        try:
            read[name] = read_answer(by_name[name], answer)
        except ValueError as error:
            wrong[name] = str(error)
    return read, wrong


def listed(complaints: Mapping[str, str]) -> str:
    """Complaints in one line, each after its question's name."""
    return "; ".join(f"{name}: {message}" for name, message in complaints.items())


def _implied(choice: Field, fields: tuple[Field, ...], answers: Mapping[str, Any]) -> str:
    """Return the only option that fits all given answers, or the default."""
    given = (
        f.question.when
        for f in fields
        if f.question.when is not None and _is_given(answers.get(f.name))
    )
    wanted = [set(options) for name, options in given if name == choice.name]
    possible = [option for option in choice.options if _is_in_all(option, wanted)]
    if choice.default in possible or len(possible) != 1:
        return str(choice.default)
    return possible[0]


def _is_in_all(option: str, sets: Iterable[set[str]]) -> bool:
    return all(option in options for options in sets)


def _is_given(answer: Any) -> bool:
    if isinstance(answer, (tuple, list)):
        texts = answer
    else:
        texts = (answer,)
    return any(text.strip() if isinstance(text, str) else text for text in texts)


def idle_answers(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with answers that no other answer makes relevant, by question.

    In a form such answers wait until the reader goes back to them; in code they are a slip. So is a
    list that is empty, where nobody chose: who computed it may think that it allows no one.

    Example:
        >>> when = Question("Roles", when=("scope", ("named",)))
        >>> scope = Field("scope", Question("Who"), "choice", "account", ("account", "named"))
        >>> asked = (scope, Field("roles", when, "list", ()))
        >>> idle_answers(asked, {"scope": "account", "roles": ("role/app",)})  # doctest: +ELLIPSIS
        {'roles': "... is used only where scope is 'named'. Leave it out, or set that answer."}
    """
    every = complete(fields, answers)
    found = {}
    for asked in fields:
        if asked.question.when is None or asked.name not in answers or asked.is_asked(every):
            continue
        other, values = asked.question.when
        needed = (
            f"{other} is {' or '.join(map(repr, values))}" if values else f"{other} is answered"
        )
        if _is_given(answers[asked.name]):
            found[asked.name] = (
                f"This value is used only where {needed}. Leave it out, or set that answer."
            )
        elif asked.kind == "list" and other not in answers:
            found[asked.name] = (
                f"This list is empty, and it is used only where {needed}. Fill it, or leave it out."
            )
    return found


def without_chosen(
    fields: tuple[Field, ...], answers: Mapping[str, Any], idle: Mapping[str, str]
) -> dict[str, str]:
    """Return the complaints about idle answers whose choice nobody made: they contradict others.

    Args:
        fields, answers: the questions and their answers. idle: as `idle_answers` returns them.
    """
    choices = {asked.name: asked.question.when[0] for asked in fields if asked.question.when}
    return {name: message for name, message in idle.items() if choices[name] not in answers}


def said(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Answer]:
    """The answers that differ from the defaults."""
    usual = {f.name: f.default for f in fields}
    return {name: answer for name, answer in answers.items() if answer != usual.get(name)}


def settle(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, Answer]:
    """Return the answers to build with: stripped, without empty lines and idle questions."""
    every = complete(fields, answers)
    return {f.name: _tidy(f.question, every[f.name]) for f in fields if f.is_asked(every)}


def _tidy(question: Question, answer: Answer) -> Answer:
    tidy = question.tidy or str
    if isinstance(answer, (tuple, list)):
        return tuple(tidy(value.strip()) for value in answer if value.strip())
    if isinstance(answer, str):
        return tidy(answer.strip())
    return answer


def complaints_about(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong with the answers, by question.

    Each message states the rule and shows a right answer.
    """
    settled = settle(fields, answers)
    found = {f.name: _complaint(f, settled[f.name], settled) for f in fields if f.name in settled}
    found |= read_answers(fields, answers)[1]
    return {name: message for name, message in found.items() if message}


def _complaint(asked: Field, answer: Answer, answers: Mapping[str, Answer]) -> str:
    question = asked.question
    if asked.kind == "flag":
        return ""
    if asked.kind == "choice":
        if answer in asked.options:
            return ""
        if not answer:
            return _needed(question)
        return _wrong_choice(asked, answer)
    if not answer:
        needed = not question.optional or bool(answers.get(question.beside))
        if needed:
            return _needed(question)
        return ""
    if isinstance(answer, tuple):
        values = answer
    else:
        values = (str(answer),)
    wrong = [
        value
        for value in values
        if question.rule and not re.fullmatch(question.rule, value, re.DOTALL)
    ]
    if not wrong:
        return ""
    if len(values) > 1:
        return f'"{wrong[0]}": {question.message}'
    return question.message


def _wrong_choice(asked: Field, answer: Answer) -> str:
    near = nearest(str(answer), asked.options)
    meant = f" Did you mean {near!r}?" if near else ""
    return f"{answer!r} is not one of {', '.join(map(repr, asked.options))}.{meant}"


def complaint_about_letters(*texts: str) -> str:
    """What is wrong with the letters of texts that go into a policy; `""` when IAM takes them all.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html

    Example:
        >>> complaint_about_letters("Müller"), complaint_about_letters("Āgnes")[:25]
        ('', 'IAM rejects "Ā" (U+0100):')
    """
    found = re.search(r"[^\x00-\xff]+", "".join(texts))
    if found is None:
        return ""
    names = f'"{found[0][:20]}" (U+{ord(found[0][0]):04X})'
    return f"IAM rejects {names}: a policy can contain only Latin characters (U+0020 to U+00FF)."


def _needed(question: Question) -> str:
    if question.example:
        return f"Required, for example {question.example}."
    return "Needed."
