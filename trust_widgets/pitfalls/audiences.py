"""The audiences that conditions ask for, and in which way one is not what the issuer's usual client
asks for.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.pitfalls.required_conditions import RequiredCondition, callers
from trust_widgets.providers import Provider, facts_of, provider_of

IN_CHINA = "sts.amazonaws.com.cn"
# What the same clients ask for when they sign in elsewhere.
_OF_OTHER_CLOUDS = (
    "api://AzureADTokenExchange",
    "https://iam.googleapis.com/",
    "//iam.googleapis.com/",
    "sigstore",
)


def audience_of(each: RequiredCondition) -> Provider | None:
    """The provider whose audience a condition asks for, if we know its usual client."""
    issuer, claim = claim_key(each.key)
    if claim != "aud" or issuer not in {
        caller.issuer for caller in callers(each.path, each.statement)
    }:
        return None
    provider = provider_of(issuer)
    return provider if facts_of(provider).client else None


def slip_in(text: str, usual: str) -> str:
    """In which way an audience is wrong; `""` when it is right, or somebody's own."""
    if text in (usual, IN_CHINA) or set(text) & set("*?$"):
        return ""
    if text.startswith(_OF_OTHER_CLOUDS):
        return "is the audience for another cloud"
    plain = re.sub("^(?:https?:)?//", "", text.strip().lower()).rstrip("/")
    near = SequenceMatcher(None, plain, usual).ratio() >= 0.9 and plain != IN_CHINA
    return "is not quite the usual audience" if near else ""
