"""One box takes any pasted text, and says what it is."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trust_widgets as tw
from trust_widgets.callers import CALLERS, ROLE
from trust_widgets.callers.pasted import kind_of

USER = "arn:aws:iam::444455556666:user/ops"
MESSAGE = f"User: {USER} is not authorized to perform: sts:AssumeRole on resource: {ROLE}"
RECORD = json.dumps(
    {
        "eventName": "AssumeRole",
        "userIdentity": {"type": "IAMUser", "arn": USER, "accountId": "444455556666"},
        "requestParameters": {"roleArn": ROLE, "roleSessionName": "ops"},
    }
)
CLAIMS = json.dumps({"iss": "https://idp.octo.example", "sub": "app", "aud": "sts.amazonaws.com"})
JWT = ".".join(
    base64.urlsafe_b64encode(part.encode()).decode().rstrip("=")
    for part in ('{"alg": "RS256"}', CLAIMS, "signature-that-is-secret")
)
DETAILS = json.dumps(
    {
        "requestContext": {"aws:PrincipalArn": USER, "sts:ExternalId": "b2f6c3de"},
        "evaluations": [
            {"action": "kms:Decrypt", "resource": "*", "evaluatedEffect": "ALLOW"},
            {
                "action": "sts:AssumeRole",
                "resource": ROLE,
                "evaluatedEffect": "IMPLICIT_DENY",
                "checks": [
                    {"checkType": "PRINCIPAL", "evaluatedEffect": "ALLOW"},
                    {"checkType": "RESOURCE", "evaluatedEffect": "IMPLICIT_DENY"},
                ],
            },
        ],
        "policies": [],
    }
)
TEXTS = {
    "error_message": MESSAGE,
    "cloudtrail_event": RECORD,
    "token": JWT,
    "access_troubleshooter": DETAILS,
}
NAMES = {
    "error_message": "an AWS error message",
    "cloudtrail_event": "a CloudTrail record",
    "token": "an OIDC token",
    "access_troubleshooter": "Access Troubleshooter",
}
PASTED = [name for name, caller in CALLERS.items() if caller.group == "Pasted"]


@pytest.mark.parametrize("kind", TEXTS)
def test_each_kind_is_recognized(kind: str) -> None:
    assert kind_of(TEXTS[kind]) == kind
    assert set(PASTED) == set(TEXTS)


@pytest.mark.parametrize("box", TEXTS)
@pytest.mark.parametrize("kind", TEXTS)
def test_each_box_takes_each_kind(kind: str, box: str) -> None:
    answers = {"text": TEXTS[kind]}
    assert CALLERS[box].make(ROLE, answers) == CALLERS[kind].make(ROLE, answers)
    assert CALLERS[box].to_keep(answers) == CALLERS[kind].to_keep(answers)
    assert CALLERS[box].refusal(answers) == CALLERS[kind].refusal(answers)
    assert CALLERS[box].remarks(answers) == CALLERS[kind].remarks(answers)
    assert NAMES[kind] in CALLERS[box].remarks(answers)[0]


@pytest.mark.parametrize("box", TEXTS)
def test_no_box_keeps_a_secret(box: str) -> None:
    for text in (JWT, f"Bearer {JWT}", DETAILS, f"password=hunter2 {MESSAGE} key=hunter2"):
        kept = json.dumps(CALLERS[box].to_keep({"text": text}))
        assert not any(secret in kept for secret in (JWT.split(".")[2], "b2f6c3de", "hunter2"))


@pytest.mark.parametrize(
    "wrapped",
    [
        f"```json\n{RECORD}\n```",
        f"Here it is:\n{RECORD}\nThanks",
        json.dumps([json.loads(RECORD)]),
        json.dumps({"_source": json.loads(RECORD)}),
        json.dumps({"@message": RECORD}),
        json.dumps(RECORD),
        f"{json.dumps({'eventName': 'ListRoles', 'userIdentity': {}})}\n{RECORD}",
    ],
)
def test_a_record_is_found_in_what_holds_it(wrapped: str) -> None:
    assert CALLERS["error_message"].make(ROLE, {"text": wrapped}).principal == USER


# -- Access Troubleshooter -------------------------------------------------------------------------
# https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_GetRequestAuthorizationDetails.html


def test_the_details_are_a_call_with_the_refusal() -> None:
    request = CALLERS["access_troubleshooter"].make(ROLE, {"text": DETAILS})
    assert (request.principal, request.role, request.action) == (USER, ROLE, "sts:AssumeRole")
    assert request.context["sts:ExternalId"] == "b2f6c3de"
    assert "aws:PrincipalOrgID" in request.unknown
    refusal = CALLERS["access_troubleshooter"].refusal({"text": DETAILS})
    assert refusal is not None and refusal.kind == "resource-based policy" and not refusal.deny


@pytest.mark.parametrize(
    ("context", "principal"),
    [
        (
            {
                "aws:PrincipalArn": "arn:aws:iam::444455556666:role/team/ci",
                "aws:userid": "AROAX:b1",
            },
            "arn:aws:sts::444455556666:assumed-role/ci/b1",
        ),
        ({"aws:PrincipalServiceName": "ec2.amazonaws.com"}, "ec2.amazonaws.com"),
        ({"aws:PrincipalArn": "arn:aws:iam::444455556666:root"}, "arn:aws:iam::444455556666:root"),
    ],
)
def test_who_called_is_in_the_context(context: dict[str, str], principal: str) -> None:
    details = json.loads(DETAILS) | {"requestContext": context}
    request = CALLERS["access_troubleshooter"].make(ROLE, {"text": json.dumps(details)})
    assert request.principal == principal
    root = tw.Statement("Allow", tw.Principal(aws="444455556666"), "sts:AssumeRole")
    outcome = tw.evaluate(tw.TrustPolicy((root,)), request).outcome
    assert (outcome == "not allowed") is (principal.endswith((":root", ".com")))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"evaluations": []}, "are about no action"),
        ({"evaluations": [{"action": "iam:PassRole"}]}, "are about iam:PassRole"),
        ({"requestContext": {}}, "do not say who called"),
    ],
)
def test_what_the_details_lack_is_said(change: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        CALLERS["access_troubleshooter"].make(
            ROLE, {"text": json.dumps(json.loads(DETAILS) | change)}
        )


@given(st.text(max_size=300))
def test_any_text_is_some_kind_or_none(text: str) -> None:
    assert kind_of(text) in ("", *TEXTS)
    for box in TEXTS:
        try:
            CALLERS[box].make(ROLE, {"text": text})
        except ValueError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("SERVICE_CONTROL_POLICY", "not allowed"),
        ("PERMISSIONS_BOUNDARY", "not allowed"),
        ("RESOURCE_BASED_POLICY", "allowed"),
    ],
)
def test_the_policy_whose_deny_matched(kind: str, outcome: str) -> None:
    """https://docs.aws.amazon.com/iam-toolbox/latest/APIReference/API_PolicyInfo.html"""
    uri = "arn:aws:organizations::999988887777:policy/o-exampleorgid/p-example1"
    matched = {"uri": uri, "matchedStatements": [{"evaluatedEffect": "EXPLICIT_DENY"}]}
    details = {
        "requestContext": {"aws:PrincipalArn": "arn:aws:iam::111122223333:user/ops"},
        "evaluations": [
            {
                "action": "sts:AssumeRole",
                "resource": ROLE,
                "evaluatedEffect": "EXPLICIT_DENY",
                "matchedPolicies": [matched],
            }
        ],
        "policies": [{"uri": uri, "type": kind}],
    }
    user = tw.Principal(aws="arn:aws:iam::111122223333:user/ops")
    policy = tw.TrustPolicy((tw.Statement("Allow", user, "sts:AssumeRole"),))
    box = CALLERS["access_troubleshooter"]
    decision = tw.evaluate(policy, box.make(ROLE, text=json.dumps(details)))
    assert decision.outcome == outcome
    assert any(uri in remark for remark in decision.remarks)
    kept = box.to_keep({"text": json.dumps(details)})
    assert box.refusal(kept) == box.refusal({"text": json.dumps(details)})
