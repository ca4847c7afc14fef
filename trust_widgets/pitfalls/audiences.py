"""The conditions on the audience of tokens whose usual client is known."""

from __future__ import annotations

import re

from trust_widgets.aws.keys.claims import claim_key
from trust_widgets.pitfalls.required_conditions import RequiredCondition, callers
from trust_widgets.providers import Provider, common_subject, provider_with_client

# Each cluster of Kubernetes writes the subjects of its service accounts so:
# https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
_SERVICE_ACCOUNT = "system:serviceaccount:"
_HEAD = re.compile(r"[a-z_]+[:/]")


def audience_of(each: RequiredCondition) -> Provider | None:
    """The provider whose audience a condition requires, if we know its usual client."""
    issuer, claim = claim_key(each.key)
    if claim != "aud":
        return None
    if all(caller.issuer != issuer for caller in callers(each.path, each.statement)):
        return None
    return provider_with_client(issuer)


def is_subject_of(issuer: str, text: str) -> bool:
    """Whether a text begins as the subjects of an issuer do, which audiences never do.

    Only of issuers whose subjects begin with a word: an ID may be an audience as well.

    Example:
        >>> is_subject_of("gitlab.com", "project_path:octo-org/app:*")
        True
        >>> is_subject_of("gitlab.com", "https://gitlab.com")
        False
    """
    head = _HEAD.match(common_subject(issuer))
    return text.startswith(_SERVICE_ACCOUNT) or (head is not None and text.startswith(head[0]))
