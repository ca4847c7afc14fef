"""Whether a token can have a subject: by the grammar of its issuer, as far as that is sure.

Of issuers whose customers may shape their subjects as they like, nothing is sure; nor of those
whose grammar is not in their own pages.
"""

from __future__ import annotations

from trust_widgets.providers import Provider
from trust_widgets.providers.facts import facts_of
from trust_widgets.providers.subjects.customers import customer_of
from trust_widgets.text.globs import is_exact, matches


def cannot_be(provider: Provider, pattern: str) -> bool:
    """Whether surely no token of an issuer has a subject that fits a pattern.

    Example:
        >>> from trust_widgets.providers import PROVIDERS
        >>> eks = PROVIDERS["eks"]
        >>> cannot_be(eks, "shop:cart"), cannot_be(eks, "system:serviceaccount:shop:*")
        (True, False)
    """
    if is_exact(pattern) and provider.answers is not None and provider.answers(pattern):
        return False  # a usual subject, which takes less than reading it as a pattern
    if provider.read(pattern) is not None:
        return False
    facts = facts_of(provider)
    if facts.possible is not None:
        return not facts.possible.admits(pattern)
    return facts.subjects == "exact"


def whose(provider: Provider, issuer: str, pattern: str) -> str:
    """Whose tokens an issuer gives alone, where a pattern for their subjects names another caller;
    `""` where not.

    Example:
        >>> from trust_widgets.providers import PROVIDERS
        >>> vercel = PROVIDERS["vercel"]
        >>> whose(vercel, "oidc.vercel.com/octo-org", "owner:octo-evil:project:*")
        'octo-org'
        >>> whose(vercel, "oidc.vercel.com", "owner:octo-evil:project:*")
        ''
    """
    customer = customer_of(provider, issuer)
    if customer is None or provider.read(pattern) is None:
        return ""
    named = [text for fit in customer.grammar.fits(pattern) for text in fit.parts[customer.part]]
    if named and not any(matches(text, customer.name) for text in named):
        return customer.name
    return ""
