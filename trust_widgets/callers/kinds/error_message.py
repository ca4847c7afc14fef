"""The caller that AWS's message of a refused call names: "User: ARN is not authorized to perform:
sts:AssumeRole on ...".

Such a message names the caller, the action and the role, and no key of the call; of a token it
says nothing at all. The newer ones name the kind of policy that denied the call.
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from trust_widgets.aws.arns import arn_of
from trust_widgets.callers import ROLE, Caller
from trust_widgets.callers import recorded as _recorded
from trust_widgets.callers import shared_questions as asks
from trust_widgets.callers.access_denied import Refusal, permission_after
from trust_widgets.callers.other_refusals import cause_in
from trust_widgets.callers.pasted import MESSAGE, for_any_text
from trust_widgets.callers.refused_message import (
    ACTIONS,
    LONGEST,
    RefusedMessage,
    hidden_in,
    messages_in,
)
from trust_widgets.callers.request_context import ContextBuilder, expect_role
from trust_widgets.evaluation import Request, arn_of_role
from trust_widgets.forms import Question
from trust_widgets.text.english import capital
from trust_widgets.text.logs import MASK, as_written

_TEXT = Question(
    "Message",
    "As the AWS CLI, an SDK or a log shows it. Other text around it does not matter.",
    "An error occurred (AccessDenied) when calling the AssumeRole operation: User:"
    " arn:aws:sts::444455556666:assumed-role/deployer/run-1 is not authorized to perform:"
    " sts:AssumeRole on resource: arn:aws:iam::111122223333:role/app",
    long=True,
)
_NAMELESS = re.compile(
    r"sts:AssumeRoleWith(WebIdentity|SAML)|calling the AssumeRoleWith(WebIdentity|SAML) operation"
)
_INSTEAD = {
    "WebIdentity": (
        "This message is about a call with a token, and AWS does not say whose. Paste "
        'the token itself under "A token", or choose what it was made for, such as '
        '"GitHub Actions run".'
    ),
    "SAML": (
        "This message is about a person signed in with SAML, and AWS does not say who. "
        'Choose "SAML sign-in".'
    ),
}
_NAMES_NOBODY = (
    'This text names no caller. The message looks like "User: arn:... is not '
    'authorized to perform: sts:AssumeRole on resource: arn:...".'
)


def _read(text: str) -> RefusedMessage:
    """The first message in a text that is about assuming a role.

    Raises:
        ValueError: where there is none, with what the text says instead.
    """
    every = messages_in(text)
    found = next((each for each in every if each.action in ACTIONS), None)
    if found is not None:
        return found
    line = " ".join(as_written(text[:LONGEST]).split())
    nameless, cause = _NAMELESS.search(line), cause_in(text)
    if nameless is not None and not cause:
        raise ValueError(_INSTEAD[nameless[1] or nameless[2]])
    if every and not cause:
        raise ValueError(f"This message is about {every[0].action}. Paste one about {ACTIONS[0]}.")
    raise ValueError(cause or _NAMES_NOBODY)


def _caller_in(message: RefusedMessage) -> str:
    """The caller, as far as it was not hidden before the text was copied.

    Raises:
        ValueError: where it cannot be known without what was hidden.
    """
    hidden = hidden_in(message.caller)
    if hidden:
        raise ValueError(
            f"{capital(hidden)} of the caller is masked in this text: {message.caller}. "
            f"Replace {MASK} with the real value, or paste the message from a log "
            "without masks."
        )
    if MASK not in message.caller:
        return message.caller
    arn = arn_of(message.caller)
    if arn:
        name = arn.resource.split("/")[1]
    else:
        name = ""
    if arn:
        return f"arn:{arn.partition}:iam::{arn.account}:role/{name}"
    return message.caller


def _role_in(message: RefusedMessage, role: str) -> str:
    """The role of the message; the reader's own where the message hides or lacks it.

    Raises:
        ValueError: where the reader's role has another name than the hidden one.
    """
    if MASK not in message.role:
        return message.role or role
    named, own = arn_of(message.role), arn_of_role(role)
    names = (MASK, own.resource.split("/")[-1])
    if named is not None and named.resource.split("/")[-1] not in names:
        raise ValueError(
            f"The account ID of the role is masked in this text: {message.role}. Write the 12"
            f" digits in place of {MASK}."
        )
    return role


def request(
    role: str = ROLE,
    text: Annotated[str, _TEXT] = "",
    permission: Annotated[asks.Permission, asks.PERMISSION] = "unknown",
) -> Request:
    message = _read(text)
    asked = _role_in(message, role)
    expect_role(asked)
    filling = ContextBuilder(message.action, asked)
    filling.leave_open(
        "sts:RoleSessionName",
        "sts:ExternalId",
        "sts:SourceIdentity",
        "aws:TagKeys",
        "aws:RequestTag/*",
    )
    filling.came_from("")
    record = {"userIdentity": {"arn": _caller_in(message)}}
    caller = _recorded.BY_TYPE["AWSAccount"](filling, record, asked)
    # AWS names the action that it refused; of those that tags and a source identity need besides it
    # says nothing.
    return filling.request(caller, permission_after(message.refusal, permission), alone=True)


def refusal(answers: Mapping[str, Any]) -> Refusal:
    return _read(str(answers.get("text", ""))).refusal


def without_the_rest(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with the message alone: what is around it may be secret.

    Raises:
        ValueError: for a text without such a message.
    """
    return {**answers, "text": _read(str(answers.get("text", ""))).text}


def remarks(answers: Mapping[str, Any]) -> tuple[str, ...]:
    text = str(answers.get("text", ""))
    message = _read(text)
    said = []
    if MASK in message.role:
        said.append(
            f"The role is masked in the text, {message.role}. The role of this policy is used."
        )
    elif message.role:
        said.append(f"The role is read from the message: {message.role}.")
    else:
        said.append("The message does not name the role.")
    others = sum(each.action in ACTIONS for each in messages_in(text)) - 1
    if others > 0:
        said.append(
            f"The text contains {others + 1} error messages. The first is used: "
            f"{message.caller} and {message.action}."
        )
    said.append(
        "The message does not contain what was passed (external ID, tags, source "
        "identity), nor the MFA, address, organization, tags and role path of the "
        "caller. All these are unknown."
    )
    said.append(
        f"Only {message.action} is evaluated, because the message names it. Tags and a source "
        "identity require more actions."
    )
    return (*said, *message.refusal.remarks)


CALLER = for_any_text(
    Caller(
        title="An error message",
        about=(
            "The AWS error message of a denied AssumeRole call. It names the caller and the role."
        ),
        group="Pasted",
        request=request,
        source="https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
        note=(
            "The role is read from the message. The message contains no condition keys, "
            "so an answer often depends on some. You can also paste a CloudTrail "
            "record, a token or output of Access Troubleshooter."
        ),
        to_keep=without_the_rest,
        remarks=remarks,
        refusal=refusal,
    ),
    MESSAGE,
)
