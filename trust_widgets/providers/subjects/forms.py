"""The forms that subjects have: templates of named parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import NamedTuple

from trust_widgets.providers.subjects.alignment import Element
from trust_widgets.providers.subjects.parts import Part
from trust_widgets.text.globs import is_anything, is_exact


@dataclass(frozen=True, slots=True)
class Form:
    """One form that a subject can have.

    Args:
        name: `"branch"`.
        template:
            `"repo:{owner}[@{owner_id}]/{repository}[@{repository_id}]:ref:refs/heads/{branch}"`.
            What is in `[]` a subject has altogether or not at all; `{{` is a brace.
        words: `"GitHub Actions runs on {branch} of {owner}/{repository}"`. Parts joined by `/` are
            written so where they are exact, else as "any repository of octo-org". What stands
            between `*` is emphasised; what is in `[]` is left out where a part of it is
            missing, or all of them are open.
        note: when a token has this form.
        fault: the name of a fault that the form itself is, however exact: `"pull_request"`.
    """

    name: str
    template: str
    words: str
    note: str = ""
    fault: str = ""

    def templates(self) -> tuple[str, ...]:
        """The template with what is in `[]`, and without it."""
        full, short = re.sub(r"[][]", "", self.template), re.sub(r"\[[^]]*\]", "", self.template)
        if full == short:
            return (full,)
        return (full, short)


class Fit(NamedTuple):
    """How a pattern fits a form.

    Args:
        form: which one.
        parts: for each part the widest patterns that its values may fit.
        closed: parts that are as good as exact because another part of theirs is.
    """

    form: Form
    parts: dict[str, tuple[str, ...]]
    closed: frozenset[str]

    def is_said(self, name: str) -> bool:
        """Whether a part has one exact value."""
        return len(self.parts.get(name, ())) == 1 and is_exact(self.parts[name][0])

    def is_told(self, words: str) -> bool:
        """Whether all the parts in some words are there, and something is known of them."""
        names = names_in(words)
        texts = [text for name in names for text in self.parts.get(name, ())]
        return all(name in self.parts for name in names) and not all(map(is_anything, texts))

    def is_one(self, name: str) -> bool:
        """Whether a part is exact, or as good as that."""
        return name in self.closed or self.is_said(name)


def names_in(template: str) -> list[str]:
    """The parts that a template names."""
    return [name for _, name, _, _ in Formatter().parse(template) if name is not None]


def parsed(template: str, parts: Mapping[str, Part]) -> tuple[Element, ...]:
    """A template as the texts and parts that it is made of."""
    pieces = ((text, name) for text, name, _, _ in Formatter().parse(template))
    return tuple(
        piece for text, name in pieces for piece in (text, parts[name] if name else "") if piece
    )


def expression(elements: tuple[Element, ...]) -> re.Pattern[str]:
    """A regular expression for exact subjects; parts with choices take these alone."""

    def of(element: Element) -> str:
        if isinstance(element, str):
            return re.escape(element)
        one = (
            "|".join(map(re.escape, element.choices))
            or f"(?:{element.chars}){{{element.least},{element.most}}}"
        )
        return f"(?P<{element.name}>{one})"

    return re.compile("".join(map(of, elements)), re.DOTALL)
