"""What to change in a CI job whose token does not match the policy."""

from __future__ import annotations

from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.providers import facts_of, provider_of
from trust_widgets.text.globs import has_wildcard


def in_the_job(key: str, given: str, wanted: str, *, pattern: bool = False) -> str:
    """What to do so that a token says what the policy requires.

    Args:
        key: the condition key, `ISSUER:CLAIM`.
        given: what the token says. wanted: what the policy requires.
        pattern: whether `*` and `?` in it are wildcards.

    Example:
        >>> in_the_job(
        ...     "token.actions.githubusercontent.com:sub",
        ...     "repo:octo-org/app:environment:production",
        ...     "repo:octo-org/app:ref:refs/heads/main",
        ... )
        'Remove "environment: production" from the job, and let it run on the branch main.'
    """
    issuer, claim = intended_claim(key)
    if pattern and has_wildcard(wanted):
        asked = f'a value of {key} that matches "{wanted}"'
    else:
        asked = f'{key} "{wanted}"'
    if claim.lower() == "aud":
        return f"Request a token with {asked}."
    whole = f"Make the request with a token that has {asked}."
    if claim.lower() != "sub" or given.lower() == wanted.lower():
        return whole
    if has_wildcard(wanted) and not pattern:
        return whole
    provider = provider_of(issuer)
    if provider is None:
        return whole
    how_to_get = facts_of(provider).how_to_get
    change = how_to_get(given, wanted) if how_to_get is not None else None
    if change is not None:
        return change or whole
    reading = provider.read(wanted)
    if reading:
        return f"Make the request with a token of {reading.words}."
    return whole
