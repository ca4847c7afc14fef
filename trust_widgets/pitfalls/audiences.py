"""The conditions on the audience of tokens whose usual client is known."""

from __future__ import annotations

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.pitfalls.required_conditions import RequiredCondition, callers
from trust_widgets.providers import Provider, provider_with_client


def audience_of(each: RequiredCondition) -> Provider | None:
    """The provider whose audience a condition asks for, if we know its usual client."""
    issuer, claim = claim_key(each.key)
    if claim != "aud" or issuer not in {
        caller.issuer for caller in callers(each.path, each.statement)
    }:
        return None
    return provider_with_client(issuer)
