"""Subjects as a trust policy has them: built from answers that may leave parts open, and read back.

A part without an answer, and a choice that is `ANY`, is open. Parts that are open at the end of a
subject are written as one `*`, as vendors' pages do; an open part before others as a `*` in its
place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from string import Formatter
from typing import NamedTuple

from trust_widgets.providers.subjects.forms import Form, names_in
from trust_widgets.providers.subjects.grammar import Grammar
from trust_widgets.providers.subjects.parts import Part

ANY = "any"
"""The answer that leaves a choice open; also the kind of a subject that may be of any form."""
_SEPARATORS = ":/|"


class _Piece(NamedTuple):
    """A fixed text of a template, and the part that follows it; `""` at the end."""

    text: str
    name: str


def shared_start(grammar: Grammar) -> str:
    """The template with which the subjects of all forms begin, up to a separator after a part.

    It is empty for a grammar of one form, and where no part is in all of them.

    Example:
        >>> from trust_widgets.providers import FACTS
        >>> shared_start(FACTS["gitlab"].grammar)
        'project_path:{group}/{project}:'
    """
    if len(grammar.forms) < 2:
        return ""
    rows = [_pieces(form.templates()[0]) for form in grammar.forms]
    length = 0
    while all(len(row) > length and row[length] == rows[0][length] for row in rows):
        length += 1
    names = [piece.name for piece in rows[0][:length] if piece.name]
    after = [row[length].text for row in rows if len(row) > length]
    separators = {text[:1] for text in after}
    if not names or len(separators) != 1:
        return ""
    return _written(rows[0][:length]) + separators.pop()


def forms_without_rest(grammar: Grammar) -> tuple[str, ...]:
    """The forms of which no subject begins with `shared_start`, since they end before it does."""
    start = shared_start(grammar)
    return tuple(form.name for form in grammar.forms if not form.template.startswith(start))


def policy_subject(grammar: Grammar, kind: str, parts: Mapping[str, str]) -> str:
    """A subject, or a pattern for subjects.

    Args:
        grammar: of the issuer.
        kind: the name of a form; `ANY` for every subject with the parts that all forms have.
        parts: by name, as people know them, with any wildcards.

    Example:
        >>> from trust_widgets.providers import FACTS
        >>> grammar = FACTS["gitlab"].grammar
        >>> policy_subject(grammar, ANY, {"group": "octo-org", "project": "app"})
        'project_path:octo-org/app:*'
        >>> policy_subject(grammar, "tag", {"group": "octo-org", "project": "app", "tag": "v*"})
        'project_path:octo-org/app:ref_type:tag:ref:v*'
    """
    by_name = {part.name: part for part in grammar.parts}
    texts = {
        name: by_name[name].escaped(text)
        for name, text in parts.items()
        if text and not _is_open_choice(by_name[name], text)
    }
    if kind == ANY:
        return _filled(_pieces(shared_start(grammar)), texts) + "*"
    template = _template(next(form for form in grammar.forms if form.name == kind), set(texts))
    return _filled(_without_open_end(grammar, _pieces(template), texts), texts)


def answers_of_subject(
    grammar: Grammar, subject: str, optional: Collection[str] = ()
) -> Iterator[tuple[str, dict[str, str]]]:
    """Kinds and parts of which `policy_subject` makes a subject, the fullest first.

    Args:
        grammar: of the issuer.
        subject: a value of a condition on the subject.
        optional: the parts that may be left out; others are `"*"` where they are open.

    Example:
        >>> from trust_widgets.providers import FACTS
        >>> next(answers_of_subject(FACTS["gitlab"].grammar, "project_path:octo-org/app:*"))
        ('any', {'group': 'octo-org', 'project': 'app'})
    """
    by_name = {part.name: part for part in grammar.parts}
    for kind, template in _templates(grammar):
        found = _expression(_pieces(template), by_name).fullmatch(subject)
        if found is None:
            continue
        parts = {}
        for name, text in found.groupdict().items():
            is_open = text == "*" and by_name[name].choices
            parts[name] = ANY if is_open else by_name[name].unescaped(text)
        left_out = [name for name in parts if name in optional or by_name[name].choices]
        for answers in (_without_star(parts, left_out), parts):
            if policy_subject(grammar, kind, answers) == subject:
                yield kind, answers


def takes(part: Part, answer: str) -> bool:
    """Whether a part may have a value that an answer with any wildcards admits.

    Example:
        >>> branch = Part("branch", "branch {}", "any branch", "[a-z/]", "main")
        >>> takes(branch, "release/*"), takes(branch, "Main")
        (True, False)
    """
    text = part.escaped(answer)
    return all(map(part.may_hold, text)) and part.admits(text)


def _is_open_choice(part: Part, text: str) -> bool:
    return bool(part.choices) and text in (ANY, "*")


def _without_star(parts: Mapping[str, str], left_out: Collection[str]) -> dict[str, str]:
    """Parts without those that are open and may be left out."""
    return {
        name: text for name, text in parts.items() if text not in ("*", ANY) or name not in left_out
    }


def _template(form: Form, given: set[str]) -> str:
    """The shortest template of a form with all of the parts that were given."""
    fitting = [text for text in form.templates() if given <= set(names_in(text))]
    return min(fitting or form.templates(), key=lambda text: len(names_in(text)))


def _templates(grammar: Grammar) -> Iterator[tuple[str, str]]:
    """Each template with its kind: whole ones first, then those that end in one `*`."""
    for form in grammar.forms:
        yield from ((form.name, template) for template in form.templates())
    start = shared_start(grammar)
    if start:
        yield ANY, start + "*"
    for form in grammar.forms:
        for template in form.templates():
            names = names_in(template)
            for count in reversed(range(1, len(names))):
                given = dict.fromkeys(names[:count], "")
                yield form.name, _written(_without_open_end(grammar, _pieces(template), given))


def _pieces(template: str) -> list[_Piece]:
    pieces = []
    text = ""
    for fixed, name, _, _ in Formatter().parse(template):
        text += fixed  # a brace is a separate text
        if name:
            pieces.append(_Piece(text, name))
            text = ""
    if text:
        return [*pieces, _Piece(text, "")]
    return pieces


def _written(pieces: list[_Piece]) -> str:
    """Pieces as a template."""
    texts = []
    for piece in pieces:
        texts.append(piece.text.replace("{", "{{").replace("}", "}}"))
        if piece.name:
            texts.append(f"{{{piece.name}}}")
    return "".join(texts)


def _filled(pieces: list[_Piece], texts: Mapping[str, str]) -> str:
    """Pieces with the parts filled in; one that is open is a `*`."""
    return "".join(
        piece.text + (texts.get(piece.name, "*") if piece.name else "") for piece in pieces
    )


def _without_open_end(
    grammar: Grammar, pieces: list[_Piece], texts: Mapping[str, str]
) -> list[_Piece]:
    """Pieces up to the separator after the last part with a text, and a `*`.

    One open part at the very end keeps its place, since it is a `*` there already. A text that
    distinguishes forms is kept whole.
    """
    places = [place for place, piece in enumerate(pieces) if piece.name in texts]
    last = places[-1] if places else -1
    behind = [piece for piece in pieces[last + 1 :] if piece.name]
    if not behind or behind[0] is pieces[-1]:
        return pieces
    following = pieces[last + 1].text
    end = next((at for at, char in enumerate(following) if char in _SEPARATORS), len(following))
    if last < 0 or pieces[last].name in names_in(shared_start(grammar))[-1:]:
        end = len(following)
    return [*pieces[: last + 1], _Piece(following[: end + 1] + "*", "")]


def _expression(pieces: list[_Piece], parts: Mapping[str, Part]) -> re.Pattern[str]:
    """A regular expression for subjects and patterns of one template."""
    texts = []
    for piece in pieces:
        texts.append(re.escape(piece.text))
        if piece.name:
            texts.append(f"(?P<{piece.name}>{_any_of(parts[piece.name])})")
    return re.compile("".join(texts), re.DOTALL)


def _any_of(part: Part) -> str:
    if part.choices:
        return "|".join((*map(re.escape, part.choices), "[*]"))
    return f"(?:{part.chars}|[*?])+"
