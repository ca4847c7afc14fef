"""Records of CloudTrail about calls that assume a role: found in what was pasted, and their plain
facts read.

https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from trust_widgets.callers.pasted_json import dicts_within, documents_in, part, text_at
from trust_widgets.callers.refused_message import RefusedMessage, messages_in

EVENTS = ("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity")
HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"  # so CloudTrail itself writes
_ANSWER = ("audience", "issuer", "subjectType")
_WHAT = "a CloudTrail record"


def record_in(text: str) -> dict[str, Any]:
    """The one record in a text: itself, or in `Records`, `Events` (of `lookup-events`) or `detail`
    (of EventBridge).

    Of several that assume a role, the one that failed, if one alone did.

    Raises:
        ValueError: when there is none, or are several.
    """
    records = list(_records(documents_in(text, _WHAT)))
    calls = [record for record in records if record.get("eventName") in EVENTS]
    if not calls:
        raise ValueError(_no_call_among(records))
    if len(calls) == 1:
        return calls[0]
    failed = [record for record in calls if is_failed(record)]
    if len(failed) != 1:
        raise ValueError(
            f"This text contains {len(calls)} calls that assume a role. Paste one of them."
        )
    return failed[0]


def _no_call_among(records: list[dict[str, Any]]) -> str:
    """The message about records of which none is of a call that assumes a role."""
    events = [text_at(record, "eventName") for record in records]
    other = next(filter(None, events), "")
    about = f"this one is about {other[:60]}" if other else "this text names no event"
    return f"Paste a record of {', '.join(EVENTS[:-1])} or {EVENTS[-1]}: {about}."


def _records(documents: list[Any]) -> Iterator[dict[str, Any]]:
    """Each record in what holds it, also as a text; else the objects themselves."""
    within = [each for document in documents for each in dicts_within(document)]
    records = [each for each in within if is_record(each)]
    yield from records or [each for each in documents if isinstance(each, dict)]


def is_record(found: dict[str, Any]) -> bool:
    """Whether a JSON object is a record of CloudTrail."""
    return isinstance(found.get("eventName"), str) and bool(
        {"userIdentity", "eventSource", "requestParameters", "errorCode"} & set(found)
    )


def is_failed(record: dict[str, Any]) -> bool:
    """Whether AWS refused the call."""
    return bool(text_at(record, "errorCode"))


def role_of(record: dict[str, Any]) -> str:
    """The ARN of the role that the call is for; `""` when the record does not contain it.

    A call that the caller's own policies refused has no parameters: only its message names it.
    """
    role = text_at(record, "requestParameters", "roleArn") or resource_of(record, "AWS::IAM::Role")
    if role:
        return role
    message = message_of(record)
    if message:
        return message.role
    return ""


def resource_of(record: dict[str, Any], kind: str) -> str:
    """The ARN of the first resource of a kind, `"AWS::IAM::Role"`."""
    resources = record.get("resources")
    if not isinstance(resources, list):
        return ""
    for resource in resources:
        if text_at(resource, "type") == kind:
            return text_at(resource, "ARN")
    return ""


def named_caller(record: dict[str, Any]) -> str:
    """The ARN of a caller who signed the call; `""` where the record and its message name none."""
    caller = text_at(record, "userIdentity", "arn")
    if caller:
        return caller
    message = message_of(record)
    if message:
        return message.caller
    return ""


def caller_of(record: dict[str, Any]) -> str:
    """The ARN of a caller who signed the call: of someone in another account, the account alone
    may be told.
    """
    caller = named_caller(record)
    if caller:
        return caller
    account = text_at(record, "userIdentity", "accountId")
    _, _, after_arn = role_of(record).partition(":")
    partition = after_arn.partition(":")[0] or "aws"
    return f"arn:{partition}:iam::{account}:root"


def message_of(record: dict[str, Any]) -> RefusedMessage | None:
    """AWS's message in the record of a refused call, as far as it names who called for what."""
    return next(iter(messages_in(text_at(record, "errorMessage"))), None)


def without_secrets(record: dict[str, Any]) -> dict[str, Any]:
    """The parts of a record that are read, without credentials and external ID."""
    kept = _only(record, _OF_RECORD)
    for name, read in _WITHIN.items():
        if isinstance(kept.get(name), dict):
            kept[name] = _only(kept[name], read)
    parameters = kept.get("requestParameters")
    if isinstance(parameters, dict) and parameters.get("externalId"):
        parameters["externalId"] = HIDDEN
    context = part(kept, "userIdentity", "sessionContext")
    if isinstance(context, dict):
        kept["userIdentity"]["sessionContext"] = _only(context, _OF_SESSION)
    return kept


def _only(value: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value}


_OF_RECORD = (
    *("eventName", "errorCode", "errorMessage", "sourceIPAddress", "vpcEndpointId"),
    *("userIdentity", "requestParameters", "responseElements", "resources"),
)
_OF_SESSION = ("sessionIssuer", "attributes", "sourceIdentity")
_WITHIN = {
    "userIdentity": (
        *("type", "principalId", "arn", "accountId", "userName", "invokedBy"),
        *("identityProvider", "sessionContext"),
    ),
    "requestParameters": (
        *("roleArn", "roleSessionName", "externalId", "sourceIdentity", "serialNumber"),
        *("tags", "principalTags", "transitiveTagKeys", "incomingTransitiveTags", "principalArn"),
    ),
    "responseElements": _ANSWER,
}
