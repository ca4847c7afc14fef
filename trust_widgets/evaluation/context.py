"""The condition keys of a call: those that were given, and those that AWS derives from who calls.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from trust_widgets.aws._data import table
from trust_widgets.aws.arns import Arn, arn_of
from trust_widgets.aws.keys.claims import intended_claim
from trust_widgets.aws.keys.records import records
from trust_widgets.evaluation.caller_identity import UNNAMED, Identity
from trust_widgets.evaluation.organizations import keys_of_organizations
from trust_widgets.evaluation.role_paths import WithoutPath
from trust_widgets.policy import normalized_key

Value: TypeAlias = "str | tuple[str, ...]"
Keys: TypeAlias = "Mapping[str, Value | None]"
"""Key in lower case to its value: a text, several texts, or `None` where unknown."""

_TYPES = {
    "user": "User",
    "role": "AssumedRole",
    "session": "AssumedRole",
    "federated-user": "FederatedUser",
}
_NO_VALUE = ("absent", "derived")


@table
def _always_there() -> dict[str, Value | None]:
    """In every call that assumes a role, so that a call without them can't be; `None`: only the
    caller knows.
    """
    found: dict[str, Value | None] = {}
    for record in records():
        if not record.is_in_every_call or record.if_not_given in _NO_VALUE:
            continue
        if record.if_not_given == "unknown":
            found[record.name.lower()] = None
        else:
            found[record.name.lower()] = record.if_not_given
    return found


RESOURCE_ACCOUNT, RESOURCE_ORG_ID = "aws:resourceaccount", "aws:resourceorgid"
_ORG_ID = "aws:principalorgid"


def keys_of(
    identity: Identity, role: Arn, given: Mapping[str, Value], unknown: frozenset[str]
) -> dict[str, Value | None]:
    """All keys of a call, in lower case.

    Args:
        identity, role: who calls, and the role that the call is about.
        given, unknown: the keys whose values are known, and those that may be there.

    Raises:
        ValueError: when a given value contradicts who calls, or the role.
    """
    values: dict[str, Value | None] = {normalized_key(key): value for key, value in given.items()}
    if len(values) != len(given):
        twice = next(key for key in values if _times(key, given) > 1)
        raise ValueError(f"{twice} is given more than once: condition keys are not case-sensitive.")
    derived = _derived_keys(identity)
    _expect_no_contradiction(values, derived, identity, role)
    keys = {**_always_there(), **derived, **values}
    keys.update({normalized_key(key): None for key in unknown})
    keys.update(keys_of_organizations(keys))
    keys[RESOURCE_ACCOUNT] = role.account
    if identity.account == role.account and RESOURCE_ORG_ID not in values:
        _share_organization(keys)
    if identity.is_of_some_issuer:
        keys[f"{UNNAMED}:*"] = None
    if identity.is_of_some_issuer or any(key.endswith("/*") for key in unknown):
        return _StandIns(keys)
    return keys


def _expect_no_contradiction(
    values: Mapping[str, Value | None],
    derived: Mapping[str, Value | None],
    identity: Identity,
    role: Arn,
) -> None:
    """Raise a ValueError when a given value contradicts who calls, or the role."""
    for key in derived.keys() & values.keys():
        value = derived[key]
        if value is not None and not _agrees(key, values[key], value, identity):
            raise ValueError(
                f"{key} cannot be {values[key]!r} in a request from {identity.text}: "
                f"it is {value!r}."
            )
    has_no_name = identity.kind == "aws" and identity.sort not in ("user", "account")
    if has_no_name and "aws:username" in values:
        raise ValueError(
            f"aws:username cannot be present in a request from {identity.text}: only users have "
            "a user name."
        )
    if values.get(RESOURCE_ACCOUNT, role.account) != role.account:
        raise ValueError(
            f"aws:ResourceAccount cannot be {values[RESOURCE_ACCOUNT]!r}: the role is in "
            f"account {role.account}."
        )


def _share_organization(keys: dict[str, Value | None]) -> None:
    """A caller of the role's own account is in the same organization as the role, or in none."""
    keys.pop(RESOURCE_ORG_ID, None)
    if _ORG_ID in keys:
        keys[RESOURCE_ORG_ID] = keys[_ORG_ID]


def _times(key: str, given: Mapping[str, Value]) -> int:
    """How many times a key, in lower case, is given."""
    return sum(key == other.lower() for other in given)


class _StandIns(dict[str, "Value | None"]):
    """Keys of a call of which one represents others.

    `aws:principaltag/*` represents any tag, where they are unknown; `*:sub` for the subject of any
    issuer, where the token's issuer is unknown.
    """

    def _stand_in(self, key: str) -> str | None:
        return next(
            (each for each in _stand_ins(key) if super(_StandIns, self).__contains__(each)), None
        )

    def __contains__(self, key: object) -> bool:
        return self._stand_in(str(key)) is not None

    def __missing__(self, key: str) -> Value | None:
        found = self._stand_in(key)
        if found is None:
            raise KeyError(key)
        return super().__getitem__(found)

    def get(self, key: str, default: Any = None) -> Any:
        if key not in self:
            return default
        return self[key]


def _stand_ins(key: str) -> Iterator[str]:
    """A key, and the keys that may represent it."""
    yield key
    head, slash, _ = key.partition("/")
    if slash:
        yield f"{head}/*"
    claim = intended_claim(key).claim
    if claim:
        yield f"{UNNAMED}:{claim}"
        yield f"{UNNAMED}:*"


def _derived_keys(identity: Identity) -> Mapping[str, Value | None]:
    return MappingProxyType(dict(_derived(identity)))


def _derived(identity: Identity) -> Iterator[tuple[str, Value | None]]:
    """What AWS fills in; `None` where it fills in something that the caller's name does not
    tell.
    """
    if identity.kind == "service":
        yield "aws:principalisawsservice", "true"
        yield "aws:principalservicename", identity.text
    if identity.kind == "oidc":
        yield "aws:federatedprovider", identity.text
    if identity.kind != "aws":
        return
    is_anyone_of_account = identity.sort == "account"
    yield "aws:principalisawsservice", "false"
    yield "aws:principalaccount", identity.account
    yield "aws:principaltype", _TYPES.get(identity.sort)
    arn = principal_arn(identity)
    if identity.sort == "session":
        arn = WithoutPath(arn)
    yield "aws:principalarn", None if is_anyone_of_account else arn
    yield "aws:userid", None
    if identity.sort == "user" or is_anyone_of_account:
        yield "aws:username", identity.name or None


def principal_arn(identity: Identity) -> str:
    """What `aws:PrincipalArn` holds: for a session the ARN of its role, whose path the session does
    not tell.

    Example:
        >>> from trust_widgets.evaluation.caller_identity import identity_of
        >>> principal_arn(identity_of("arn:aws:sts::111122223333:assumed-role/deploy/run-1"))
        'arn:aws:iam::111122223333:role/deploy'
    """
    if identity.sort != "session":
        return identity.text
    return f"arn:{identity.partition}:iam::{identity.account}:role/{identity.name}"


def _agrees(key: str, said: Value | None, derived: Value, identity: Identity) -> bool:
    if key != "aws:principalarn" or identity.sort not in ("session", "role"):
        return said == derived
    arn = arn_of(str(said))  # with the path, which the session's own ARN does not have
    if arn is None or arn.resource.rpartition("/")[2] != identity.name:
        return False
    return (arn.partition, arn.account) == (identity.partition, identity.account)
