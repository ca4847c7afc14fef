"""Whoever AWS's message of a refused call names: "User: ARN is not authorized to perform:
sts:AssumeRole on ...".

Such a message tells the caller, the action and the role, and no key of the call; of a token it
tells nothing at all. The newer ones tell which kind of policy refused.
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from trust_widgets.aws.actions import SET_SOURCE_IDENTITY, TAG_SESSION
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import recorded as _recorded
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.access_denied import IDENTITY, Refusal, refusal_in
from trust_widgets.callers.request_context import ContextBuilder, home_of
from trust_widgets.evaluation import Request
from trust_widgets.forms import Question

_TEXT = Question(
    "Message",
    "As the AWS CLI, an SDK or a log shows it.",
    "An error occurred (AccessDenied) when calling the AssumeRole operation: User:"
    " arn:aws:sts::444455556666:assumed-role/deployer/run-1 is not authorized to perform:"
    " sts:AssumeRole on resource: arn:aws:iam::111122223333:role/app",
    long=True,
)
_MOST = 20_000
_NAMED = re.compile(
    r"User: (?P<caller>arn:[^\s\"']+) is not authorized to perform:"
    r" (?P<action>[\w-]{1,40}:\w{1,60})"
    r"(?: on resource: (?P<role>arn:[^\s\"']+))?"
)
_NAMELESS = re.compile(
    r"sts:AssumeRoleWith(WebIdentity|SAML)|calling the AssumeRoleWith(WebIdentity|SAML) operation"
)
_INSTEAD = {
    "WebIdentity": (
        "This message is about a call with a token, and AWS does not say whose. Paste the token"
        " itself under “A token”, or choose what it was made for, such as “GitHub Actions run”."
    ),
    "SAML": (
        "This message is about somebody signed in with SAML, and AWS does not say who. Choose “SAML"
        " sign-in”."
    ),
}
_NAMES_NOBODY = (
    "This text names nobody, as “User: arn:... is not authorized to perform: sts:AssumeRole on"
    " resource: arn:...” does."
)
_ACTIONS = ("sts:AssumeRole", TAG_SESSION, SET_SOURCE_IDENTITY)


class _Told(NamedTuple):
    """What a message tells; the role may be missing."""

    caller: str
    action: str
    role: str
    refusal: Refusal


def _read(text: str) -> _Told:
    """The caller, the action and the role in a message.

    Raises:
        ValueError: where it names nobody, or another action.
    """
    line = " ".join(text[:_MOST].split())
    found, nameless = _NAMED.search(line), _NAMELESS.search(line)
    if nameless is not None:
        raise ValueError(_INSTEAD[nameless[1] or nameless[2]])
    if found is None:
        raise ValueError(_NAMES_NOBODY)
    if found["action"] not in _ACTIONS:
        raise ValueError(
            f"This message is about {found['action']}; one about {_ACTIONS[0]} is read here."
        )
    caller, role = ((found[name] or "").rstrip(".,;:)") for name in ("caller", "role"))
    return _Told(caller, found["action"], role, refusal_in(line[found.end() :]))


def request(
    role: str = ROLE,
    text: Annotated[str, _TEXT] = "",
    permission: Annotated[asks.Permission, asks.PERMISSION] = "unknown",
) -> Request:
    told = _read(text)
    asked = told.role or role
    home_of(asked)
    filling = ContextBuilder(told.action, asked)
    filling.leave_open(
        "sts:RoleSessionName",
        "sts:ExternalId",
        "sts:SourceIdentity",
        "aws:TagKeys",
        "aws:RequestTag/*",
    )
    filling.came_from("")
    caller = _recorded.BY_TYPE["AWSAccount"](filling, {"userIdentity": {"arn": told.caller}}, asked)
    barred = told.refusal.kind == IDENTITY and permission == "unknown"
    # AWS names the action that it refused; of those that tags and a source identity need besides it
    # says nothing.
    return filling.request(caller, "no" if barred else permission, alone=True)


def refusal(answers: Mapping[str, Any]) -> Refusal:
    return _read(str(answers.get("text", ""))).refusal


def remarks(answers: Mapping[str, Any]) -> tuple[str, ...]:
    told = _read(str(answers.get("text", "")))
    said = (
        [f"The role is that of the message: {told.role}."]
        if told.role
        else ["The message does not tell the role."]
    )
    said.append(
        "It does not tell what was passed, as an external id, tags or a source identity, nor MFA,"
        " address, organisation and tags of the caller, nor the path of a session's role. All these"
        " are unknown."
    )
    said.append(
        f"Only {told.action}, which it names, is asked about; tags and a source identity need more"
        " actions."
    )
    return tuple(said)


CALLER = Caller(
    title="An error message",
    about="AWS's message of a refused AssumeRole, which names the caller and the role.",
    group="Pasted",
    request=request,
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
    note=(
        "The role is that of the message. It tells no key of the call, so that an answer mostly"
        " depends on some."
    ),
    remarks=remarks,
    refusal=refusal,
)
