"""What would have to change and what AWS itself said, public on a decision as a view shows it."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import trust_widgets as tw
from trust_widgets.explain import Change, changes_of
from trust_widgets.explain.notebook import GIVEN

ROLE = "arn:aws:iam::111122223333:role/app"
OPS = "arn:aws:iam::444455556666:user/ops"
POLICY = tw.TrustPolicy(
    (
        tw.Statement(
            "Allow",
            tw.Principal(aws=OPS),
            "sts:AssumeRole",
            tw.Condition("StringEquals", "sts:ExternalId", "b2f6c3de"),
        ),
    )
)
REFUSED = (
    f"User: {OPS} is not authorized to perform: sts:AssumeRole on resource: {ROLE}"
    " with an explicit deny in a service control policy"
)
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("iam_user", {"arn": OPS}),
    ("iam_user", {"arn": OPS, "external_id": "b2f6c3de", "permission": "yes"}),
    ("iam_user", {"arn": OPS, "external_id": "wrong"}),
    ("aws_service", {"service": "ec2.amazonaws.com"}),
    ("error_message", {"text": REFUSED}),
    ("error_message", {"text": REFUSED.partition(" with")[0]}),
]


@pytest.mark.parametrize(("caller", "answers"), CALLS)
def test_they_are_those_of_the_view(caller: str, answers: dict[str, Any]) -> None:
    decision = tw.evaluate(POLICY, tw.CALLERS[caller].make(ROLE, answers))
    model = tw.TrustModel(POLICY, account="111122223333", role_name="app")
    state = tw.SimulatorView(model, caller, **answers).state

    typed = answers.get("external_id", "")  # which no state of a view holds
    assert [change.text.replace(typed or GIVEN, GIVEN) for change in decision.changes] == [
        change["text"] for change in state["answer"]["changes"]
    ]
    said = [state["answer"]["refusal"]] if state["answer"]["refusal"] else []
    assert list(decision.remarks) == [*said, *state["remarks"]]


def test_a_call_that_nobody_refused_has_no_remarks() -> None:
    decision = tw.evaluate(POLICY, tw.Request("sts:AssumeRole", OPS, ROLE))
    assert decision.remarks == () and decision.changes == changes_of(decision)
    assert decision.changes[0].where == "caller"


def test_where_another_policy_refused_the_change_is_there() -> None:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"""
    decision = tw.evaluate(POLICY, tw.CALLERS["error_message"].make(ROLE, text=REFUSED))
    (change,) = decision.changes
    assert change.where == "elsewhere" and "service control policy" in change.text
    assert "service control policy" in decision.remarks[0]


def test_an_allowed_call_needs_no_change() -> None:
    call = tw.Request(
        "sts:AssumeRole", OPS, ROLE, {"sts:ExternalId": "b2f6c3de"}, caller_permission="yes"
    )
    decision = tw.evaluate(POLICY, call)
    assert decision.outcome == "allowed" and decision.changes == ()
    assert str(decision.changes) == "No change is needed."


def test_what_was_said_goes_with_the_call_and_is_no_part_of_it() -> None:
    """Two calls with the same keys are one call; what was pasted is not in it."""
    call = tw.CALLERS["error_message"].make(ROLE, text=REFUSED)
    for again in (pickle.loads(pickle.dumps(call)), copy.deepcopy(call)):
        assert again == call and tw.evaluate(POLICY, again).remarks
    assert "evidence" not in repr(call) and "User:" not in repr(call.evidence)


def test_the_changes_are_printed_a_line_each() -> None:
    decision = tw.evaluate(POLICY, tw.Request("sts:AssumeRole", "ec2.amazonaws.com", ROLE))
    lines = str(decision.changes).splitlines()
    assert len(lines) == len(decision.changes) >= 1
    assert all(line.startswith(("In the policy: ", "In the call: ")) for line in lines)
    assert str(Change("elsewhere", "Look there.")) == "Elsewhere: Look there."


def test_a_record_of_a_refused_call_says_what_aws_said() -> None:
    record = {
        "eventSource": "sts.amazonaws.com",
        "eventName": "AssumeRole",
        "userIdentity": {
            "type": "IAMUser",
            "arn": OPS,
            "accountId": "444455556666",
            "userName": "ops",
            "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
        },
        "requestParameters": {"roleArn": ROLE, "roleSessionName": "x"},
        "errorCode": "AccessDenied",
        "errorMessage": REFUSED,
    }
    make = tw.CALLERS["cloudtrail_event"].make
    for text in (record, json.dumps(record)):
        assert "service control policy" in tw.evaluate(POLICY, make(ROLE, text=text)).remarks[0]
