"""Federated users alone: their credentials can call nothing of STS but GetCallerIdentity.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
"""

from __future__ import annotations

import pytest

import trust_widgets as tw
from support.asking import found, grant, loud, only, places, policy, several
from trust_widgets.findings import Verdict
from trust_widgets.policy import Accepted, Home

NAME = "only_federated_users"
REPORT = "arn:aws:sts::444455556666:federated-user/report"
AUDIT = "arn:aws:sts::444455556666:federated-user/audit"
ROLE = "arn:aws:iam::444455556666:role/deploy"


@pytest.mark.parametrize(
    ("partition", "action"),
    [
        ("aws", "sts:AssumeRole"),
        ("aws-cn", ["sts:AssumeRole", "sts:TagSession"]),
        ("aws-us-gov", "sts:*"),
    ],
)
def test_one_alone_is_dead(partition: str, action: object) -> None:
    """At the value; the example to write has the account and the partition of the user."""
    text = policy({"AWS": f"arn:{partition}:sts::444455556666:federated-user/report"}, action)
    finding = only(NAME, text)
    assert (finding.verdict, finding.fix) == (Verdict.DEAD, None)
    assert finding.path == ("Statement", 0, "Principal", "AWS", 0)
    assert f"arn:{partition}:iam::444455556666:role/name" in finding.message


def test_nobody_can_assume_the_role() -> None:
    """`who_gets_in` and `evaluate` agree with the finding."""
    request = tw.Request(
        "sts:AssumeRole", REPORT, "arn:aws:iam::444455556666:role/r", caller_permission="yes"
    )
    parsed = tw.parse(policy({"AWS": REPORT}))
    assert tw.evaluate(parsed, request).outcome == "not allowed"
    assert tw.who_gets_in(parsed) == ()


def test_a_list_of_them_is_one_finding() -> None:
    """At the list, which names both; and nothing in that statement is called open."""
    text = policy({"AWS": [REPORT, AUDIT]})
    finding = only(NAME, text)
    assert finding.path == ("Statement", 0, "Principal", "AWS")
    assert REPORT in finding.message and AUDIT in finding.message
    assert len(loud(text)) == 1


def test_each_statement_is_judged_alone() -> None:
    """A role in another statement does not help this one."""
    text = several(grant({"AWS": REPORT}), grant({"AWS": ROLE}))
    assert places(NAME, text) == [("Statement", 0, "Principal", "AWS", 0)]


def test_an_acceptance_of_the_former_code_counts() -> None:
    """The reason stays, and the note names both codes."""
    home = Home(accepted=(Accepted("TP418", "It is put out of use.", value=REPORT),))
    (finding,) = found(NAME, policy({"AWS": REPORT}), home)
    assert finding.accepted.startswith("It is put out of use.")
    assert "TP418" in finding.accepted and finding.code in finding.accepted


@pytest.mark.parametrize(
    "text",
    [
        policy({"AWS": [ROLE, REPORT]}),
        policy({"AWS": REPORT, "Service": "ec2.amazonaws.com"}),
        policy({"AWS": "arn:aws:sts::444455556666:assumed-role/federated-user/report"}),
        policy({"AWS": "arn:aws:iam::444455556666:user/federated-user/report"}),
        policy({"AWS": REPORT}, Effect="Deny"),
        policy({"AWS": REPORT}, "sts:TagSession"),
    ],
)
def test_near_cases_are_silent(text: str) -> None:
    """Others beside it, a role and a user of that name, a Deny, and session actions alone."""
    assert found(NAME, text) == []
