"""Audiences that no usual client requests: slips of the usual one, and those of other clouds."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from trust_widgets.providers import Provider, provider_of
from trust_widgets.providers.facts import facts_of
from trust_widgets.text.globs import has_wildcard

IN_CHINA = "sts.amazonaws.com.cn"
# What the same clients request when they sign in elsewhere.
_OF_OTHER_CLOUDS = (
    "api://AzureADTokenExchange",
    "https://iam.googleapis.com/",
    "//iam.googleapis.com/",
    "sigstore",
)


def provider_with_client(issuer: str) -> Provider | None:
    """The provider of an issuer, if its usual client is known."""
    provider = provider_of(issuer)
    if facts_of(provider).client:
        return provider
    return None


def why_no_audience(issuer: str, base: str, text: str) -> str:
    """In which way a value is not the audience that an issuer's usual client requests; `""` when it
    is, or may be someone's own.

    Args:
        issuer: of the tokens.
        base: the condition's operator, without a set operator and `IfExists`.
        text: the value as written.

    Example:
        >>> why_no_audience("token.actions.githubusercontent.com", "StringEquals", "sts.amazon.com")
        'differs slightly from the usual audience'
        >>> why_no_audience(
        ...     "token.actions.githubusercontent.com", "StringEquals", "https://github.com/octo-org"
        ... )
        ''
    """
    provider = provider_with_client(issuer)
    if provider is None or has_wildcard(text) or "$" in text:
        return ""
    usual = provider.audience
    plain = re.sub("^(?:https?:)?//", "", text.strip().lower()).rstrip("/")
    if text in (usual, IN_CHINA) or ("IgnoreCase" in base and plain == text.lower() == usual):
        return ""
    if text.startswith(_OF_OTHER_CLOUDS):
        return "is the audience for another cloud"
    near = SequenceMatcher(None, plain, usual).ratio() >= 0.9 and plain != IN_CHINA
    if near:
        return "differs slightly from the usual audience"
    return ""
