"""Issuers that are one customer's own and name it, as their subjects do: no token of theirs names another.

https://circleci.com/docs/openid-connect-tokens/ and https://vercel.com/docs/oidc/reference (in team mode)
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from trust_widgets.providers import Provider
from trust_widgets.providers.issuers import circleci, vercel
from trust_widgets.providers.subjects.grammar import Grammar

_GRAMMARS = ((circleci.PROVIDER, circleci.GRAMMAR), (vercel.PROVIDER, vercel.GRAMMAR))
_ISSUERS = {
    known.title: re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(known.issuer))) for known, _ in _GRAMMARS
}


class Customer(NamedTuple):
    """Whose an issuer is.

    Args:
        name: as the issuer has it, in small letters.
        part: which part of the subjects is the same name.
        grammar: of the subjects of every customer.
    """

    name: str
    part: str
    grammar: Grammar


@lru_cache(maxsize=512)
def customer_of(provider: Provider, issuer: str) -> Customer | None:
    """The customer whom an issuer and its subjects name; `None` where they name nobody, or not both.

    Example:
        >>> customer_of(vercel.PROVIDER, "oidc.vercel.com/octo-org").name
        'octo-org'
        >>> customer_of(vercel.PROVIDER, "oidc.vercel.com") is None
        True
    """
    for known, grammar in _GRAMMARS:
        found = _ISSUERS[known.title].fullmatch(issuer.lower()) if provider is known else None
        if found is not None:
            ((part, name),) = found.groupdict().items()
            return Customer(name, part, grammar)
    return None


@lru_cache(maxsize=512)
def grammar_of(provider: Provider, issuer: str) -> Grammar | None:
    """The subjects that an issuer of one customer has; `None` for others.

    Example:
        >>> grammar_of(vercel.PROVIDER, "oidc.vercel.com/octo-app").subjects_for("*")
        ('owner:octo-app:project:shop:environment:production',)
    """
    customer = customer_of(provider, issuer)
    if customer is None:
        return None
    parts = (
        replace(part, choices=(customer.name,), example=customer.name, stranger="")
        if part.name == customer.part
        else part
        for part in customer.grammar.parts
    )
    return replace(customer.grammar, parts=tuple(parts))
