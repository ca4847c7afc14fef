"""Subjects of tokens as their issuers make them, remembered: reading a pattern takes longer than
deciding a call.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from trust_widgets.aws.operators import parse_operator
from trust_widgets.forms import Field, fields_of
from trust_widgets.providers import Provider, Reading, provider_of
from trust_widgets.providers.facts import facts_of
from trust_widgets.providers.subjects.customers import customer_of, grammar_of
from trust_widgets.providers.subjects.possible_subjects import cannot_be, whose
from trust_widgets.text.globs import has_wildcard


def reading_of(issuer: str, pattern: str) -> Reading | None:
    """A subject, or a pattern for subjects, in words; `None` for an issuer or a subject that nobody
    knows.

    Example:
        >>> reading_of(
        ...     "token.actions.githubusercontent.com", "repo:octo-org/app:pull_request"
        ... ).stranger
        False
    """
    provider = provider_of(issuer)
    if provider is None:
        return None
    reading = provider.read(pattern)
    if reading is None or not reading.stranger:
        return reading
    own = grammar_of(provider, issuer)
    if own is None:
        return reading
    return own.read(pattern) or reading


@lru_cache(maxsize=8192)
def is_unissuable(issuer: str, pattern: str) -> bool:
    """Whether surely no token of an issuer has a subject that fits a pattern.

    Example:
        >>> is_unissuable("token.actions.githubusercontent.com", "repo:octo-org/app:ref:main")
        True
        >>> is_unissuable(
        ...     "idp.octo.example", "repo:octo-org/app:ref:main"
        ... )  # nobody knows its subjects
        False
    """
    found = provider_of(issuer)
    if found is None:
        return False
    of_others = facts_of(found).is_of_other_issuers
    if of_others is not None and of_others(issuer, pattern):
        return True
    return cannot_be(found, pattern) or whose(found, issuer, pattern) != ""


def is_of_no_token(issuer: str, base: str, text: str, has_variable: bool = True) -> bool:
    """Whether surely no token of an issuer has a subject that fits a value of a condition.

    Args:
        issuer: of the tokens.
        base: the condition's operator, without a set operator and `IfExists`.
        text: the value as written.
        has_variable: whether what looks like a policy variable is one; in an old version of the
            policy language it is text.

    Example:
        >>> is_of_no_token(
        ...     "token.actions.githubusercontent.com",
        ...     "StringEquals",
        ...     "Repo:octo-org/app:pull_request",
        ... )
        True
        >>> is_of_no_token(
        ...     "token.actions.githubusercontent.com",
        ...     "StringLike",
        ...     "repo:${aws:PrincipalTag/app}:*",
        ... )
        False
    """
    operator = parse_operator(base)
    positive = operator.positive if operator is not None else base
    if (has_variable and "${" in text) or (has_wildcard(text) and positive != "StringLike"):
        return False
    return all(is_unissuable(issuer, spelling) for spelling in _spellings(positive, text))


def as_issued(issuer: str, base: str, text: str) -> str:
    """A value of a condition on the subject as the issuer spells it, where the operator ignores
    case.

    Example:
        >>> as_issued(
        ...     "token.actions.githubusercontent.com",
        ...     "StringEqualsIgnoreCase",
        ...     "Repo:octo-org/App:pull_request",
        ... )
        'repo:octo-org/app:pull_request'
    """
    return next(
        (
            spelling
            for spelling in _spellings(base, text)
            if reading_of(issuer, spelling) is not None
        ),
        text,
    )


def _spellings(base: str, text: str) -> tuple[str, ...]:
    if "IgnoreCase" in base:
        return (text, text.lower())
    return (text,)


def subjects_of(issuer: str, pattern: str = "*", *, strangers: bool = True) -> tuple[str, ...]:
    """Realistic subjects that a pattern admits, those of external callers first; of an issuer that
    names its customer, theirs.

    Args:
        issuer: of the tokens. pattern: a value of a condition on their subject.
        strangers: whether external callers can have subjects of this issuer at all.

    Example:
        >>> subjects_of(
        ...     "token.actions.githubusercontent.com", "repo:octo-org/app:ref:refs/heads/*"
        ... )[0]
        'repo:octo-org/app:ref:refs/heads/main'
        >>> subjects_of("oidc.vercel.com/octo-app")
        ('owner:octo-app:project:shop:environment:production',)
    """
    found = provider_of(issuer)
    if found is None or found.subjects_for is None:
        return ()
    own = grammar_of(found, issuer)
    if own is not None:
        return own.subjects_for(pattern, strangers=strangers)
    return found.subjects_for(pattern, strangers=strangers)


def common_subject(issuer: str) -> str:
    """A subject of the issuer's that is no external caller's, as far as there is one; `""` when
    nobody knows its subjects."""
    return next(iter(subjects_of(issuer, strangers=False)), "")


def likely(issuer: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Iterator[str]:
    """Subjects to try first: as the issuer makes them, each followed by those that differ from it
    in one part.

    Args:
        issuer: of the token. wanted: what conditions require of the subject. unwanted: what it must
            not be.
    """
    for pattern in (*wanted, "*", *unwanted):
        for subject in subjects_of(issuer, pattern):
            yield subject
            yield from near(issuer, subject)


# What a part is likely to be elsewhere: a name, a number, a UUID.
_ELSE = ("other", "999988887777", "99999999-8888-4777-8666-555555555555")


def near(issuer: str, subject: str) -> tuple[str, ...]:
    """Subjects that differ from one in one part, the first part first; then those of its other
    forms.

    Example:
        >>> near("token.actions.githubusercontent.com", "repo:octo-org/app:ref:refs/heads/main")[:2]
        ('repo:other/app:ref:refs/heads/main', 'repo:octo-org/other:ref:refs/heads/main')
    """
    found = provider_of(issuer)
    answers = found.answers(subject) if found and found.answers else None
    if found is None or found.subject is None or answers is None:
        return ()
    fields = [field for field in fields_of(found.subject) if field.name in answers]
    free = [field for field in fields if field.name != _named_by(found, issuer)]
    built = (*_with_another_part(found, free, answers), *_of_other_forms(found, issuer, answers))
    return tuple(dict.fromkeys(text for text in built if text and text != subject))


def _with_another_part(
    found: Provider, fields: Iterable[Field], answers: Mapping[str, str]
) -> Iterator[str | None]:
    """With every other choice of a part that has choices; of another part with the first that makes
    a subject.
    """
    for field in fields:
        made = (
            _built(found, _changed(answers, field.name, text)) for text in field.options or _ELSE
        )
        yield from made if field.options else islice(filter(None, made), 1)


def _of_other_forms(
    found: Provider, issuer: str, answers: Mapping[str, str]
) -> Iterator[str | None]:
    """The issuer's own examples, with these parts in place of theirs."""
    kinds: set[str] = set()
    if found.subject is not None:
        kinds = {field.name for field in fields_of(found.subject) if field.options}
    for example in subjects_of(issuer):
        parts = (found.answers(example) if found.answers else None) or {}
        own = {name: answers[name] for name in parts if name in answers and name not in kinds}
        yield _built(found, parts | own)


_ANY_NAME = r"[A-Za-z0-9][A-Za-z0-9]*"


def forms_of(issuer: str) -> tuple[str, ...]:
    """Forms of its subjects, as `tokens_of_form` reads them: each part may be any name, as far as
    it is free.

    Example:
        >>> forms_of("token.actions.githubusercontent.com")[1]
        'repo:[A-Za-z0-9][A-Za-z0-9]*/[A-Za-z0-9][A-Za-z0-9]*:ref:refs/heads/[A-Za-z0-9][A-Za-z0-9]*'
    """
    found = provider_of(issuer)
    named = _named_by(found, issuer) if found else ""
    built = (_form(found, subject, named) for subject in subjects_of(issuer)) if found else ()
    return tuple(dict.fromkeys(form for form in built if form))


def _form(found: Provider, subject: str, named: str) -> str:
    answers = found.answers(subject) if found.answers and found.subject else None
    if answers is None or found.subject is None:
        return ""
    fields = [
        field.name
        for field in fields_of(found.subject)
        if not field.options and field.name != named
    ]
    free = [name for name in fields if answers.get(name)]
    for name in free:
        marked = {**answers, name: _MARK}
        answers = marked if _built(found, marked) else answers
    return (_built(found, answers) or "").replace(_MARK, _ANY_NAME)


_MARK = "zz0mark0zz"


def _named_by(found: Provider, issuer: str) -> str:
    """The part of its subjects that an issuer names, so that it is no other; `""` where there is
    none.
    """
    customer = customer_of(found, issuer)
    return customer.part if customer else ""


def _changed(answers: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """With another part, whose ID is another then, too."""
    number = {f"{name}_id": _ELSE[1]} if f"{name}_id" in answers else {}
    return {**answers, name: text, **number}


def _built(found: Provider, answers: Mapping[str, str]) -> str | None:
    try:
        if found.subject:
            return str(found.subject(**answers))
        return None
    except ValueError:
        return None
