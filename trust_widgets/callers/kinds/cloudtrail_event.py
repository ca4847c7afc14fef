"""The one who made a call that CloudTrail recorded, also one that AWS refused.

A record does not hold every key of its call. What AWS's pages do not say to be in it is left
unknown. https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import cloudtrail as _cloudtrail
from trust_widgets.callers import recorded as _recorded
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.access_denied import Refusal, permission_after, refusal_in
from trust_widgets.callers.other_refusals import cause_in
from trust_widgets.callers.pasted import RECORD, for_any_text
from trust_widgets.callers.pasted_json import part, text_at, texts_by_name, texts_of
from trust_widgets.callers.refused_message import ACTIONS
from trust_widgets.callers.request_context import ContextBuilder, expect_role
from trust_widgets.evaluation import Permission, Request
from trust_widgets.forms import Question

_TEXT = Question(
    "Record",
    "One event as JSON, from the event history in the console or from a log file.",
    '{"eventName": "AssumeRole", "errorCode": "AccessDenied", "userIdentity": {"type": "IAMUser",'
    ' "arn": "arn:aws:iam::444455556666:user/ops", "accountId": "444455556666"},'
    ' "requestParameters": {"roleArn": "arn:aws:iam::111122223333:role/app", "roleSessionName":'
    ' "ops"}}',
    long=True,
)


def request(
    role: str = ROLE,
    text: Annotated[str, _TEXT] = "",
    permission: Annotated[asks.Permission, asks.PERMISSION] = "unknown",
) -> Request:
    record = _cloudtrail.record_in(text)
    asked = _cloudtrail.role_of(record) or role
    expect_role(asked)
    # AWS names the action that it refused; of the others that the call needs it says nothing.
    message = _cloudtrail.message_of(record) if _is_denied(record) else None
    if message is not None and message.action in ACTIONS:
        refused = message.action
    else:
        refused = ""
    filling = ContextBuilder(refused or f"sts:{record['eventName']}", asked)
    _fill_address(filling, record)
    _fill_parameters(filling, record)
    caller = _fill_for(record)(filling, record, asked)
    return filling.request(caller, _permission(record, permission), alone=bool(refused))


def _permission(record: dict[str, Any], permission: Permission) -> Permission:
    """Whether the caller's own policies allow the call: they did if AWS let the call in."""
    if not _cloudtrail.is_failed(record) and permission == "unknown":
        return "yes"
    return permission_after(_refusal_in(record), permission)


def _fill_for(record: dict[str, Any]) -> Callable[[ContextBuilder, dict[str, Any], str], str]:
    """The function for the type of the caller; someone whom the message alone names is like one
    of another account.
    """
    kind = text_at(record, "userIdentity", "type")
    if kind not in _recorded.BY_TYPE and _cloudtrail.named_caller(record):
        kind = "AWSAccount"
    if kind not in _recorded.BY_TYPE:
        known = ", ".join(_recorded.BY_TYPE)
        raise ValueError(
            f"The record's userIdentity has the type {kind[:60]!r}. Supported types: {known}."
        )
    return _recorded.BY_TYPE[kind]


def _is_denied(record: dict[str, Any]) -> bool:
    return text_at(record, "errorCode").removeprefix("Client.").startswith("AccessDenied")


def _fill_address(filling: ContextBuilder, record: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html"""
    address, endpoint = text_at(record, "sourceIPAddress"), text_at(record, "vpcEndpointId")
    try:
        ipaddress.ip_address(address)
    except ValueError:
        address = ""  # a service's name, or "AWS Internal"
    if endpoint:
        filling.put("aws:SourceVpce", endpoint)
        filling.told("aws:VpcSourceIp", address)
        filling.leave_open(
            "aws:SourceVpc",
            "aws:SourceVpcArn",
            "aws:VpceAccount",
            "aws:VpceOrgID",
            "aws:VpceOrgPaths",
        )
    else:
        filling.came_from(address)


def _fill_parameters(filling: ContextBuilder, record: dict[str, Any]) -> None:
    """What was passed.

    A record without parameters, as of a call that the caller's own policies refused, shows nothing.
    """
    told = part(record, "requestParameters")
    if not isinstance(told, dict) or not told:
        filling.leave_open("sts:RoleSessionName", "sts:ExternalId", "sts:SourceIdentity")
        filling.leave_open("aws:TagKeys", "aws:RequestTag/*")
        return
    tags = {**_listed(told.get("tags")), **texts_by_name(told.get("principalTags"))}
    identity = _shown(text_at(told, "sourceIdentity"))
    transitive = texts_of(told.get("transitiveTagKeys"))
    filling.session(_shown(text_at(told, "roleSessionName")), identity, tags, transitive)
    _fill_external_id(filling, text_at(told, "externalId"))
    # Of a refused call with a token, AWS does not say that the record tells what stood in the
    # token.
    if _cloudtrail.is_failed(record) and record["eventName"] != "AssumeRole":
        filling.leave_open(*(() if identity else ("sts:SourceIdentity",)))
        filling.leave_open(*(() if tags else ("aws:TagKeys", "aws:RequestTag/*")))


def _fill_external_id(filling: ContextBuilder, value: str) -> None:
    if value and not _shown(value):
        filling.leave_open("sts:ExternalId")
    filling.passed("sts:ExternalId", _shown(value))


def _shown(value: str) -> str:
    """A value, unless CloudTrail hides it."""
    if value == _cloudtrail.HIDDEN:
        return ""
    return value


def _listed(tags: Any) -> dict[str, str]:
    """Tags as AssumeRole takes them: `[{"key": "Project", "value": "shop"}]`."""
    found = tags if isinstance(tags, list) else []
    return {text_at(tag, "key"): text_at(tag, "value") for tag in found if text_at(tag, "key")}


def without_secrets(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with only what is read of the record, without credentials and external ID.

    Raises:
        ValueError: for what is no record.
    """
    record = _cloudtrail.record_in(str(answers.get("text", "")))
    return {**answers, "text": json.dumps(_cloudtrail.without_secrets(record))}


def remarks(answers: Mapping[str, Any]) -> tuple[str, ...]:
    record = _cloudtrail.record_in(str(answers.get("text", "")))
    role, said = _cloudtrail.role_of(record), []
    if role:
        said.append(f"The role is read from the record: {role}.")
    if _cloudtrail.is_failed(record):
        why = text_at(record, "errorMessage") or "no message"
        said.append(f"AWS denied the call: {text_at(record, 'errorCode')}, {why.rstrip('.')}.")
        said.extend(_evidence(record))
    else:
        said.append("AWS allowed this call, by the policy that the role had at that time.")
    said.append(
        "A record does not contain the tags of the caller, its organization, or the "
        "source of a service. They are unknown."
    )
    return tuple(said)


def _evidence(record: dict[str, Any]) -> list[str]:
    """What else the record says about the reason."""
    message = _cloudtrail.message_of(record)
    if message is not None:
        tags = ", ".join(_recorded.incoming_tags(record))
        passed = f"The session has transitive tags: {tags}. They require sts:TagSession."
        alone = f"Only {message.action} is evaluated, because the message names it."
        return [alone, *([passed] if tags else []), *message.refusal.remarks]
    cause = cause_in(f"{text_at(record, 'errorCode')}: {text_at(record, 'errorMessage')}")
    if cause:
        return [cause]
    return []


def refusal(answers: Mapping[str, Any]) -> Refusal | None:
    """What denied the call of a record; `None` for a call that failed for another reason, such as
    an expired token.
    """
    return _refusal_in(_cloudtrail.record_in(str(answers.get("text", ""))))


def _refusal_in(record: dict[str, Any]) -> Refusal | None:
    if not _is_denied(record):
        return None
    message = _cloudtrail.message_of(record)
    if message:
        return message.refusal
    return refusal_in(text_at(record, "errorMessage"))


CALLER = for_any_text(
    Caller(
        title="A CloudTrail event",
        about=(
            "A call that CloudTrail recorded: AssumeRole, AssumeRoleWithSAML or "
            "AssumeRoleWithWebIdentity, also a denied one."
        ),
        group="Pasted",
        request=request,
        source="https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html",
        note=(
            "The role is read from the event. What a record does not contain is "
            "unknown, so an answer may depend on it. You can also paste an error "
            "message, a token or output of Access Troubleshooter."
        ),
        to_keep=without_secrets,
        remarks=remarks,
        refusal=refusal,
    ),
    RECORD,
)
