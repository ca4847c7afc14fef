"""Answers about callers as a notebook shows them: plain text and static HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.evaluation import Request
from trust_widgets.explain.principals import example_of
from trust_widgets.text.html import Html, tag

GAINED = (
    "New callers can assume this role",
    "No one gains access.",
    "Whether anyone gains access:",
)
LOST = (
    "Some callers can no longer assume this role",
    "No one loses access.",
    "Whether anyone loses access:",
)
ALONE = ("Yes", "No.", "")

SHOW_ALL = "Show all"

Part = tuple[str, tuple[str, ...]]
"""A sentence, and what belongs below it."""


def parts_of(
    words: tuple[str, str, str], found: bool | None, witness: Request | None, because: str
) -> Iterator[Part]:
    """An answer with the call that shows it.

    Args:
        words: for yes, for no, and before the reason why it is not decided: `GAINED`, `LOST` or
            `ALONE`.
        found, witness, because: those of the answer.
    """
    yes, no, undecided = words
    if found is None:
        yield f"{undecided} {because}".strip(), ()
    elif not found:
        yield no, (because,) if because else ()
    else:
        if witness:
            example = example_of(witness.identity)
            yield f"{yes}, for example {example}:", tuple(request_lines(witness))
        else:
            yield f"{yes}.", ()
        if because:
            yield because, ()


def parts_of_class(sentence: str, access: str, witness: Request | None) -> Iterator[Part]:
    """Callers whom a statement allows, with a call of one of them.

    Args:
        sentence: who they are. access: whether they are external, as `access_words` says it.
        witness: a call.
    """
    yield f"{sentence} {access}", ()
    if witness:
        yield f"For example {example_of(witness.identity)}:", tuple(request_lines(witness))


def request_lines(witness: Request) -> Iterator[str]:
    """A request as lines: who makes it, and each key that it has."""
    yield witness.principal
    for key, value in witness.context.items():
        if isinstance(value, str):
            text = value
        elif value:
            text = ", ".join(value)
        else:
            text = "(an empty list)"
        yield f"{key} = {text}"


def bundle_of(parts: Iterable[Part], whole: str = "") -> dict[str, str]:
    """Return the sentences as plain text and as HTML, as Jupyter takes them.

    Args:
        parts: the sentences.
        whole: the first one with all items of its lists, if these are counted in it; only the
            HTML has it.
    """
    every = list(parts)
    lines: list[str] = []
    for text, below in every:
        lines.append(text)
        lines += [f"    {line}" for line in below]
    return {"text/plain": "\n".join(lines), "text/html": html_of(every, whole)}


def html_of(parts: Iterable[Part], whole: str = "") -> Html:
    """The sentences as HTML, each with what belongs below it; `whole` as `bundle_of` has it."""
    first, *others = [_html(*part) for part in parts]
    if not whole:
        return tag("div", first, *others)
    return tag("div", first, tag("details", tag("summary", SHOW_ALL), tag("p", whole)), *others)


def _html(text: str, below: tuple[str, ...]) -> Html:
    if below:
        items = [tag("ul", *(tag("li", tag("code", each)) for each in below))]
    else:
        items = []
    return tag("div", tag("p", text), *items)
