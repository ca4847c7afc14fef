"""AWS's message of a refused call, as people paste it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html: "User: ... is not
authorized to
perform: ... on resource: ... because no identity-based policy allows the ... action".
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE

MESSAGE = CALLERS["error_message"]
SESSION = "arn:aws:sts::111122223333:assumed-role/deployer/run-1"
USER = "arn:aws:iam::111122223333:user/team/ops"
ASKED = "arn:aws:iam::444455556666:role/app"
HEAD = "An error occurred (AccessDenied) when calling the AssumeRole operation: "


def said(
    caller: str = SESSION, action: str = "sts:AssumeRole", role: str = ASKED, more: str = ""
) -> str:
    """A message as AWS writes it."""
    return f"User: {caller} is not authorized to perform: {action} on resource: {role}{more}"


def made(text: str, **answers: str) -> tw.Request:
    """The call that a message describes."""
    return MESSAGE.make(ROLE, {"text": text, **answers})


@pytest.mark.parametrize(
    "text",
    [
        HEAD + said(),
        said(more="."),
        f"botocore.exceptions.ClientError: {HEAD}\n{said()}",
        json.dumps({"errorMessage": said()}),
        said().replace(" is not ", "\n  is not "),
    ],
)
def test_it_names_the_caller_and_the_role(text: str) -> None:
    """Wherever it stands, and however its lines are broken."""
    request = made(text)
    assert (request.action, request.principal, request.role) == ("sts:AssumeRole", SESSION, ASKED)
    assert request.caller_permission == "unknown"


def test_what_it_does_not_tell_is_unknown() -> None:
    """Keys of the call, and the path of a session's role; that a session hands on no MFA, AWS's
    pages say.
    """
    request = made(HEAD + said())
    wanted = {
        "sts:ExternalId",
        "aws:PrincipalOrgID",
        "aws:SourceIp",
        "aws:PrincipalTag/*",
        "aws:PrincipalArn",
    }
    assert wanted <= request.unknown and request.context == {"aws:MultiFactorAuthPresent": "false"}
    assert {"aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"} <= made(said(USER)).unknown
    assert any("does not contain" in remark for remark in MESSAGE.remarks({"text": said()}))


def test_an_answer_hangs_on_what_is_unknown() -> None:
    """An external ID may have been the reason, and a principal that is not named surely is."""
    ids = tw.Condition("StringEquals", "sts:ExternalId", ("b2f6c3de",))
    account = tw.Principal(aws="111122223333")
    policy = tw.TrustPolicy((tw.Statement("Allow", account, "sts:AssumeRole", (ids,)),))
    assert "sts:ExternalId" in tw.evaluate(policy, made(said())).needs
    other = tw.TrustPolicy(
        (tw.Statement("Allow", tw.Principal(aws="999988887777"), "sts:AssumeRole"),)
    )
    assert tw.evaluate(other, made(said())).outcome == "not allowed"


def test_that_the_caller_may_not_is_taken_from_it() -> None:
    """Unless the reader says otherwise."""
    text = said(more=" because no identity-based policy allows the sts:AssumeRole action")
    assert made(text).caller_permission == "no"
    assert made(text, permission="yes").caller_permission == "yes"
    assert (
        made(
            said(more=" because no resource-based policy allows the sts:AssumeRole action")
        ).caller_permission
        == "unknown"
    )


def test_tags_are_a_call_of_their_own() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html: without sts:TagSession
    the call fails.
    """
    assert made(said(action="sts:TagSession")).action == "sts:TagSession"


def test_a_message_without_a_role_is_about_the_readers() -> None:
    """Old ones end before it."""
    text = said().partition(" on resource")[0]
    assert made(text).role == ROLE
    assert "The message does not name the role." in MESSAGE.remarks({"text": text})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            f"{HEAD.replace('AssumeRole', 'AssumeRoleWithWebIdentity')}"
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            "A token",
        ),
        (
            "Could not assume role with OIDC: "
            "Not authorized to perform sts:AssumeRoleWithWebIdentity",
            "A token",
        ),
        (f"{HEAD.replace('AssumeRole', 'AssumeRoleWithSAML')}Access denied", "SAML sign-in"),
        (said(action="iam:ListRoles"), "is about iam:ListRoles"),
        ("Access Denied", "names no caller"),
        (said("arn:aws:iam::1:user/ops"), "arn:aws:iam::1:user/ops"),
        (said(role="arn:aws:s3:::octo"), "is not the ARN of a role"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(text: str, told: str) -> None:
    """AWS names no caller of a refused token; it is asked for, or what it was made for."""
    with pytest.raises(ValueError, match=told):
        made(text)


def test_the_callers_that_it_points_at_exist() -> None:
    """By the titles that the reader sees."""
    titles = {caller.title for caller in CALLERS.values()}
    assert {"A token", "GitHub Actions run", "SAML sign-in"} <= titles


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_a_call_or_a_message(caller: str, role: str, more: str) -> None:
    """Nothing else is raised."""
    try:
        assert made(said(f"arn:{caller}", role=f"arn:{role}", more=more))
    except ValueError as error:
        assert str(error)
