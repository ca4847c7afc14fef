"""Whether a token can have a subject: by the grammar of its issuer, as far as that is sure.

Of issuers whose customers may shape their subjects as they like, nothing is sure; nor of those whose grammar is not in
their own pages.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache

from trust_widgets.providers import Provider
from trust_widgets.providers.issuers import (
    buildkite,
    circleci,
    eks,
    github_actions,
    gitlab,
    google,
    hcp_terraform,
    vercel,
)
from trust_widgets.providers.subjects.customers import customer_of
from trust_widgets.providers.subjects.grammar import Form, Grammar, Part
from trust_widgets.text.glob_texts import matches

# All that a subject can be is in their pages, down to its letters.
_SURE = (github_actions.PROVIDER, eks.PROVIDER, gitlab.PROVIDER, google.PROVIDER)
# With --subject-claim a subject is one id of seven, and nothing else; a branch of a fork may hold a colon.
# https://buildkite.com/docs/agent/cli/reference/oidc
_BUILDKITE = Grammar(
    forms=(
        *buildkite.GRAMMAR.forms,
        Form("claim", "{claim}", "Buildkite jobs whose subject is {claim}"),
    ),
    parts=(
        *(replace(part, chars="." if part.name in ("branch", "tag") else "[^:]") for part in buildkite.GRAMMAR.parts),
        Part("claim", "{}", "any id", "[^:/]", "0191f956-042f-7ec4-aa62-8e5eeae396d0"),
    ),
    everything="any Buildkite job",
)
# Their forms are, but not which letters a name may have.
_SURE_OF_FORM = (
    (hcp_terraform.PROVIDER, hcp_terraform.GRAMMAR, "[^:]"),
    (circleci.PROVIDER, circleci.GRAMMAR, "[^/]"),
    (vercel.PROVIDER, vercel.GRAMMAR, "[^:]"),
    (buildkite.PROVIDER, _BUILDKITE, ""),
)


def cannot_be(provider: Provider, pattern: str) -> bool:
    """Whether surely no token of an issuer has a subject that fits a pattern.

    Example:
        >>> cannot_be(eks.PROVIDER, "shop:cart"), cannot_be(eks.PROVIDER, "system:serviceaccount:shop:*")
        (True, False)
    """
    if provider.read(pattern) is not None:
        return False
    if any(provider is known for known in _SURE):
        return True
    for known, grammar, chars in _SURE_OF_FORM:
        if provider is known:
            return not (_loosened(grammar, chars) if chars else grammar).fits(pattern)
    return False


@lru_cache(maxsize=1024)
def whose(provider: Provider, issuer: str, pattern: str) -> str:
    """Whose tokens an issuer gives alone, where a pattern for their subjects names somebody else; `""` where not.

    Example:
        >>> whose(vercel.PROVIDER, "oidc.vercel.com/octo-org", "owner:octo-evil:project:*")
        'octo-org'
        >>> whose(vercel.PROVIDER, "oidc.vercel.com", "owner:octo-evil:project:*")
        ''
    """
    customer = customer_of(provider, issuer) if provider.read(pattern) is not None else None
    if customer is None:
        return ""
    named = [text for fit in customer.grammar.fits(pattern) for text in fit.parts[customer.part]]
    return customer.name if named and not any(matches(text, customer.name) for text in named) else ""


@cache
def _loosened(grammar: Grammar, chars: str) -> Grammar:
    """A grammar with the same forms, whose names may be made of any letters."""
    parts = [part if part.choices else replace(part, chars=chars, rule="", least=1, most=999) for part in grammar.parts]
    return replace(grammar, parts=tuple(parts))
