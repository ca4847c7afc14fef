"""Subjects of tokens as their issuers make them, remembered: reading a pattern takes longer than deciding a call."""

from __future__ import annotations

from functools import lru_cache

from trust_widgets.providers import Reading, provider_of

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
