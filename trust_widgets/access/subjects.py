"""Subjects of tokens as their issuers make them, remembered: reading a pattern takes longer than deciding a call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from trust_widgets.providers import Provider, Reading, provider_of
from trust_widgets.questions import fields_of

provider = lru_cache(maxsize=512)(provider_of)


@lru_cache(maxsize=2048)
def reading_of(issuer: str, pattern: str) -> Reading | None:
    """A subject, or a pattern for subjects, in words; `None` for an issuer or a subject that nobody knows.

    Example:
        >>> reading_of("token.actions.githubusercontent.com", "repo:octo-org/app:pull_request").stranger
        False
    """
    found = provider(issuer)
    return found.read(pattern) if found else None


@lru_cache(maxsize=2048)
def subjects_of(issuer: str, pattern: str = "*") -> tuple[str, ...]:
    """Realistic subjects that a pattern admits, those of strangers first.

    Example:
        >>> subjects_of("token.actions.githubusercontent.com", "repo:octo-org/app:ref:refs/heads/*")[0]
        'repo:octo-org/app:ref:refs/heads/main'
    """
    found = provider(issuer)
    return found.subjects_for(pattern) if found and found.subjects_for else ()


@lru_cache(maxsize=512)
def common_subject(issuer: str) -> str:
    """A subject of the issuer's that is no stranger's, as far as there is one; `""` when nobody knows its subjects."""
    found = provider(issuer)
    if found is None or found.subjects_for is None:
        return ""
    return next(iter(found.subjects_for("*", strangers=False)), "")


def likely(issuer: str, wanted: Iterable[str], unwanted: Iterable[str]) -> Iterator[str]:
    """Subjects to try first: as the issuer makes them, each followed by those that differ from it in one part.

    Args:
        issuer: of the token. wanted: what conditions ask of the subject. unwanted: what it must not be.
    """
    for pattern in (*wanted, "*", *unwanted):
        for subject in subjects_of(issuer, pattern):
            yield subject
            yield from near(issuer, subject)


# What a part is likely to be elsewhere: a name, a number, a UUID.
_ELSE = ("other", "999988887777", "99999999-8888-4777-8666-555555555555")


@lru_cache(maxsize=1024)
def near(issuer: str, subject: str) -> tuple[str, ...]:
    """Subjects that differ from one in one part, the first part first; then those of its other forms.

    Example:
        >>> near("token.actions.githubusercontent.com", "repo:octo-org/app:ref:refs/heads/main")[:2]
        ('repo:other/app:ref:refs/heads/main', 'repo:octo-org/other:ref:refs/heads/main')
    """
    found = provider(issuer)
    answers = found.answers(subject) if found and found.answers else None
    if found is None or found.subject is None or answers is None:
        return ()
    built: list[str | None] = []
    for field in fields_of(found.subject):
        if field.name in answers:
            made = [_built(found, _changed(answers, field.name, text)) for text in field.options or _ELSE]
            built.extend(made if field.options else list(filter(None, made))[:1])
    kinds = {field.name for field in fields_of(found.subject) if field.options}
    for other in subjects_of(issuer):
        parts = (found.answers(other) if found.answers else None) or {}
        built.append(_built(found, parts | {n: answers[n] for n in parts if n in answers and n not in kinds}))
    return tuple(dict.fromkeys(text for text in built if text and text != subject))


def _changed(answers: Mapping[str, str], name: str, text: str) -> dict[str, str]:
    """With another part, whose id is another then, too."""
    number = {f"{name}_id": _ELSE[1]} if f"{name}_id" in answers else {}
    return {**answers, name: text, **number}


def _built(found: Provider, answers: Mapping[str, str]) -> str | None:
    try:
        return str(found.subject(**answers)) if found.subject else None
    except ValueError:
        return None
