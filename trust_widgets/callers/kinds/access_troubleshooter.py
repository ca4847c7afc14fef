"""The one who made the request of which Access Troubleshooter prints the details.

`aws iam-toolbox get-request-authorization-details` gives the context keys of a refused request and
the result of each kind of policy. What is in no context is unknown: the tool is in preview, and
AWS's page does not say that it shows every key.
https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_GetRequestAuthorizationDetails.html
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Annotated, Any

from trust_widgets.aws.keys.records import key_record
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import aws_credentials as _signed
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers import web_identity as _tokens
from trust_widgets.callers.access_denied import Refusal, permission_after
from trust_widgets.callers.pasted import DETAILS, for_any_text, is_details
from trust_widgets.callers.pasted_json import (
    dicts_within,
    documents_in,
    part,
    text_at,
    text_of,
    texts_of,
)
from trust_widgets.callers.request_context import ContextBuilder, expect_role, fill_service
from trust_widgets.evaluation import Request, Value
from trust_widgets.forms import Question
from trust_widgets.policy import is_session_action

_TEXT = Question(
    "Details",
    "Output of aws iam-toolbox get-request-authorization-details.",
    '{"requestContext": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/ops"}, "evaluations":'
    ' [{"action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/app",'
    ' "evaluatedEffect": "IMPLICIT_DENY", "checks": [{"checkType": "RESOURCE", "evaluatedEffect":'
    ' "IMPLICIT_DENY"}]}], "policies": []}',
    long=True,
)
_ACTIONS = ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity")
# A kind of check or of policy, and how AWS's messages name it.
_KINDS = {
    "SERVICE_CONTROL_POLICY": "service control policy",
    "RESOURCE_CONTROL_POLICY": "resource control policy",
    "VPC_ENDPOINT": "VPC endpoint policy",
    "PERMISSIONS_BOUNDARY": "permissions boundary",
    "SESSION": "session policy",
    "PRINCIPAL": "identity-based policy",
    "RESOURCE": "resource-based policy",
}
_KINDS |= {
    "VPC_ENDPOINT_POLICY": _KINDS["VPC_ENDPOINT"],
    "SESSION_POLICY": _KINDS["SESSION"],
    "IDENTITY_BASED_POLICY": _KINDS["PRINCIPAL"],
    "RESOURCE_BASED_POLICY": _KINDS["RESOURCE"],
}


def _details_in(text: str) -> dict[str, Any]:
    """The details in a text.

    Raises:
        ValueError: when there are none.
    """
    documents = documents_in(text, "output of Access Troubleshooter")
    within = (each for document in documents for each in dicts_within(document))
    found = next((each for each in within if is_details(each)), None)
    if found is None:
        raise ValueError(
            "This is not output of Access Troubleshooter: evaluations and "
            "requestContext are missing."
        )
    return found


def _evaluation_in(details: Mapping[str, Any]) -> dict[str, Any]:
    """The evaluation of an action of STS that was refused; else one that was allowed.

    Raises:
        ValueError: when the request was about something else.
    """
    every = _dicts(details, "evaluations")
    ours = [each for each in every if _is_about_a_role(text_at(each, "action"))]
    if not ours:
        other = text_at(every[0], "action") if every else "no action"
        raise ValueError(
            f"These details are about {other[:60]}. Paste details about sts:AssumeRole."
        )
    return next((each for each in ours if text_at(each, "evaluatedEffect") != "ALLOW"), ours[0])


def _is_about_a_role(action: str) -> bool:
    return action.lower() in _ACTIONS or is_session_action(action)


def _context_of(details: Mapping[str, Any], evaluation: Mapping[str, Any]) -> dict[str, Value]:
    """The keys of the request with their values, those of the evaluation on top."""
    found: dict[str, Value] = {}
    for context in (part(details, "requestContext"), part(evaluation, "context")):
        for key, value in (context if isinstance(context, dict) else {}).items():
            values = texts_of(value)
            if values:
                if isinstance(value, list):
                    found[key] = values
                else:
                    found[key] = text_of(value)
    return found


def request(
    role: str = ROLE,
    text: Annotated[str, _TEXT] = "",
    permission: Annotated[asks.Permission, asks.PERMISSION] = "unknown",
) -> Request:
    details = _details_in(text)
    evaluation = _evaluation_in(details)
    named = text_at(evaluation, "resource")
    asked = named if ":role/" in named and "*" not in named else role
    expect_role(asked)
    context = _context_of(details, evaluation)
    action = text_at(evaluation, "action")
    filling = ContextBuilder(action, asked)
    filling.came_from("")
    filling.leave_open("sts:RoleSessionName", "sts:ExternalId", "sts:SourceIdentity")
    filling.leave_open("aws:TagKeys", "aws:RequestTag/*")
    caller = _fill_caller(filling, {key.lower(): value for key, value in context.items()}, asked)
    for key, value in context.items():
        if key_record(key).if_not_given != "derived" or "Arn" in key_record(key).name:
            filling.put(key, value)
    return filling.request(
        caller, permission_after(_refusal_of(details, evaluation), permission), alone=True
    )


def _fill_caller(filling: ContextBuilder, keys: Mapping[str, Value], role: str) -> str:
    """Who called, and what is open of such a caller.

    Raises:
        ValueError: when the context names nobody.
    """
    arn, service = text_of(keys.get("aws:principalarn")), keys.get("aws:principalservicename")
    provider = text_of(keys.get("aws:federatedprovider"))
    if isinstance(service, str):
        fill_service(filling)
        filling.leave_open("aws:SourceAccount", "aws:SourceArn")
        return service
    if arn:
        _signed.fill_principal(filling, "", ())
        filling.leave_open("aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge")
        filling.leave_open("aws:TokenIssueTime", "aws:SourceIdentity", "aws:FederatedProvider")
        return _with_session(arn, text_of(keys.get("aws:userid")))
    if provider:
        _tokens.leave_open(filling)
        return provider
    raise ValueError(
        "These details do not say who called: the context has no aws:PrincipalArn,"
        " aws:PrincipalServiceName or aws:FederatedProvider."
    )


def _with_session(arn: str, user_id: str) -> str:
    """The session of a role, whose name is in `aws:userid` behind the role's unique ID."""
    before, colon, session = user_id.partition(":")
    if ":role/" not in arn or not (colon and session and before.startswith("AROA")):
        return arn
    head, _, path = arn.partition(":role/")
    return f"{head.replace(':iam:', ':sts:')}:assumed-role/{path.rpartition('/')[2]}/{session}"


def _refusal_in(details: Mapping[str, Any], evaluation: Mapping[str, Any]) -> Refusal:
    """The first check that refused: a Deny before the lack of an Allow; else a policy whose Deny
    matched.
    """
    checks = _dicts(evaluation, "checks")
    for effect in ("EXPLICIT_DENY", "IMPLICIT_DENY"):
        for check in checks:
            kind = _KINDS.get(text_at(check, "checkType"), "")
            if kind and text_at(check, "evaluatedEffect") == effect:
                return Refusal(kind, effect == "EXPLICIT_DENY")
    return _matched_deny(details, evaluation)


def _matched_deny(details: Mapping[str, Any], evaluation: Mapping[str, Any]) -> Refusal:
    """https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_MatchedPolicy.html"""
    kinds = {
        text_at(policy, "uri"): _KINDS.get(text_at(policy, "type"), "")
        for policy in _dicts(details, "policies")
    }
    for policy in _dicts(evaluation, "matchedPolicies"):
        effects = [text_at(each, "evaluatedEffect") for each in _dicts(policy, "matchedStatements")]
        uri = text_at(policy, "uri")
        if "EXPLICIT_DENY" in effects and kinds.get(uri):
            return Refusal(kinds[uri], deny=True, policy=uri if uri.startswith("arn:") else "")
    return Refusal()


def _dicts(value: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in a list of an object."""
    listed = value.get(name)
    if isinstance(listed, list):
        return [each for each in listed if isinstance(each, dict)]
    return []


def refusal(answers: Mapping[str, Any]) -> Refusal | None:
    details = _details_in(str(answers.get("text", "")))
    return _refusal_of(details, _evaluation_in(details))


def _refusal_of(details: Mapping[str, Any], evaluation: Mapping[str, Any]) -> Refusal | None:
    if text_at(evaluation, "evaluatedEffect") == "ALLOW":
        return None
    return _refusal_in(details, evaluation)


def without_secrets(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with what is read of the details alone, without the external ID.

    Raises:
        ValueError: for what are no such details.
    """
    details = _details_in(str(answers.get("text", "")))
    evaluation = _evaluation_in(details)
    context = _context_of(details, evaluation)
    kept = {
        "requestContext": {
            key: value for key, value in context.items() if key.lower() != "sts:externalid"
        },
        "evaluations": [_only(evaluation, _OF_EVALUATION)],
        "policies": [_only(policy, ("uri", "type")) for policy in _dicts(details, "policies")],
    }
    return {**answers, "text": json.dumps(kept)}


def _only(value: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value[name] for name in names if name in value}


_OF_EVALUATION = ("action", "resource", "evaluatedEffect", "checks", "matchedPolicies")


def remarks(answers: Mapping[str, Any]) -> tuple[str, ...]:
    details = _details_in(str(answers.get("text", "")))
    evaluation = _evaluation_in(details)
    effect = text_at(evaluation, "evaluatedEffect") or "no effect"
    said = [f"AWS evaluated {text_at(evaluation, 'action')}: {effect}."]
    for check in _dicts(evaluation, "checks"):
        if text_at(check, "evaluatedEffect") in ("EXPLICIT_DENY", "IMPLICIT_DENY"):
            what = _KINDS.get(text_at(check, "checkType"), text_at(check, "checkType"))
            where = text_at(check, "targetArn")
            said.append(
                f"{text_at(check, 'evaluatedEffect')} by the check of {what}"
                f"{f' at {where}' if where else ''}."
            )
    matched = _matched_deny(details, evaluation)
    said.extend(matched.remarks)
    said.append("Keys that are not in the printed context are unknown.")
    return tuple(said)


CALLER = for_any_text(
    Caller(
        title="Access Troubleshooter",
        about="The details that AWS returns about a denied request, by its authorization ID.",
        group="Pasted",
        request=request,
        source="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html",
        note=(
            "The role, the caller and the keys are read from the details. You can also "
            "paste an error message, a CloudTrail record or a token."
        ),
        to_keep=without_secrets,
        remarks=remarks,
        refusal=refusal,
    ),
    DETAILS,
)
