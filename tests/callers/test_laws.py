"""Laws of what is pasted: one refusal has one answer, and what was unknown contradicts none.

The texts are those of `tests/cases/pasted.jsonl`, and refusals drawn at random in each form in
which AWS tells them.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trust_widgets as tw
from support.pasted_judge import BOXES, ROLE, Case, cases
from trust_widgets.aws.keys.records import organization_keys
from trust_widgets.evaluation import Value

CASES = cases()
HOME, OTHER = "111122223333", "444455556666"
GITHUB = "token.actions.githubusercontent.com"
SIGNERS = (
    f"arn:aws:iam::{HOME}:user/ops",
    f"arn:aws:iam::{OTHER}:user/ops",
    f"arn:aws:sts::{HOME}:assumed-role/ci/b1",
    f"arn:aws:sts::{OTHER}:assumed-role/ci/b1",
    f"arn:aws:sts::{HOME}:assumed-role/app/b1",
)
ACTIONS = ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext")
WHYS = (
    "",
    " because no identity-based policy allows the sts:AssumeRole action",
    " because no permissions boundary allows the sts:AssumeRole action",
    " with an explicit deny in an identity-based policy",
    " with an explicit deny in a service control policy",
    " because no resource-based policy allows the sts:AssumeRole action",
)
# Not MFA: a record without sessionContext tells that a user signed with a long-term key.
KEYS = ("sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalTag/team", "aws:SourceIp")
MFA_CONDITIONS = (
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
    {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
    {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
    {"Null": {"aws:MultiFactorAuthPresent": "true"}},
)
OPERATORS = ("StringEquals", "StringNotEquals", "StringEqualsIfExists", "Null")
PRINCIPALS = (
    "*",
    HOME,
    OTHER,
    f"arn:aws:iam::{HOME}:user/ops",
    f"arn:aws:iam::{OTHER}:user/ops",
    f"arn:aws:iam::{HOME}:role/ci",
    f"arn:aws:iam::{OTHER}:role/team/ci",
)
_conditions = st.builds(
    lambda operator, key: {operator: {key: "true" if operator == "Null" else "told"}},
    st.sampled_from(OPERATORS),
    st.sampled_from(KEYS),
)
_statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Principal": st.fixed_dictionaries({"AWS": st.sampled_from(PRINCIPALS)}),
        "Action": st.sampled_from(
            ["sts:AssumeRole", ["sts:AssumeRole", "sts:TagSession"], "sts:*"]
        ),
    },
    optional={"Condition": _conditions},
)
POLICIES = st.lists(_statements, min_size=1, max_size=3).map(
    lambda listed: {"Version": "2012-10-17", "Statement": listed}
)
WRAPPINGS: tuple[Callable[[str], str], ...] = (
    lambda text: f"An error occurred (AccessDenied) when calling the AssumeRole operation: {text}",
    lambda text: json.dumps({"level": "error", "msg": f"{text}\n\tstatus code: 403"}),
    lambda text: f"<Error><Code>AccessDenied</Code><Message>{html.escape(text)}</Message></Error>",
    lambda text: f"> **Error:** {text}.",
    lambda text: f"https://octo.example/?error={quote(text)}",
    lambda text: "╷\n│ Error: " + text.replace(" is not ", " is\n│ not ") + "\n╵",
    lambda text: f"```\n{text}\n```\nwhat now?",
)


def record_of(caller: str, message: str) -> str:
    """CloudTrail's record of the same refusal: of what was passed it tells nothing."""
    kind = "AssumedRole" if ":assumed-role/" in caller else "IAMUser"
    identity = {"type": kind, "arn": caller, "accountId": caller.split(":")[4]}
    record = {"eventSource": "sts.amazonaws.com", "eventName": "AssumeRole"}
    refused = {"errorCode": "AccessDenied", "errorMessage": message, "requestParameters": None}
    return json.dumps({**record, "userIdentity": identity, **refused})


@given(
    st.sampled_from(SIGNERS),
    st.sampled_from(ACTIONS),
    st.sampled_from(WHYS),
    POLICIES,
    st.sampled_from(WRAPPINGS),
    st.sampled_from(tuple(BOXES.values())),
)
def test_one_refusal_has_one_answer(
    caller: str, action: str, why: str, policy: Any, wrap: Callable[[str], str], box: str
) -> None:
    """As a message, in each wrapping and each box, and as a record."""
    message = f"User: {caller} is not authorized to perform: {action} on resource: {ROLE}{why}"
    plain = tw.CALLERS["error_message"].make(ROLE, text=message)
    for text in (wrap(message), record_of(caller, message)):
        request = tw.CALLERS[box].make(ROLE, text=text)
        assert (request.principal, request.action, request.role) == (caller, action, ROLE)
        assert request.caller_permission == plain.caller_permission
        decision, first = tw.evaluate(policy, request), tw.evaluate(policy, plain)
        assert decision.outcome == first.outcome
        assert [change.text for change in decision.changes] == [c.text for c in first.changes]


@given(st.sampled_from(SIGNERS), st.sampled_from(MFA_CONDITIONS), st.sampled_from(PRINCIPALS))
def test_what_only_the_record_tells_contradicts_no_answer(
    caller: str, condition: Any, named: str
) -> None:
    """A record without sessionContext tells that there was no MFA; the message leaves it open."""
    allow = {"Effect": "Allow", "Principal": {"AWS": named}, "Action": "sts:AssumeRole"}
    policy = {"Version": "2012-10-17", "Statement": [{**allow, "Condition": condition}]}
    message = f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {ROLE}"
    box = tw.CALLERS["error_message"]
    first = tw.evaluate(policy, box.make(ROLE, text=message))
    decision = tw.evaluate(policy, box.make(ROLE, text=record_of(caller, message)))
    assert first.outcome in ("depends", decision.outcome)


@given(
    st.sampled_from(["main", "dev"]),
    st.sampled_from(["app", "web"]),
    st.sampled_from(["sts.amazonaws.com", "https://github.com/octo-org"]),
    st.sampled_from(["repo:octo-org/app:ref:refs/heads/main", "repo:octo-org/*"]),
)
def test_a_token_and_the_record_of_its_call_have_one_answer(
    branch: str, repository: str, audience: str, subject: str
) -> None:
    provider = f"arn:aws:iam::{HOME}:oidc-provider/{GITHUB}"
    own = f"repo:octo-org/{repository}:ref:refs/heads/{branch}"
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Federated": provider},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"},
                "StringLike": {f"{GITHUB}:sub": subject},
            },
        },
    }
    identity = {"type": "WebIdentityUser", "userName": own, "identityProvider": provider}
    record = {
        "eventName": "AssumeRoleWithWebIdentity",
        "userIdentity": identity | {"principalId": f"{provider}:{audience}:{own}"},
        "requestParameters": {"roleArn": ROLE, "roleSessionName": "run"},
        "errorCode": "AccessDenied",
        "errorMessage": "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    }
    claims = {"iss": f"https://{GITHUB}", "sub": own, "aud": audience}
    details = {
        "requestContext": {
            "aws:FederatedProvider": provider,
            f"{GITHUB}:aud": audience,
            f"{GITHUB}:sub": own,
        },
        "evaluations": [
            {
                "action": "sts:AssumeRoleWithWebIdentity",
                "resource": ROLE,
                "evaluatedEffect": "IMPLICIT_DENY",
            }
        ],
    }
    token, recorded, told = (
        tw.evaluate(policy, tw.CALLERS["token"].make(ROLE, text=json.dumps(each)))
        for each in (claims, record, details)
    )
    # Of a refused call the record does not tell whether the token had tags.
    assert recorded.outcome in (token.outcome, "depends")
    assert told.outcome in (token.outcome, "depends")
    assert (recorded.outcome == "not allowed") is (token.outcome == "not allowed")


# -- what was unknown ------------------------------------------------------------------------------

OPEN = [case for case in CASES if "unreadable" not in case["outcome"]]
VALUES = ("told", "true", "false", "other", "203.0.113.5", "arn:aws:iam::111122223333:role/x")
PATHS = ("o-exampleorgid/r-ab12/",)


def _told(request: tw.Request, key: str, value: Value | None) -> tw.Request | None:
    """The same call with one more key known, or known to be absent; `None` for none that can be."""
    name = key.replace("/*", "/Team")
    context = {**request.context, **({} if value is None else {name: value})}
    try:
        return replace(request, context=context, unknown=request.unknown - {key})
    except ValueError:
        return None


def _tells(key: str) -> set[str]:
    """The keys, in lower case, of which the value of a key tells something: an organization's ID
    and the paths in it tell something of each other.
    """
    name = key.lower()
    pairs = [{paths, of} for paths, of in organization_keys().items()]
    return {name}.union(*(pair for pair in pairs if name in pair))


@pytest.mark.parametrize("case", OPEN, ids=[case["id"] for case in OPEN])
@settings(max_examples=12)
@given(draw=st.data())
def test_what_was_unknown_contradicts_no_answer(case: Case, draw: st.DataObject) -> None:
    """An answer that does not depend on a key is the same whatever the key turns out to be; one
    that depends never comes to more than it said.
    """
    request = tw.CALLERS[BOXES[case["kind"]]].make(ROLE, text=case["pasted"])
    if not request.unknown:
        return
    before = tw.evaluate(case["policy"], request)
    key = draw.draw(st.sampled_from(sorted(request.unknown)))
    value: Any = draw.draw(st.sampled_from((*VALUES, ("told", "other"), PATHS, None)))
    told = _told(request, key, value)
    if told is None or told.actions != request.actions:  # a tag that was passed is another call
        return
    after = tw.evaluate(case["policy"], told).outcome
    if before.outcome == "depends" and _tells(key) & set(map(str.lower, before.needs)):
        return
    assert after == before.outcome


@pytest.mark.parametrize("case", OPEN, ids=[case["id"] for case in OPEN])
@pytest.mark.parametrize("permission", ["yes", "no", "denied"])
def test_the_callers_permission_contradicts_no_answer(case: Case, permission: Any) -> None:
    request = tw.CALLERS[BOXES[case["kind"]]].make(ROLE, text=case["pasted"])
    before = tw.evaluate(case["policy"], request)
    if request.caller_permission != "unknown" or "caller permission" in before.needs:
        return
    after = tw.evaluate(case["policy"], replace(request, caller_permission=permission)).outcome
    if permission == "denied" and request.identity.kind == "aws":
        assert after in (before.outcome, "not allowed")  # a Deny wins over any Allow
    else:
        assert after == before.outcome
