"""Issuers of OIDC tokens, one file each: what their subjects look like, built and read back in words.

A member defines `PROVIDER = Provider(...)`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trust_widgets._registry import Registry


@dataclass(frozen=True, slots=True)
class Reading:
    """What a subject pattern admits.

    Args:
        words: who that is, `"GitHub Actions runs on branch main of octo-org/app"`.
        wide: the parts of `words` that deserve emphasis: where the pattern admits more than one.
        faults: names of ways in which it is wide, for pitfalls: `"owner"`, `"repository"`, `"run"`, ...
    """

    words: str
    wide: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """One issuer of tokens.

    Args:
        title: `"GitHub Actions"`.
        owns: whether an issuer (host and path, without `https://`) is this provider's.
        audience: what its usual client asks for.
        read: a subject, or a pattern for subjects, in words; `None` when no token of it reads so.
        source: the provider's page about its tokens.
    """

    title: str
    owns: Callable[[str], bool]
    audience: str
    read: Callable[[str], Reading | None]
    source: str


PROVIDERS: Registry[Provider] = Registry("trust_widgets.providers", "PROVIDER")


def issuer_of(principal: str) -> str:
    """The issuer in an OIDC provider's ARN, or a built-in domain as it is; `""` for anything else.

    Example:
        >>> issuer_of("arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com")
        'token.actions.githubusercontent.com'
    """
    head, found, issuer = principal.partition(":oidc-provider/")
    if found and head.startswith("arn:"):
        return issuer
    return principal if ":" not in principal and "/" not in principal and "." in principal else ""


def provider_of(issuer: str) -> Provider | None:
    """The provider that an issuer belongs to, if we know it."""
    return next((provider for provider in PROVIDERS.values() if provider.owns(issuer)), None)
