"""What a call of sts:AssumeRole carries: what its caller writes, what its session has, the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trust_widgets.aws.keys.records import key_record
from trust_widgets.aws.principal_forms import partition_of
from trust_widgets.inventory.chains.hops import SessionFacts
from trust_widgets.inventory.principals import ROLE, KnownPrincipal

PRINCIPAL_TAG, REQUEST_TAG = "aws:principaltag/", "aws:requesttag/"
SOURCE_IDENTITY = "aws:sourceidentity"
# Of a request, and yet not what its caller writes: the time, and that a service passes it on.
_NOW, _EPOCH, _CALLED, _VIA, _MCP = (
    "aws:currenttime",
    "aws:epochtime",
    "aws:calledvia",
    "aws:via",
    "aws:ismcp",
)


def with_passed(context: Mapping[str, Any], passing: SessionFacts) -> dict[str, Any]:
    """The condition keys of a call that also gives the next session tags and a source identity."""
    made = dict(context)
    tags = dict(passing.tags)
    if tags:
        made = merged(made, {f"aws:RequestTag/{key}": value for key, value in tags.items()})
        before = made.get("aws:TagKeys", ())
        if isinstance(before, str):
            before = (before,)
        names = tuple(dict.fromkeys((*before, *tags)))
        made["aws:TagKeys"] = names
        if passing.is_transitive:
            made["sts:TransitiveTagKeys"] = names
    if passing.identity:
        made = merged(made, {"sts:SourceIdentity": passing.identity})
    return made


def merged(*contexts: Mapping[str, Any]) -> dict[str, Any]:
    """Condition keys of several contexts, later ones first; case does not count."""
    spelled: dict[str, str] = {}
    made: dict[str, Any] = {}
    for context in contexts:
        for key, value in context.items():
            made[spelled.setdefault(key.lower(), key)] = value
    return made


def is_derived(key: str) -> bool:
    """Whether a key follows from who calls."""
    return key_record(key).if_not_given == "derived"


def is_written(key: str) -> bool:
    """Whether a caller writes a key as it likes."""
    record, small = key_record(key), key.lower()
    if record.property_of != "request" or record.owned != "no":
        return False
    return not small.startswith((_NOW, _EPOCH, _CALLED, _VIA, _MCP))


def is_of_session(key: str) -> bool:
    """Whether an earlier hop gives a session this key."""
    return key.startswith(PRINCIPAL_TAG) or key == SOURCE_IDENTITY


def principal_of(caller: KnownPrincipal) -> str:
    """Who calls: a user, or a session of a role."""
    if caller.kind != ROLE:
        return caller.arn
    partition = partition_of(caller.arn)
    return f"arn:{partition}:sts::{caller.account}:assumed-role/{caller.name}/session"


def allowing_statement(tree: Any) -> int:
    """The index of the first Allow that applies in a decision; -1 where there is none."""
    allows = [each for each in tree.walk() if each.data == ("Allow",) and len(each.path) >= 2]
    for truth in (True, None):
        for node in allows:
            if node.truth is truth:
                return int(node.path[1])
    return -1
