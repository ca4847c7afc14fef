"""References to the identity providers that an exported file creates, in place of their ARNs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trust_widgets.policy import Companion, Role


def providers_to_make(companions: tuple[Companion, ...]) -> tuple[Companion, ...]:
    """The identity providers among the `companions`."""
    return tuple(each for each in companions if each.kind == "oidc_provider")


def with_references(role: Role, references: Mapping[str, Any]) -> dict[str, Any]:
    """The trust policy with references in place of the ARNs of providers of the role's account.

    Args:
        role: the role.
        references: by the URL of a provider, what represents its ARN in the file.

    Example:
        >>> from trust_widgets.policy import Principal, Statement, TrustPolicy
        >>> arn = "arn:aws:iam::111122223333:oidc-provider/gitlab.com"
        >>> policy = TrustPolicy((Statement(principal=Principal(federated=(arn,))),))
        >>> role = Role("app", policy, "111122223333")
        >>> made = with_references(role, {"https://gitlab.com": "ARN"})
        >>> made["Statement"][0]["Principal"]
        {'Federated': 'ARN'}
    """
    hosts = {url.removeprefix("https://"): value for url, value in references.items()}
    document = role.trust.to_dict()
    if not hosts or not role.account:
        return document
    names = "|".join(map(re.escape, hosts))
    pattern = re.compile(rf"arn:[\w-]+:iam::{role.account}:oidc-provider/({names})")
    for principal in _principals(document):
        principal["Federated"] = _referring(principal["Federated"], pattern, hosts)
    return document


def _principals(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The principals that name identity providers."""
    statements = document.get("Statement", [])
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement.get("Principal")
        if isinstance(principal, dict) and "Federated" in principal:
            yield principal


def _referring(value: Any, pattern: re.Pattern[str], hosts: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_referring(each, pattern, hosts) for each in value]
    found = pattern.fullmatch(value)
    if found:
        return hosts[found[1]]
    return value
