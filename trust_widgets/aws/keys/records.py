"""What is known of each condition key beyond its name and type: one record, written by hand, for
each key.

The records are the files of `data/keys/`. Modules use the record of a key and keep no table of keys
of their own. A claim of an issuer has the record of all claims, an attribute of SAML without a file
the record of all attributes, and a key that we do not know the record of an unknown key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from trust_widgets.aws._data import load_folder, table
from trust_widgets.aws.keys.record_fields import KeyRecord, NewerKey, WrittenForm
from trust_widgets.aws.oidc_issuers import is_identity_pools

# What a session keeps of the token it came from, so that a role it goes on to assume can ask for
# it:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
_CLAIMS_OF_SESSIONS = ("sub", "aud", "amr", "app_id", "id", "user_id")
_CLAIM, _ATTRIBUTE = "${issuer}:${claim}", "saml:${attribute}"
_POOL_CLAIM = "${identitypools}:"


class _Tables(NamedTuple):
    """The records by key, and of each key with paths the key with the ID of the organization; keys
    in lower case.
    """

    by_key: dict[str, KeyRecord]
    organization_keys: dict[str, str]


@table
def _tables() -> _Tables:
    by_key = {}
    organization_keys = {}
    for record in map(record_from_json, load_folder("keys")):
        by_key[record.name.lower()] = record
        if record.organization_key is not None:
            organization_keys[record.name.lower()] = record.organization_key.lower()
    return _Tables(by_key, organization_keys)


def _by_key() -> dict[str, KeyRecord]:
    return _tables().by_key


def _tags() -> dict[str, KeyRecord]:
    """Keys of which a part is the author's own, by what comes before it and the slash."""
    return {key.partition("/")[0]: record for key, record in _by_key().items() if "/${" in key}


def record_from_json(held: Mapping[str, Any]) -> KeyRecord:
    """A record from what its file holds.

    Raises:
        TypeError: for a field that records do not have.
    """
    written, newer = held.get("written"), held.get("newer")
    names = ("questions", "other_names", "narrows_who_calls")
    lists = {name: tuple(held[name]) for name in names if name in held}
    parts = {
        "newer": NewerKey(**newer) if newer else None,
        "written": WrittenForm(**written) if written else None,
    }
    return KeyRecord(**{**held, **lists, **parts})


def records() -> tuple[KeyRecord, ...]:
    """The records of all keys that have a file."""
    return tuple(_by_key().values())


@lru_cache(maxsize=4096)
def key_record(name: str) -> KeyRecord:
    """What is known of a key, whatever its case.

    Example:
        >>> key_record("AWS:sourcearn").owned, key_record("aws:PrincipalTag/team").name
        ('whole', 'aws:PrincipalTag/${TagKey}')
        >>> (
        ...     key_record("idp.octo.example:sub").presence["oidc"],
        ...     key_record("some:Key").presence["oidc"],
        ... )
        ('maybe', 'maybe')
    """
    key = name.lower()
    head, slash, _ = key.partition("/")
    found = _by_key().get(key) or (_tags().get(head) if slash else None)
    if found is not None:
        return found
    issuer, _, claim = key.partition(":")
    if issuer == "saml":
        return _by_key()[_ATTRIBUTE]
    if "." in issuer:
        record = _by_key()[_CLAIM]
        if is_identity_pools(issuer):
            record = _by_key().get(_POOL_CLAIM + claim, record)
        if claim in _CLAIMS_OF_SESSIONS:
            return _of_sessions(record)
        return record
    return KeyRecord(name)


def organization_keys() -> Mapping[str, str]:
    """Of each key with paths in an organization the key with the ID of that organization, both in
    lower case.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

    Example:
        >>> organization_keys()["aws:sourceorgpaths"]
        'aws:sourceorgid'
    """
    return _tables().organization_keys


def organization_key_of(key: str) -> str | None:
    """The key with the ID of the organization in which a key, in lower case, has paths.

    Example:
        >>> organization_key_of("aws:principalorgpaths"), organization_key_of("aws:principalorgid")
        ('aws:principalorgid', None)
    """
    return organization_keys().get(key)


def _of_sessions(claim: KeyRecord) -> KeyRecord:
    because = {who: why for who, why in claim.because.items() if who != "session"}
    return replace(claim, presence={**claim.presence, "session": "maybe"}, because=because)
