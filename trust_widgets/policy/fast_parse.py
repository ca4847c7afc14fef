"""The quick way for a document in which nothing is amiss, as nearly all are.

Where anything is out of the ordinary it gives up, and the reader that keeps places reports it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from trust_widgets.policy.conditions import Condition, Scalar
from trust_widgets.policy.values import Principal, Statement, TrustPolicy

LONGEST = 65_536
# Neither an escape nor a character that IAM refuses: the standard library and we agree on all that
# is left.
_ORDINARY = re.compile(r"[\t\n\r\x20-\x5b\x5d-\x7e]*")
_ELEMENTS = {
    "Action": "action",
    "NotAction": "not_action",
    "Resource": "resource",
    "NotResource": "not_resource",
}
_KINDS = {
    "AWS": "aws",
    "Service": "service",
    "Federated": "federated",
    "CanonicalUser": "canonical_user",
}


class _Unusual(Exception):
    """Something for the reader that keeps places."""


def read_plain(text: str) -> TrustPolicy | None:
    """The policy of a text, when nothing at all is amiss with it; else `None`.

    Example:
        >>> read_plain('{"Version": "2012-10-17", "Statement": []}').version
        '2012-10-17'
        >>> read_plain('{"Version": "2012-10-17", "Version": "2012-10-17"}') is None
        True
    """
    if len(text) > LONGEST or not _ORDINARY.fullmatch(text):
        return None
    try:
        return _policy(json.loads(text, object_pairs_hook=_members, parse_constant=_refuse))
    except (ValueError, RecursionError, _Unusual):
        return None


def _refuse(_: str) -> None:
    raise _Unusual


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Unusual  # the same key twice
    return members


def _policy(document: Any) -> TrustPolicy:
    if not isinstance(document, dict) or "Statement" not in document:
        raise _Unusual
    if not set(document) <= {"Version", "Id", "Statement"}:
        raise _Unusual
    statements = document.pop("Statement")
    each = statements if isinstance(statements, list) else [statements]
    head = {name.lower(): _text(value) for name, value in document.items()}
    return TrustPolicy(tuple(map(_statement, each)), head.get("version"), head.get("id"))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unusual
    return value


def _statement(node: Any) -> Statement:
    if not isinstance(node, dict):
        raise _Unusual
    said: dict[str, Any] = {"effect": None}
    for name, value in node.items():
        if name in _ELEMENTS:
            said[_ELEMENTS[name]] = _texts(value)
        elif name in ("Sid", "Effect"):
            said[name.lower()] = _text(value)
        elif name == "Principal":
            said["principal"] = _principal(value)
        elif name == "Condition":
            said |= _conditions(value)
        else:
            raise _Unusual
    return Statement(**said)


def _texts(value: Any) -> tuple[str, ...]:
    values = (value,) if isinstance(value, str) else value
    if not isinstance(values, (list, tuple)) or not all(isinstance(each, str) for each in values):
        raise _Unusual
    return tuple(values)


def _principal(value: Any) -> Principal:
    if value == "*":
        return Principal(star=True)
    if not isinstance(value, dict) or not set(value) <= set(_KINDS):
        raise _Unusual
    kinds: dict[str, Any] = {_KINDS[kind]: _texts(values) for kind, values in value.items()}
    return Principal(**kinds)


def _conditions(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Unusual
    if not all(isinstance(keys, dict) and keys for keys in value.values()):
        raise _Unusual
    return {
        "conditions": tuple(
            Condition(operator, key, _scalars(values))
            for operator, keys in value.items()
            for key, values in keys.items()
        )
    }


def _scalars(value: Any) -> tuple[Scalar, ...]:
    values = value if isinstance(value, list) else (value,)
    if not all(isinstance(each, (str, bool)) for each in values):
        raise _Unusual
    return tuple(values)
