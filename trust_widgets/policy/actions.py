"""The actions of trust policies, and who calls which.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
"""

from __future__ import annotations

from difflib import get_close_matches

from trust_widgets.aws.actions import ASSUME_ACTIONS, SESSION_ACTIONS
from trust_widgets.aws.oidc_issuers import BUILT_IN
from trust_widgets.aws.principal_forms import Form, form_of, kind_for
from trust_widgets.policy.values import Principal

ASSUME, BESIDE = ASSUME_ACTIONS, SESSION_ACTIONS
_BY_LOWER = {action.lower(): action for action in ASSUME + BESIDE}


def known_action(action: str) -> str | None:
    """A trust policy's action in AWS's spelling, whatever the case it was written in; `None` for
    another.
    """
    return _BY_LOWER.get(action.lower())


def nearest_action(action: str) -> str | None:
    """The action that a misspelt one was most likely meant to be.

    Example:
        >>> nearest_action("AssumeRole"), nearest_action("sts:AssumeRoleWithSaml2"), nearest_action("s3:GetObject")
        ('sts:AssumeRole', 'sts:AssumeRoleWithSAML', None)
    """
    full = action.strip().lower()
    full = full if ":" in full else f"sts:{full}"
    close = get_close_matches(full, _BY_LOWER, n=1, cutoff=0.8)
    return _BY_LOWER[close[0]] if close else None


def needed_by(kind: str, value: str) -> str | None:
    """The assume action that callers of one principal use; `None` where the principal does not
    tell.

    Example:
        >>> needed_by("Service", "ec2.amazonaws.com")
        'sts:AssumeRole'
        >>> needed_by("Federated", "arn:aws:iam::111122223333:saml-provider/corp")
        'sts:AssumeRoleWithSAML'
    """
    kind = kind_for(value) or kind  # one that stands under the wrong kind is another pitfall's
    if kind in ("AWS", "Service"):
        return None if value == "*" else "sts:AssumeRole"
    if value in BUILT_IN:
        return "sts:AssumeRoleWithWebIdentity"
    if kind != "Federated" or form_of(value) is not Form.PROVIDER:
        return None
    saml = ":saml-provider/" in value
    return "sts:AssumeRoleWithSAML" if saml else "sts:AssumeRoleWithWebIdentity"


def groups_of(principal: Principal | None) -> dict[str, dict[str, list[str]]]:
    """Principals by the action they use, `{action: {kind: [value]}}`; those that do not tell under
    `""`.
    """
    groups: dict[str, dict[str, list[str]]] = {}
    for _, kind, value in principal.each() if principal is not None else ():
        groups.setdefault(needed_by(kind, value) or "", {}).setdefault(kind, []).append(value)
    return groups
