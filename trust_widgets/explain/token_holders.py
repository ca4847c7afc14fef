"""Holders of tokens in words, by the subjects that a statement requires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trust_widgets.aws import operators
from trust_widgets.aws.oidc_issuers import is_shared
from trust_widgets.explain.principal_words import PrincipalWords
from trust_widgets.explain.variables_in_words import value_in_words
from trust_widgets.policy import Statement
from trust_widgets.providers import (
    as_issued,
    is_of_no_token,
    provider_of,
    reading_of,
    subject_key,
)
from trust_widgets.text.globs import is_exact

# By whether each matches more than one token, and whether other customers can have such tokens.
_SEVERAL_SUBJECTS = {
    (False, False): "subjects",
    (True, False): "subject patterns",
    (False, True): "subjects that other customers can have",
    (True, True): "subject patterns that also match other customers",
}


def token_holders(issuer: str, statement: Statement, impossible: bool) -> Iterator[PrincipalWords]:
    """Those who hold a token with one of the subjects that a statement requires.

    Args:
        issuer: the issuer, without `https://`.
        statement: the statement.
        impossible: whether to name also those with subjects that surely no token has.

    Example:
        >>> words = token_holders("gitlab.com", Statement(), False)
        >>> [each.text for each in words]
        ['anyone with a token of GitLab']
    """
    provider = provider_of(issuer)
    title = provider.title if provider and is_shared(issuer) else issuer
    asked = list(_subjects_of(statement, issuer))
    if impossible:
        subjects = [text for _, text in asked]
    else:
        subjects = list(_possible(issuer, asked))
    if not asked:
        text = f"anyone with a token of {title}"
        yield PrincipalWords(text, (text,), True if is_shared(issuer) else None)
    counted = f"holders of a token of {title} with one of {{}}"
    for subject in subjects:
        reading = reading_of(issuer, subject)
        if reading is None:
            words = f"holders of a token of {title} with the subject {value_in_words(subject)}"
            yield PrincipalWords(words, (), None, f"{counted} subjects of an unknown form")
            continue
        stranger = reading.stranger and is_shared(issuer)
        several = _SEVERAL_SUBJECTS[bool(reading.wide), stranger]
        yield PrincipalWords(reading.words, reading.wide, stranger, f"{counted} {several}")


def _possible(issuer: str, asked: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The subjects that a token of an issuer may have."""
    for base, text in asked:
        # Under an equals operator a wildcard is a letter like any other, and no subject has one.
        if base != "StringLike" and not is_exact(text):
            continue
        if not is_of_no_token(issuer, base, text):
            yield as_issued(issuer, base, text)


def _subjects_of(statement: Statement, issuer: str) -> Iterator[tuple[str, str]]:
    """The values that a statement requires of the subject, each with its operator's base."""
    for _, operator, value in statement.values_of(subject_key(issuer)):
        parsed = operators.parse_operator(operator)
        if parsed is not None and not parsed.is_null and not parsed.is_negated:
            yield parsed.base, str(value)
