"""Issuers that belong to one customer and name it, as their subjects do: no token of theirs names
another.

Which these are, a member says in `IssuerFacts.customer_part`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from trust_widgets.providers import Provider
from trust_widgets.providers.facts import facts_of
from trust_widgets.providers.subjects.grammar import Grammar


class Customer(NamedTuple):
    """Whose an issuer is.

    Args:
        name: as the issuer has it, in lower case.
        part: which part of the subjects is the same name.
        grammar: of the subjects of every customer.
    """

    name: str
    part: str
    grammar: Grammar


def customer_of(provider: Provider, issuer: str) -> Customer | None:
    """The customer whom an issuer and its subjects name; `None` where they name nobody, or not
    both.

    Example:
        >>> from trust_widgets.providers import PROVIDERS
        >>> customer_of(PROVIDERS["vercel"], "oidc.vercel.com/octo-org").name
        'octo-org'
        >>> customer_of(PROVIDERS["vercel"], "oidc.vercel.com") is None
        True
    """
    facts = facts_of(provider)
    if not facts.customer_part or facts.grammar is None:
        return None
    match = _template(provider.issuer).fullmatch(issuer.lower())
    if match is None:
        return None
    return Customer(match[facts.customer_part], facts.customer_part, facts.grammar)


def _template(issuer: str) -> re.Pattern[str]:
    """A template of issuers as a regular expression with its parts as groups."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(issuer)))


def grammar_of(provider: Provider, issuer: str) -> Grammar | None:
    """The subjects that an issuer of one customer has; `None` for others.

    Example:
        >>> from trust_widgets.providers import PROVIDERS
        >>> grammar_of(PROVIDERS["vercel"], "oidc.vercel.com/octo-app").subjects_for("*")
        ('owner:octo-app:project:shop:environment:production',)
    """
    customer = customer_of(provider, issuer)
    if customer is None:
        return None
    name, parts = customer.name, []
    for part in customer.grammar.parts:
        if part.name == customer.part:
            parts.append(replace(part, choices=(name,), example=name, stranger=""))
        else:
            parts.append(part)
    return replace(customer.grammar, parts=tuple(parts))
