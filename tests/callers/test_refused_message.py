"""AWS's message in the wrappings of many tools, and as a record of the same refusal.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import html
import json
import textwrap
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.callers import CALLERS
from trust_widgets.callers.refused_message import messages_in

SESSION = "arn:aws:sts::111122223333:assumed-role/runner/r1"
ROLE = "arn:aws:iam::111122223333:role/app"
SAID = (
    f"User: {SESSION} is not authorized to perform: sts:AssumeRole on resource: {ROLE} because no"
    " identity-based policy allows the sts:AssumeRole action"
)


def boxed(text: str, width: int) -> str:
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(["╷", *(f"│ {line}" for line in lines), "╵"])


def cut(text: str, width: int) -> str:
    """As a terminal breaks lines: anywhere."""
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


WRAPPINGS = {
    "alone": SAID,
    "AWS CLI": f"An error occurred (AccessDenied) when calling the AssumeRole operation: {SAID}",
    "SDK for Java": f"{SAID} (Service: AWSSecurityTokenService; Status Code: 403; Request ID: 1f)",
    "SDK for Go": f'api error AccessDenied: {SAID}\\n\\tstatus code: 403, request id: 1f0e"',
    "JSON": json.dumps({"level": "error", "msg": SAID, "n": 1}),
    "JSON in JSON": json.dumps({"log": json.dumps({"msg": f"{SAID}\n\tat x"}) + "\n"}),
    "XML": f"<ErrorResponse><Error><Message>{SAID}</Message></Error></ErrorResponse>",
    "HTML": f"<p class='x'>{html.escape(SAID).replace('runner', '<b>runner</b>')}</p>",
    "HTML of HTML": html.escape(html.escape(f"<b>{SAID}</b>")),
    "Markdown": f"> {SAID.replace(SESSION, f'`{SESSION}`').replace(ROLE, f'**{ROLE}**')}",
    "fence": f"```\n{SAID}\n```",
    "ANSI": f"\x1b[31mError:\x1b[0m {SAID.replace('not', chr(27) + '[1mnot' + chr(27) + '[0m')}",
    "ANSI written out": f"\\u001b[31m{SAID}\\u001b[0m",
    "ANSI without its escape": f"[31m{SAID}[0m",
    "Terraform": boxed(f"Error: configuring: api error AccessDenied: {SAID}", 60),
    "GitHub": "\n".join(
        f"2026-11-20T10:00:00.1234567Z {line}" for line in boxed(SAID, 70).splitlines()
    ),
    "compose": "\n".join(f"app_1  | {line}" for line in textwrap.wrap(SAID, 60)),
    "shell": f"echo '{SAID}'",
    "double quotes": f'err="{SAID}"',
    "URL": f"https://octo.example/login?error={quote(SAID, safe='')}",
    "form": f"error={quote_plus(SAID)}",
    "quotation marks": SAID.replace(SESSION, f'"{SESSION}"').replace(ROLE, f"“{ROLE}”"),
    "twice": f"{SAID}\n{SAID}",
    "narrow terminal": cut(SAID, 47),
    "non-breaking spaces": SAID.replace(" ", "\u00a0"),
    "zero-width spaces": SAID.replace("/", "/\u200b"),
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in WRAPPINGS.items()])
def test_a_message_is_found_in_each_wrapping(text: str) -> None:
    (found,) = messages_in(text)
    assert (found.caller, found.role) == (SESSION, ROLE)
    request = CALLERS["error_message"].make(ROLE, {"text": text})
    assert (request.principal, request.role, request.action) == (SESSION, ROLE, "sts:AssumeRole")


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in WRAPPINGS.items()])
def test_what_is_kept_is_the_message_alone(text: str) -> None:
    """And it makes the same call."""
    caller = CALLERS["error_message"]
    kept = caller.to_keep({"text": f"AWS_SECRET_ACCESS_KEY=hunter2\n{text}\ntoken=hunter2"})
    assert "hunter2" not in kept["text"]
    assert caller.make(ROLE, kept).principal == SESSION
    assert caller.refusal(kept) == caller.refusal({"text": SAID})


@pytest.mark.parametrize(
    "action", ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"]
)
@pytest.mark.parametrize("other", ["s3:GetObject", "ec2:RunInstances"])
def test_of_several_messages_the_one_about_a_role(other: str, action: str) -> None:
    wanted = SAID.replace("sts:AssumeRole", action)
    text = f"{SAID.replace('sts:AssumeRole', other)}\n{wanted}"
    assert CALLERS["error_message"].make(ROLE, {"text": text}).action == action


def test_of_several_about_roles_the_first_is_decided_and_the_others_are_counted() -> None:
    text = f"{SAID}\n{SAID.replace('runner', 'other')}"
    assert CALLERS["error_message"].make(ROLE, {"text": text}).identity.name == "runner"
    assert any(
        "2 error messages" in said for said in CALLERS["error_message"].remarks({"text": text})
    )


# -- masks -----------------------------------------------------------------------------------------

MASKS = ["***", "[MASKED]", "<account-id>", "XXXXXXXXXXXX", "****", "ACCOUNT_ID"]


@pytest.mark.parametrize("mask", MASKS)
def test_a_masked_account_of_the_caller_is_asked_for(mask: str) -> None:
    text = SAID.replace(":111122223333:", f":{mask}:")
    with pytest.raises(ValueError, match="account ID of the caller is masked"):
        CALLERS["error_message"].make(ROLE, {"text": text})


@pytest.mark.parametrize("mask", ["***", "[MASKED]"])
def test_a_masked_account_of_the_role_is_that_of_this_policy(mask: str) -> None:
    """Where the role has the same name; another role is another."""
    text = SAID.replace(ROLE, ROLE.replace("111122223333", mask))
    assert CALLERS["error_message"].make(ROLE, {"text": text}).role == ROLE
    assert any("masked" in said for said in CALLERS["error_message"].remarks({"text": text}))
    with pytest.raises(ValueError, match="account ID of the role is masked"):
        CALLERS["error_message"].make("arn:aws:iam::111122223333:role/other", {"text": text})


def test_a_masked_session_is_some_session_of_the_role() -> None:
    text = SAID.replace("/r1", "/***")
    request = CALLERS["error_message"].make(ROLE, {"text": text})
    assert request.identity.name == "runner" and request.identity.sort == "role"
    with pytest.raises(ValueError, match="name of the caller is masked"):
        CALLERS["error_message"].make(ROLE, {"text": SAID.replace("/runner/", "/***/")})


# -- the evidence that AWS gives -------------------------------------------------------------------


def test_the_policy_and_the_authorization_id_are_shown() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html"""
    text = (
        f"User: {SESSION} is not authorized to perform: sts:AssumeRole on resource: {ROLE} with an"
        " explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/Strict. Go to"
        " https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/authorization-details/"
        "EXAMPLE1a2b for complete details, or call the GetRequestAuthorizationDetails API with the"
        " following authorization id: EXAMPLE1a2b"
    )
    said = " ".join(CALLERS["error_message"].remarks({"text": text}))
    assert "arn:aws:iam::111122223333:policy/Strict" in said and "EXAMPLE1a2b" in said
    kept = CALLERS["error_message"].to_keep({"text": text})
    assert CALLERS["error_message"].refusal(kept) == CALLERS["error_message"].refusal(
        {"text": text}
    )


# -- one refusal, as a message and as a record -----------------------------------------------------

CALLER_ARNS = (
    SESSION,
    "arn:aws:sts::444455556666:assumed-role/ci/b1",
    "arn:aws:iam::444455556666:user/ops",
    "arn:aws:iam::111122223333:root",
    "arn:aws:sts::111122223333:assumed-role/app/i-0abc",
)
ACTIONS = ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext")
WHYS = (
    "",
    " because no identity-based policy allows the action",
    " with an explicit deny in a service control policy",
    " because no resource-based policy allows the action",
)
PRINCIPALS: tuple[Any, ...] = (
    {"AWS": "*"},
    {"AWS": ["111122223333", "444455556666"]},
    {"AWS": "arn:aws:iam::444455556666:role/ci"},
    {"AWS": "arn:aws:iam::444455556666:user/ops"},
    {"Service": "ec2.amazonaws.com"},
)


def record_of(caller: str, message: str, parameters: Any) -> dict[str, Any]:
    kind = "AssumedRole" if ":assumed-role/" in caller else "IAMUser"
    identity = {"type": "Root" if caller.endswith(":root") else kind, "arn": caller}
    return {
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRole",
        "userIdentity": identity | {"accountId": caller.split(":")[4]},
        "requestParameters": parameters,
        "errorCode": "AccessDenied",
        "errorMessage": message,
    }


@given(
    st.sampled_from(CALLER_ARNS),
    st.sampled_from(ACTIONS),
    st.sampled_from(WHYS),
    st.sampled_from(PRINCIPALS),
    st.sampled_from([("sts:AssumeRole",), ("sts:AssumeRole", "sts:TagSession"), ("sts:*",)]),
    st.sampled_from([None, {"roleArn": ROLE, "roleSessionName": "s1"}]),
)
def test_a_message_and_its_record_come_to_the_same(
    caller: str, action: str, why: str, principal: Any, allowed: tuple[str, ...], parameters: Any
) -> None:
    """The record is of the very refusal that the message tells."""
    message = f"User: {caller} is not authorized to perform: {action} on resource: {ROLE}{why}"
    statement = {"Effect": "Allow", "Principal": principal, "Action": list(allowed)}
    policy = tw.parse(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    answers = ({"text": message}, {"text": json.dumps(record_of(caller, message, parameters))})
    kinds = (CALLERS["error_message"], CALLERS["cloudtrail_event"])
    requests = [kind.make(ROLE, answer) for kind, answer in zip(kinds, answers, strict=True)]
    outcomes = [tw.evaluate(policy, request).outcome for request in requests]
    assert outcomes[0] == outcomes[1]
    refusals = [kind.refusal(answer) for kind, answer in zip(kinds, answers, strict=True)]
    assert refusals[0] == refusals[1]


@given(
    st.sampled_from(CALLER_ARNS),
    st.sampled_from(PRINCIPALS),
    st.sampled_from(
        ["sts:ExternalId", "aws:PrincipalOrgID", "aws:MultiFactorAuthPresent", "aws:PrincipalArn"]
    ),
    st.sampled_from(["StringEquals", "StringNotEquals", "StringEqualsIfExists"]),
    st.sampled_from(["told", "other"]),
    st.sampled_from(["yes", "no"]),
)
def test_what_was_unknown_contradicts_no_answer(
    caller: str, principal: Any, key: str, operator: str, value: str, permission: Any
) -> None:
    """An answer that does not depend on a key is the same whatever the key turns out to be."""
    condition = {operator: {key: "told"}}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    text = json.dumps(
        {"Version": "2012-10-17", "Statement": [statement | {"Condition": condition}]}
    )
    message = f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {ROLE}"
    open_call = CALLERS["error_message"].make(ROLE, {"text": message})
    before = tw.evaluate(tw.parse(text), open_call)
    if before.outcome == "depends" or key not in open_call.unknown or key == "aws:PrincipalArn":
        return
    context = {**open_call.context, key: value}
    told = tw.Request(
        open_call.action,
        open_call.principal,
        ROLE,
        context,
        open_call.unknown - {key},
        permission,
        alone=True,
    )
    assert tw.evaluate(tw.parse(text), told).outcome == before.outcome


REPEATED = ["\\", "<", "{", "arn:", "[1;", "x |", "User: arn:aws:iam::", "`", "10:00:00 "]


@pytest.mark.parametrize("piece", REPEATED)
def test_a_long_text_is_read_in_a_moment(piece: str) -> None:
    """Whatever it repeats: no time grows with the square of its length."""
    started = time.monotonic()
    assert messages_in(piece * (200_000 // len(piece))) == []
    assert time.monotonic() - started < 5


OPS = "arn:aws:iam::444455556666:user/ops"
LINE = "AWS_SECRET_ACCESS_KEY=not-to-be-kept"


@pytest.mark.parametrize(
    "role",
    ["arn:aws:iam::1111", "arn:aws:iam:11122223333:role/app", "arn:aws:iam::***:role/app", "arn:"],
)
def test_the_line_after_a_broken_arn_is_no_part_of_it(role: str) -> None:
    """It may hold anything, also a secret."""
    text = f"User: {OPS} is not authorized to perform: sts:AssumeRole on resource: {role}\n{LINE}"
    for box in ("error_message", "cloudtrail_event"):
        try:
            kept = json.dumps(CALLERS[box].to_keep({"text": text}))
            assert not CALLERS[box].make(ROLE, {"text": text}).role.endswith("kept")
        except ValueError as error:
            kept = str(error)
        assert "not-to-be-kept" not in kept


def test_an_arn_goes_on_over_several_lines() -> None:
    """As far as whole ARNs come of it."""
    text = (
        "User: arn:aws:st\ns::444455556\n666:assumed-role/ci/s1 is not authorized to perform:"
        f" sts:TagSession on resource: arn:aws:i\nam::111122223333:role/app\n{LINE}"
    )
    (found,) = messages_in(text)
    assert found.caller == "arn:aws:sts::444455556666:assumed-role/ci/s1"
    assert found.role == "arn:aws:iam::111122223333:role/app"


@pytest.mark.parametrize("glued", ["eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln", "x" * 80])
def test_what_is_glued_to_a_role_is_no_part_of_its_name(glued: str) -> None:
    """A name has at most 64 characters."""
    text = f"User: {OPS} is not authorized to perform: sts:AssumeRole on resource: {ROLE}{glued}"
    (found,) = messages_in(text)
    assert found.role in (ROLE, "") and glued not in found.text


@pytest.mark.parametrize("change", [str.lower, lambda text: text.replace("not au", "not =\nau")])
def test_a_message_in_small_letters_or_from_a_mail(change: Callable[[str], str]) -> None:
    text = f"User: {OPS} is not authorized to perform: sts:TagSession on resource: {ROLE}"
    (found,) = messages_in(change(text))
    assert (found.caller, found.action, found.role) == (OPS, "sts:TagSession", ROLE)


def test_a_caller_that_is_masked_as_a_whole_is_told() -> None:
    text = "User: *** is not authorized to perform: sts:AssumeRole on resource: ***"
    with pytest.raises(ValueError, match=r"The whole ARN of the caller is masked in this text"):
        CALLERS["error_message"].make(ROLE, {"text": text})
