"""What AWS's message says of why it refused, by the examples of its page, each with sts:AssumeRole
as the action.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import json

import pytest

import trust_widgets as tw
from trust_widgets.callers import CALLERS
from trust_widgets.callers.access_denied import Refusal, changes_after, refusal_in, told_of

USER = "arn:aws:iam::111122223333:user/ops"
APP = "arn:aws:iam::111122223333:role/app"
MESSAGE = CALLERS["error_message"]
ELSEWHERE = (
    "service control policy",
    "resource control policy",
    "permissions boundary",
    "session policy",
    "VPC endpoint policy",
    "identity-based policy",
)
DENIES = [
    *((f"with an explicit deny in a {kind}", kind) for kind in ELSEWHERE[:-1]),
    ("with an explicit deny in an identity-based policy", "identity-based policy"),
    ("with an explicit deny in a sessions policy", "session policy"),
    ("with an explicit deny in a resource-based policy", "resource-based policy"),
    ("with an explicit deny in the role trust policy", "role trust policy"),
    (
        (
            "with an explicit deny in a VPC endpoint policy transitively through a service control"
            " policy"
        ),
        "service control policy",
    ),
]
NO_ALLOWS = [
    "identity-based policy",
    "service control policy",
    "permissions boundary",
    "session policy",
    "VPC endpoint policy",
    "resource-based policy",
    "role trust policy",
]


def said(why: str = "", caller: str = USER) -> dict[str, str]:
    """The answers of somebody who pasted a message."""
    more = f" {why}" if why else ""
    return {
        "text": (
            f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {APP}{more}"
        )
    }


def trusting(principal: str, **asked: str) -> tw.TrustPolicy:
    """A policy of one Allow, with conditions by key, `sts_ExternalId`."""
    conditions = tuple(
        tw.Condition("StringEquals", key.replace("_", ":"), (value,))
        for key, value in asked.items()
    )
    return tw.TrustPolicy(
        (tw.Statement("Allow", tw.Principal(aws=principal), "sts:AssumeRole", conditions),)
    )


def asked_of(policy: tw.TrustPolicy, answers: dict[str, str]) -> tuple[Refusal, tw.Decision]:
    """What AWS said, and what the policy says."""
    refusal = MESSAGE.refusal(answers)
    assert refusal is not None
    return refusal, tw.evaluate(policy, MESSAGE.make(APP, answers))


def told(policy: tw.TrustPolicy, answers: dict[str, str]) -> str:
    """The first line of the answer."""
    return told_of(*asked_of(policy, answers))


@pytest.mark.parametrize(("why", "kind"), DENIES)
def test_a_deny_is_read(why: str, kind: str) -> None:
    """In the page's words, and with the policy's ARN behind them."""
    assert refusal_in(said(why)["text"]) == Refusal(kind, deny=True)
    assert refusal_in(said(f"{why}: {APP}.")["text"]) == Refusal(kind, deny=True, policy=APP)


@pytest.mark.parametrize("kind", NO_ALLOWS)
def test_that_nothing_allows_it_is_read(kind: str) -> None:
    """In the page's words, wherever the line breaks."""
    why = f"because no {kind} allows the sts:AssumeRole action"
    assert (
        refusal_in(said(why)["text"])
        == refusal_in(said(why.replace(" ", "\n"))["text"])
        == Refusal(kind)
    )


@pytest.mark.parametrize(
    "why", ["", "because of the weather", "with an explicit deny in a letter", "Access denied"]
)
def test_what_names_nothing_is_no_cause(why: str) -> None:
    """Older messages end with the resource."""
    assert refusal_in(said(why)["text"]) == Refusal()


def test_the_cause_is_read_behind_the_action_alone() -> None:
    """What stands before a message, as another line of a log, is none of its."""
    answers = {"text": f"with an explicit deny in a session policy\n{said()['text']}"}
    assert MESSAGE.refusal(answers) == Refusal()


@pytest.mark.parametrize("kind", ELSEWHERE)
@pytest.mark.parametrize("policy", [trusting("999988887777"), trusting(USER)])
def test_what_refused_elsewhere_is_not_mended_in_the_trust_policy(
    kind: str, policy: tw.TrustPolicy
) -> None:
    """Neither one that does not name the caller nor one that does is to be changed."""
    article = "an" if kind[0] == "i" else "a"
    refusal, decision = asked_of(policy, said(f"with an explicit deny in {article} {kind}"))
    assert told_of(refusal, decision).startswith("AWS says what denied this call: a Deny in a ")
    assert "A Deny wins over any Allow in the trust policy." in told_of(refusal, decision)
    (change,) = changes_after(refusal, decision)
    assert change.where in ("caller", "elsewhere") and change.fix is None


@pytest.mark.parametrize("kind", [kind for kind in NO_ALLOWS if kind in ELSEWHERE])
def test_what_allows_nothing_elsewhere_is_mended_there(kind: str) -> None:
    """The page: update that policy by adding the Allow statement."""
    refusal, decision = asked_of(
        trusting("999988887777"), said(f"because no {kind} allows the sts:AssumeRole action")
    )
    assert "Fix it there, not in the trust policy" in told_of(refusal, decision)
    (change,) = changes_after(refusal, decision)
    assert change.where != "policy" and "sts:AssumeRole on this role" in change.text


def test_whose_policies_they_are() -> None:
    """SCPs bind callers, RCPs resources:
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    whose = {
        "service control policy": ("the caller's organization", "elsewhere"),
        "resource control policy": ("the role's organization", "elsewhere"),
        "permissions boundary": ("of the caller", "caller"),
    }
    for kind, (words, where) in whose.items():
        refusal, decision = asked_of(trusting(USER), said(f"with an explicit deny in a {kind}"))
        (change,) = changes_after(refusal, decision)
        assert (
            words in told_of(refusal, decision) and words in change.text and change.where == where
        )


@pytest.mark.parametrize(
    "why",
    [
        "because no resource-based policy allows the sts:AssumeRole action",
        "because no role trust policy allows the sts:AssumeRole action",
    ],
)
def test_a_resource_based_policy_is_the_trust_policy(why: str) -> None:
    """So the changes of the trust policy are offered."""
    refusal, decision = asked_of(trusting("arn:aws:iam::111122223333:role/deployer"), said(why))
    assert decision.outcome == "not allowed"
    assert (
        told_of(refusal, decision)
        == "AWS says what denied this call: no statement of the trust policy allows it."
    )
    assert any(
        change.where == "policy" and change.fix for change in changes_after(refusal, decision)
    )


def test_what_the_trust_policy_may_have_wanted() -> None:
    """What the message does not tell, and not the caller's permission, which was not what AWS
    named.
    """
    why = "because no role trust policy allows the sts:AssumeRole action"
    with_id = trusting("arn:aws:iam::111122223333:root", sts_ExternalId="b2f6c3de")
    assert told(with_id, said(why)).endswith(
        "no statement of the trust policy allows it. Check sts:ExternalId."
    )
    for policy in (trusting("arn:aws:iam::111122223333:root"), trusting(USER)):
        assert told(policy, said(why)).endswith(
            "The role may have had another trust policy at that time."
        )


def test_a_deny_of_the_trust_policy() -> None:
    """Told as one."""
    why = "with an explicit deny in the role trust policy"
    assert (
        told(trusting("999988887777"), said(why))
        == "AWS says what denied this call: a Deny in the trust policy."
    )


def test_a_message_that_names_no_cause() -> None:
    """The suspects are named: what the policy asks for and nobody told, and the caller's own
    policies.
    """
    account = "arn:aws:iam::111122223333:root"
    assert (
        told(trusting(account, sts_ExternalId="b2f6c3de"), said())
        == "AWS denied this call, and the message does not say which policy denied it. First check"
        " sts:ExternalId and the caller's own policies."
    )
    assert told(trusting(account), said()).endswith("First check the caller's own policies.")
    assert "This trust policy allows it. Check the other policies" in told(trusting(USER), said())
    assert told(trusting("999988887777"), said()) == ""


def test_the_call_that_aws_named_is_asked_about_alone() -> None:
    """It named sts:AssumeRole: so sts:TagSession was not what it refused, whatever was passed."""
    session = "arn:aws:sts::111122223333:assumed-role/ci/x"
    for principal in ("arn:aws:iam::111122223333:role/ci", "arn:aws:iam::111122223333:root"):
        decision = tw.evaluate(trusting(principal), MESSAGE.make(APP, said(caller=session)))
        assert not {"aws:TagKeys", "sts:SourceIdentity"} & set(decision.needs)
        assert "aws:TagKeys" not in decision.because
    tagged = trusting(
        session.replace("sts", "iam").replace("assumed-role/ci/x", "role/ci"), aws_TagKeys="Project"
    )
    assert tw.evaluate(tagged, MESSAGE.make(APP, said(caller=session))).needs == ("aws:TagKeys",)


def test_the_headline_of_a_message_names_the_suspects() -> None:
    """An external ID that the policy requires, and the caller's own permission."""
    policy = trusting("arn:aws:iam::111122223333:root", sts_ExternalId="b2f6c3de")
    assert (
        tw.evaluate(policy, MESSAGE.make(APP, said())).because
        == "Allowed if sts:ExternalId is as the policy requires and the caller's own policies allow"
        " sts:AssumeRole on this role."
    )


@pytest.mark.parametrize(
    ("why", "permission"),
    [
        ("because no identity-based policy allows the sts:AssumeRole action", "no"),
        ("with an explicit deny in an identity-based policy", "denied"),
        ("with an explicit deny in a service control policy", "denied"),
        ("because no permissions boundary allows the sts:AssumeRole action", "denied"),
        ("because no resource-based policy allows the sts:AssumeRole action", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_stops_the_call_beside_the_trust_policy(why: str, permission: str) -> None:
    """A trust policy that names a caller of its account needs no identity-based policy; a Deny, and
    a limit such as an SCP, it does not override.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    assert MESSAGE.make(APP, said(why)).caller_permission == permission


def test_a_record_says_it_too() -> None:
    """As its errorMessage; a record of a call that was let in, or failed otherwise, was refused by
    nothing.
    """
    event = CALLERS["cloudtrail_event"]
    why = "with an explicit deny in a service control policy"
    for code, refusal in (
        ("AccessDenied", Refusal("service control policy", deny=True)),
        ("ExpiredTokenException", None),
        ("", None),
    ):
        record = {"eventName": "AssumeRole", "errorCode": code, "errorMessage": said(why)["text"],
                  "userIdentity": {"type": "IAMUser", "arn": USER}}  # fmt: skip
        assert event.refusal({"text": json.dumps(record)}) == refusal


def test_other_callers_were_refused_by_nobody_yet() -> None:
    """Their forms ask what would be."""
    pasted = ("error_message", "cloudtrail_event", "access_troubleshooter")
    assert all(caller.refusal({}) is None for name, caller in CALLERS.items() if name not in pasted)
