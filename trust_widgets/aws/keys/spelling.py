"""Condition keys that begin with `aws:`, `sts:` or `saml:`, and which of them a misspelt one was
meant to be.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_sts.html
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from trust_widgets.aws._data import table
from trust_widgets.aws.keys import condition_keys
from trust_widgets.aws.keys.records import records

_OTHER_PREFIX = {"aws": "sts", "sts": "aws"}
_NAMES = {
    name.lower(): name
    for name in condition_keys.names()
    if name.lower().startswith(("aws:", "sts:", "iam:", "saml:"))
}
# Keys of which a part is the author's own: aws:PrincipalTag/team.
_HEADS = {
    name.partition("/")[0]: written.partition("/")[0]
    for name, written in _NAMES.items()
    if "/${" in name
}
_PLAIN = {
    name: written
    for name, written in _NAMES.items()
    if "/" not in name and not name.startswith("iam:")
}


_SAML = {name.lower(): name for name in condition_keys.names() if name.lower().startswith("saml:")}


def is_known(key: str) -> bool:
    """Whether AWS has such a key, in any case."""
    head, slash, tag = key.lower().partition("/")
    if key.lower() in _NAMES:
        return "${" not in key
    if slash and tag:
        return head in _HEADS
    return head in _PLAIN and not slash


def lacks_tag(key: str) -> bool:
    """Whether a key about a tag does not say which: `aws:PrincipalTag`, `aws:RequestTag/`."""
    return key.lower().rstrip("/") in _HEADS


def is_judged(key: str) -> bool:
    """Whether we hold the list that such a key ought to be in: those of AWS itself, of STS and of
    SAML assertions.
    """
    return key.lower().startswith(("aws:", "sts:", "saml:"))


@table
def _by_other_names() -> dict[str, str]:
    """What people write who remember a key by what it says."""
    return {other: record.name for record in records() for other in record.other_names}


@lru_cache(maxsize=512)
def meant(key: str) -> str | None:
    """The key that a wrong one was very likely meant to be; `None` for a right one and where we
    cannot tell.

    A key newer than our list must not be taken for a misspelt one, so that it has to be very near,
    or a name that people are known to give it.

    Example:
        >>> meant("aws:PrincipalOrg"), meant("aws:ExternalId"), meant("aws:PrincipalTags/team")
        ('aws:PrincipalOrgID', 'sts:ExternalId', 'aws:PrincipalTag/team')
        >>> meant("aws:principalorgid"), meant("aws:SignInColour"), meant("aws:RequestTag:team")
        (None, None, 'aws:RequestTag/team')
    """
    if not is_judged(key) or is_known(key) or lacks_tag(key):
        return None
    if key.lower() in _by_other_names():
        return _by_other_names()[key.lower()]
    prefix, _, name = key.partition(":")
    head, slash, tag = name.partition("/")
    if not slash and ":" in name:  # "aws:PrincipalTag:team"
        head, _, tag = name.partition(":")
        slash = "/"
    pool = _HEADS if slash and tag else _PLAIN
    of_other_prefix = f"{_OTHER_PREFIX.get(prefix.lower())}:{head.lower()}"
    right = pool.get(of_other_prefix) or _near(f"{prefix}:{head}".lower(), pool)
    if right is None:
        return None
    return f"{right}{slash}{tag}"


def _near(key: str, pool: dict[str, str]) -> str | None:
    """The name in a pool that a key is a slip of; `None` where none is as near as that."""

    def likeness(other: str) -> float:
        if abs(len(key) - len(other)) < 3:
            return SequenceMatcher(None, key, other).ratio()
        return 0.0

    best = max(pool, key=lambda other: (likeness(other), other))
    if likeness(best) >= 0.9:
        return pool[best]
    return None


def intended(key: str) -> str:
    """A key as it was most likely meant, in lower case, so that a slip is reported once, as a slip.

    Example:
        >>> intended("https://idp.octo.example:sub"), intended("ExternalId")
        ('idp.octo.example:sub', 'sts:externalid')
    """
    bare = re.sub("^https?://", "", key.lower())
    right = meant(bare)
    if right:
        return right.lower()
    with_prefix = [f"{prefix}:{bare}" for prefix in _OTHER_PREFIX]
    known = [key for key in with_prefix if key in _PLAIN]
    if len(known) == 1:
        return known[0]
    return bare


def complaint_about_key(key: str, issuer: str = "") -> str:
    """What is wrong with the name of a condition key in a call; `""` when nothing is known to be.

    Args:
        key: as written.
        issuer: of the call's token, without `https://`; `""` for other calls.

    Example:
        >>> complaint_about_key("ExternalId")
        "'ExternalId' is not a condition key, so no policy can match it. Write 'sts:ExternalId'."
        >>> complaint_about_key("aws:PrincipalTag/team")
        ''
    """
    if key.lower().startswith("saml:") and key.lower() not in _SAML:
        near = get_close_matches(key.lower(), _SAML, n=1)
        instead = f" Write {_SAML[near[0]]!r}." if near else " AWS has no such key."
        return f"{key!r} is not a condition key, so no policy can match it.{instead}"
    if ":" in key and not is_judged(key):
        return ""
    if is_known(key):
        return ""
    if lacks_tag(key):
        return f"{key!r} does not say which tag. Write '{key.rstrip('/')}/Team'."
    right = meant(key) or _NAMES.get(intended(key))
    if not right and issuer and ":" not in key:
        right = f"{issuer}:{key}"
    instead = f" Write {right!r}." if right else " AWS has no such key."
    return f"{key!r} is not a condition key, so no policy can match it.{instead}"
