"""The subjects that conditions require, and the one that was meant where a token can have none that
is written.

Which subjects no token has is in `trust_widgets.providers.subjects.possible_subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.pitfalls.required_conditions import RequiredCondition, callers
from trust_widgets.providers import Provider, facts_of, facts_of_issuer, provider_of
from trust_widgets.text.globs import is_exact


def subject_of(each: RequiredCondition) -> Provider | None:
    """The provider whose subject a condition requires, if the statement is about its tokens."""
    issuer, claim = claim_key(each.key)
    if claim != facts_of_issuer(issuer).subject_claim:
        return None
    if all(caller.issuer != issuer for caller in callers(each.path, each.statement)):
        return None
    return provider_of(issuer)


def is_judged(each: RequiredCondition, text: str) -> bool:
    """Whether a value is neither open to a variable, nor compared with its wildcards letter by
    letter.
    """
    return "${" not in text and (each.base == "StringLike" or is_exact(text))


def as_compared(each: RequiredCondition, provider: Provider, text: str) -> str:
    """A value in the case that counts, where the operator does not look at case."""
    small = text.lower()
    if each.base == "StringEqualsIgnoreCase" and provider.read(small) is not None:
        return small
    return text


_SEPARATORS = re.compile("[:/@|]")


def example_of(provider: Provider, text: str = "") -> str:
    """A subject that its tokens do have, of the form that is most like a text.

    Example:
        >>> from trust_widgets.providers import PROVIDERS
        >>> example_of(PROVIDERS["github_actions"], "repo:octo-org/app:environment")
        'repo:octo-org@123456/app@456789:environment:production'
    """
    if provider.subjects_for is None:
        return ""
    examples = provider.subjects_for("*", strangers=False)
    words = _SEPARATORS.split(text)
    return max(examples, key=lambda each: _words_in_common(words, _SEPARATORS.split(each)))


def _words_in_common(some: Sequence[str], others: Sequence[str]) -> int:
    """How many words of one text are in another."""
    return sum(word in others for word in some)


def meant(provider: Provider, text: str) -> str | None:
    """The subject that was plainly meant, if it admits no more than was written; `None` where that
    is not plain.

    Example:
        >>> from trust_widgets.providers import PROVIDERS
        >>> meant(PROVIDERS["github_actions"], "repo:octo-org/app:main")
        'repo:octo-org/app:ref:refs/heads/main'
        >>> meant(PROVIDERS["eks"], "shop:cart")
        'system:serviceaccount:shop:cart'
    """
    return next(meanings(provider, text), None)


def meanings(provider: Provider, text: str) -> Iterator[str]:
    """The subjects that may have been meant, the likeliest first, that admit no more than was
    written.

    Example:
        >>> from trust_widgets.providers import PROVIDERS
        >>> list(meanings(PROVIDERS["github_actions"], "repo:octo-org/app:production"))[1]
        'repo:octo-org/app:environment:production'
    """
    correct_subjects = facts_of(provider).correct_subjects
    if correct_subjects is None:
        return
    for guess in dict.fromkeys(correct_subjects(text)):
        if guess == text:
            continue
        reading = provider.read(guess)
        if reading is not None and not reading.faults:
            yield guess
