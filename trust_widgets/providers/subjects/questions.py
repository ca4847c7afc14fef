"""Questions about the parts of a subject, and the answers that a subject was made from.

For issuers whose subjects are of several kinds: a function's parameter `kind` says which, the
others are its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from trust_widgets.forms import Question
from trust_widgets.providers.subjects.grammar import Grammar
from trust_widgets.providers.subjects.parts import Part


def asked(
    part: Part,
    label: str,
    made_of: str,
    *kinds: str,
    help: str = "",
    tidy: Callable[[str], str] | None = None,
) -> Question:
    """The question for a part: its example and its rule are the part's own.

    Args:
        part: what the question is about.
        label: a few words above the control.
        made_of: what a value is, for the message: `"letters, digits and -"`.
        kinds: the kinds of subject that have this part; none where all have it.
        help: one short line below the control.
        tidy: an answer as it was meant.

    Example:
        >>> asked(
        ...     Part("team", "team {}", "any team", "[a-z]", "octo"), "Team", "lower case letters"
        ... ).message
        'Team: lower case letters, like octo.'
    """
    message = f"{label}: {made_of}, like {part.example}."
    when = ("kind", kinds) if kinds else None
    return Question(label, help, part.example, _rule(part), message, when=when, tidy=tidy)


def _rule(part: Part) -> str:
    chars = f"(?:{part.chars}){{{part.least},{part.most}}}"
    if part.rule:
        return rf"(?=(?:{part.rule})\Z){chars}"
    return chars


def build(grammar: Grammar, kind: str, **parts: str) -> str:
    """A subject of one kind; parts that this kind does not have are left out, as questions not
    asked are.

    Raises:
        ValueError: for a part that the kind lacks, or cannot take.
    """
    template = next(form.template for form in grammar.forms if form.name == kind)
    names = re.findall(r"\{(\w+)\}", template)
    return grammar.build(kind, **{name: value for name, value in parts.items() if name in names})


def kind_and_parts(grammar: Grammar) -> Callable[[str], dict[str, str] | None]:
    """The inverse of `build`: of a subject its kind and its parts, of another text `None`."""

    def answers(subject: str) -> dict[str, str] | None:
        found = grammar.take_apart(subject)
        if found:
            return {"kind": found[0], **found[1]}
        return None

    return answers
